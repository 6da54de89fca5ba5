// A page of claims with what is said of each where it is listed.
import { create } from '@bufbuild/protobuf';

import { provenance } from '../api/clients';
import { summaryOf } from '../claim/summary';
import { Standing } from '../gen/headwater/v1/assessment_pb';
import type { ListClaimsResponse } from '../gen/headwater/v1/claim_service_pb';
import { ClaimSummarySchema, type ClaimSummary, type Snippet } from '../gen/headwater/v1/claim_summary_pb';

/** A claim in a list, and where what was searched for stands in it. */
export interface FoundClaim {
  claim: ClaimSummary;
  snippets: Snippet[];
}

const BATCH = 100;

/** The claims of a page that was asked for with show_standings, with the reasons: who denies it, through whom it came. */
export async function foundClaims(page: ListClaimsResponse): Promise<FoundClaim[]> {
  const standings = new Map(page.standings.map((one) => [one.claim, one]));
  const names = page.claims.map((claim) => claim.name).filter((name) => !standings.get(name)?.tooMuch);
  const read = { point: { case: 'sequence' as const, value: page.readSequence } };
  const batches = Array.from({ length: Math.ceil(names.length / BATCH) }, (_, index) => names.slice(index * BATCH, (index + 1) * BATCH));
  const answers = await Promise.all(batches.map((batch) => provenance().batchAssessClaims({ names: batch, read })));
  const summaries = new Map(answers.flatMap((answer) => answer.assessments).map((one) => [one.claim, summaryOf(one)]));
  return page.claims.map((claim) => {
    const standing = standings.get(claim.name);
    const summary = summaries.get(claim.name) ?? create(ClaimSummarySchema, { standing: standing?.standing ?? Standing.UNSPECIFIED, flags: standing?.flags ?? [] });
    return { claim: { ...summary, claim: claim.name, text: claim.text, language: claim.language }, snippets: [] };
  });
}

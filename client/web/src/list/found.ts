import { create } from '@bufbuild/protobuf';

import { Standing } from '../gen/headwater/v1/assessment_pb';
import type { Claim } from '../gen/headwater/v1/claim_pb';
import type { ListClaimsResponse } from '../gen/headwater/v1/claim_service_pb';
import { ClaimSummarySchema, type ClaimSummary, type Snippet } from '../gen/headwater/v1/claim_summary_pb';

/** A claim in a list, and where what was searched for stands in it. */
export interface FoundClaim {
  claim: ClaimSummary;
  snippets: Snippet[];
}

/** The claims of a page that was asked for with show_standings. */
export function foundClaims(page: ListClaimsResponse): FoundClaim[] {
  const standings = new Map(page.standings.map((one) => [one.claim, one]));
  return page.claims.map((claim: Claim) => ({
    claim: create(ClaimSummarySchema, {
      claim: claim.name,
      text: claim.text,
      language: claim.language,
      standing: standings.get(claim.name)?.standing ?? Standing.UNSPECIFIED,
      flags: standings.get(claim.name)?.flags ?? [],
    }),
    snippets: [],
  }));
}

import { create } from '@bufbuild/protobuf';

import type { Assessment } from '../gen/headwater/v1/assessment_pb';
import { Stance } from '../gen/headwater/v1/attribution_pb';
import { ClaimSummarySchema, type ClaimSummary } from '../gen/headwater/v1/claim_summary_pb';

/** What a list shows of a claim, made of its assessment. */
export function summaryOf(assessment: Assessment): ClaimSummary {
  const asserted = assessment.stances.find((one) => one.stance === Stance.ASSERTS);
  return create(ClaimSummarySchema, {
    claim: assessment.claim,
    text: assessment.text,
    standing: assessment.standing,
    flags: assessment.flags.map((flag) => flag.kind),
    lines: { atLeast: asserted?.lines?.atLeast ?? 0, atMost: asserted?.lines?.atMost ?? 0 },
    summary: assessment.reasons[0] ?? '',
  });
}

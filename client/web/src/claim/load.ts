// All that the claim's page shows first, at one state.
import type { Assessment } from '../gen/headwater/v1/assessment_pb';
import type { Claim } from '../gen/headwater/v1/claim_pb';
import type { TraceClaimResponse } from '../gen/headwater/v1/provenance_service_pb';
import { claims, provenance, sources } from '../api/clients';
import { readPoint } from '../route/read_point';

export interface ClaimView {
  claim: Claim;
  assessment: Assessment;
  trace: TraceClaimResponse;
  /** What the publishers of the voices' documents are called. */
  names: Map<string, string>;
  sequence: bigint;
}

const MOST_VOICES = 10_000;

/** Reads the claim. With `until` only what was certainly said by that day counts in the assessment. */
export async function loadClaim(name: string, until: string, signal: AbortSignal): Promise<ClaimView> {
  const point = readPoint();
  const assessment = await provenance().assessClaim({ name, read: point, publishedUntil: until }, { signal });
  const sequence = assessment.readSequence;
  const read = { point: { case: 'sequence' as const, value: sequence } };
  const [claim, trace] = await Promise.all([
    claims().getClaim({ name, read }, { signal }),
    provenance().traceClaim({ name, read, maxVoices: MOST_VOICES }, { signal }),
  ]);
  const names = new Map(trace.voices.map((voice) => [voice.source, voice.displayName]));
  for (const voice of assessment.heardThrough) names.set(voice.source, voice.displayName);
  const unknown = [...new Set(trace.voices.map((voice) => voice.publisher))].filter((one) => one && !names.has(one));
  if (unknown.length > 0) {
    const found = await sources().batchGetSources({ names: unknown.slice(0, 1000), read, showDeleted: true }, { signal });
    for (const source of found.sources) names.set(source.name, source.displayName);
  }
  return { claim, assessment, trace, names, sequence };
}

/** The attributions that count in an assessment; undefined where it does not list them all. */
export function counted(assessment: Assessment): Set<string> | undefined {
  const found = new Set<string>();
  for (const stance of assessment.stances) {
    if (stance.ownNameCount > stance.ownName.length || stance.relayingCount > stance.relaying.length) return undefined;
    for (const one of [...stance.ownName, ...stance.relaying]) found.add(one.attribution);
  }
  return found;
}

// A source's profile, whose pages are counted together.
import type { MessageShape } from '@bufbuild/protobuf';

import { provenance, sources } from '../api/clients';
import type { Source } from '../gen/headwater/v1/source_pb';
import type { ProfileCounts, ProfileCountsSchema, SourceCount } from '../gen/headwater/v1/source_profile_pb';
import { readPoint } from '../route/read_point';

/** The counts that are numbers. */
export type Counts = Record<Exclude<keyof MessageShape<typeof ProfileCountsSchema>, `$${string}`>, bigint>;

export interface Profile {
  source: Source;
  counts: Counts;
  leansOn: SourceCount[];
  leanedOnBy: SourceCount[];
  deniedBy: SourceCount[];
  originated: string[];
  denied: string[];
  sequence: bigint;
}

/** Adds `more` to `counts`. */
export function addCounts(counts: Partial<Counts>, more: ProfileCounts): void {
  for (const [key, value] of Object.entries(more)) {
    if (typeof value !== 'bigint') continue;
    const name = key as keyof Counts;
    counts[name] = (counts[name] ?? 0n) + value;
  }
}

/** Counts of one source on several pages become one; the most frequent first. */
export function merged(counts: SourceCount[]): SourceCount[] {
  const found = new Map<string, SourceCount>();
  for (const one of counts) {
    const before = found.get(one.source);
    if (before) before.count += one.count;
    else found.set(one.source, { ...one });
  }
  return [...found.values()].sort((a, b) => (a.count === b.count ? a.source.localeCompare(b.source) : a.count < b.count ? 1 : -1));
}

/** Reads a source and all pages of its profile, at one state. */
export async function loadProfile(name: string, signal: AbortSignal): Promise<Profile> {
  const source = await sources().getSource({ name, read: readPoint(), showDeleted: true }, { signal });
  const counts: Partial<Counts> = {};
  const lists = { leansOn: [] as SourceCount[], leanedOnBy: [] as SourceCount[], deniedBy: [] as SourceCount[] };
  const originated = new Set<string>();
  const denied = new Set<string>();
  let pageToken = '';
  let sequence = 0n;
  do {
    const page = await provenance().profileSource({ name, read: readPoint(), pageToken }, { signal });
    if (page.counts) addCounts(counts, page.counts);
    lists.leansOn.push(...page.leansOn);
    lists.leanedOnBy.push(...page.leanedOnBy);
    lists.deniedBy.push(...page.deniedBy);
    page.originatedClaims.forEach((claim) => originated.add(claim));
    page.deniedClaims.forEach((claim) => denied.add(claim));
    sequence = page.readSequence;
    pageToken = page.nextPageToken;
  } while (pageToken);
  return {
    source,
    counts: counts as Counts,
    leansOn: merged(lists.leansOn),
    leanedOnBy: merged(lists.leanedOnBy),
    deniedBy: merged(lists.deniedBy),
    originated: [...originated],
    denied: [...denied],
    sequence,
  };
}

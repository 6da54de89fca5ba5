// At which state the record is read: the address says it (?at=97), so a link shows what its sender saw.
import { fromJson, type MessageInitShape } from '@bufbuild/protobuf';
import { TimestampSchema } from '@bufbuild/protobuf/wkt';

import type { ReadOptionsSchema } from '../gen/headwater/v1/common_pb';
import { route } from './router.svelte';

type ReadOptions = MessageInitShape<typeof ReadOptionsSchema>;

// What this page wrote last: reads of the latest state must see it.
let written = 0n;

/** Notes the sequence that a write returned. */
export function wrote(sequence: bigint): void {
  if (sequence > written) written = sequence;
}

/** The point in the address, a sequence or a time ("2025-08-20T09:00:00Z"); undefined for the latest state. */
export function pinned(): string | undefined {
  const text = route.query.get('at') ?? '';
  return /^[1-9]\d{0,17}$|^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(text) ? text : undefined;
}

/** What a read asks with. */
export function readPoint(): ReadOptions {
  const at = pinned();
  if (at?.endsWith('Z')) return { point: { case: 'time', value: fromJson(TimestampSchema, at) } };
  if (at !== undefined) return { point: { case: 'sequence', value: BigInt(at) } };
  return latest();
}

/** What a read of the present asks with, whatever the address says. */
export function latest(): ReadOptions {
  return written > 0n ? { point: { case: 'minSequence', value: written } } : {};
}

/** The address of a resource's page, at the read point of this one. */
export function pageOf(name: string, more: Record<string, string> = {}): string {
  const query = new URLSearchParams(more);
  const at = pinned();
  if (at !== undefined) query.set('at', at);
  // An attribution, a review or a relation is shown on its claim's page.
  const [kind, id, child, childId] = name.split('/');
  if (child === 'attributions') query.set('voice', childId ?? '');
  const text = query.toString();
  return `/${kind}/${id}${text ? `?${text}` : ''}`;
}

/** Where the resource is changed, deleted, or brought back. */
export function editOf(name: string): string {
  const parts = name.split('/');
  const form = (parts[2] ?? parts[0] ?? '').replace(/s$/, '');
  return `/record?${new URLSearchParams({ form, name })}`;
}

/** The address of this page as of `sequence`, to be passed on. */
export function shareLink(sequence: bigint): string {
  const query = new URLSearchParams(route.query);
  query.set('at', String(sequence));
  return `${location.origin}${route.path}?${query}`;
}

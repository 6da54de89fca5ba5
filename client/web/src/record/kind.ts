// What a form knows of what it puts on record.
import type { Revision } from '../gen/headwater/v1/revision_pb';
import type { Timestamp } from '@bufbuild/protobuf/wkt';
import type { Draft, Values } from './draft.svelte';

/** What every resource has. */
export interface Resource {
  name: string;
  etag: string;
  sequence: bigint;
  updateTime?: Timestamp;
  deleteTime?: Timestamp;
}

/** What was put on record. */
export interface Recorded {
  name: string;
  sequence: bigint;
}

export interface Deletion {
  name: string;
  /** Of the revision that the person saw: it is deleted if that is still the latest. */
  etag: string;
  requestId: string;
  reason: string;
  /** Also where something refers to it, which is severed. */
  force: boolean;
}

/** What can be done to resources that are there already. */
export interface Editing<R extends Resource> {
  /** The latest state, deleted or not. */
  get: (name: string) => Promise<R>;
  /** As a form shows it. */
  valuesOf: (resource: R) => Values;
  /** Puts the fields at `paths` of what the draft says in the place of what stands, if that is still of this `etag`. */
  update: (draft: Draft, resource: R, paths: string[], requestId: string) => Promise<R>;
  remove: (deletion: Deletion) => Promise<R>;
  undelete: (name: string, etag: string, requestId: string) => Promise<R>;
  lastRevision: (name: string) => Promise<Revision | undefined>;
}

export interface Kind<R extends Resource = Resource> {
  /** Under which its draft is kept, and its fields stand in a request: "claim". */
  key: string;
  /** Which fields of the resource a field of the form stands for: `subjectDate` → `subject_date`. */
  fields: Record<string, string | string[]>;
  /** Other paths of a request, and the field of the form at which their errors are shown. */
  elsewhere?: Record<string, string>;
  /** The request id stays the same until it is answered, so that trying again makes nothing twice. */
  create: (draft: Draft, requestId: string) => Promise<Recorded>;
  /** Reads anew what else it speaks of, where that is shown beside the form. */
  lookAgain?: (draft: Draft) => Promise<void>;
  editing?: Editing<R>;
}

type Fields = Pick<Kind, 'key' | 'fields' | 'elsewhere'>;

/** The field of the form that stands for `path` of a request; the longest that fits counts. */
export function placeOf(kind: Fields, path: string): string | undefined {
  const places = new Map(Object.entries(kind.elsewhere ?? {}));
  for (const [field, paths] of Object.entries(kind.fields)) {
    const whole = `${kind.key}.${[paths].flat()[0]}`;
    if (!places.has(whole)) places.set(whole, field);
  }
  const fits = [...places.keys()].filter((place) => path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`));
  const longest = fits.sort((a, b) => b.length - a.length)[0];
  return longest && places.get(longest);
}

/** The field mask of a change to these fields of the form. */
export function maskOf(kind: Fields, changed: string[]): string[] {
  return [...new Set(changed.flatMap((field) => kind.fields[field] ?? []))];
}

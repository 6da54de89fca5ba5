// A resource as a list of fields, so that two revisions of it can be set side by side.
import { toJson, type DescMessage, type JsonValue, type MessageShape } from '@bufbuild/protobuf';

// What the server makes says nothing about what somebody changed.
const SERVER_MADE = new Set(['name', 'sequence', 'createTime', 'updateTime', 'deleteTime', 'etag', 'textLength']);

/** The fields that are set, by their paths: "translations[0].text" → "…". */
export function fieldsOf<D extends DescMessage>(schema: D, message: MessageShape<D>): Map<string, string> {
  const found = new Map<string, string>();
  const json = toJson(schema, message) as Record<string, JsonValue>;
  for (const [key, value] of Object.entries(json)) {
    if (!SERVER_MADE.has(key)) walk(key, value, found);
  }
  return found;
}

function walk(path: string, value: JsonValue, found: Map<string, string>): void {
  if (Array.isArray(value)) value.forEach((item, index) => walk(`${path}[${index}]`, item, found));
  else if (value !== null && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) walk(`${path}.${key}`, inner, found);
  } else found.set(path, String(value));
}

export interface FieldChange {
  field: string;
  before: string;
  after: string;
}

/** What differs between two sets of fields. */
export function fieldChanges(before: Map<string, string>, after: Map<string, string>): FieldChange[] {
  const fields = [...new Set([...before.keys(), ...after.keys()])];
  return fields
    .map((field) => ({ field, before: before.get(field) ?? '', after: after.get(field) ?? '' }))
    .filter((change) => change.before !== change.after);
}

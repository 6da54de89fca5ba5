// A resource as a list of fields, so that two revisions of it can be set side by side.
import { toJson, type DescMessage, type JsonValue, type MessageShape } from '@bufbuild/protobuf';

// What the server makes says nothing about what somebody changed.
const SERVER_MADE = new Set(['name', 'sequence', 'createTime', 'updateTime', 'deleteTime', 'etag', 'textLength']);

/** What stands for a vector, of whose numbers nobody can read anything. */
export type VectorWords = (model: string, dimensions: number, mark: string) => string;

/** The fields that are set, by their paths: "translations[0].text" → "…". */
export function fieldsOf<D extends DescMessage>(schema: D, message: MessageShape<D>, vector: VectorWords): Map<string, string> {
  const found = new Map<string, string>();
  const json = toJson(schema, message) as Record<string, JsonValue>;
  for (const [key, value] of Object.entries(json)) {
    if (key === 'embeddings') vectors(value, vector, found);
    else if (!SERVER_MADE.has(key)) walk(key, value, found);
  }
  return found;
}

function vectors(value: JsonValue, words: VectorWords, found: Map<string, string>): void {
  if (!Array.isArray(value)) return;
  value.forEach((item, index) => {
    const { model, dimensions, ...numbers } = item as { model?: string; dimensions?: number };
    found.set(`embeddings[${index}]`, words(model ?? '', dimensions ?? 0, markOf(JSON.stringify(numbers))));
  });
}

// Tells one vector from another of its model (FNV-1a).
function markOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
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

// What a file is, told by its beginning.
import { linesIn } from './lines';

export type Format = 'native' | 'csv' | 'claimReview' | 'other';

const NATIVE = /^\s*\{\s*"(source|document|claim|attribution|relation|review)"\s*:\s*\{/;

/** Only what is surely something else is not taken for our own: a row of ours that is broken can be mended on the page. */
export async function formatOf(file: File): Promise<Format> {
  try {
    for await (const line of linesIn(file)) return formatOfLine(file.name, line);
  } catch {
    // Whoever reads it all tells what is wrong with it.
  }
  return 'native';
}

/** As formatOf, of the file's name and its first line that is not empty (a whole file of JSON may be one line). */
export function formatOfLine(name: string, first: string): Format {
  if (NATIVE.test(first)) return 'native';
  if (/"claimReview"|"@type"\s*:\s*(\[\s*)?"ClaimReview"/.test(first) || /\.jsonld(\.gz)?$/i.test(name)) return 'claimReview';
  if (/\.[ct]sv(\.gz)?$/i.test(name)) return 'csv';
  // Ours is a line's object; an array, or an object over several lines, is not.
  const start = first.trim();
  if (start.startsWith('{') && start.endsWith('}')) return knownElsewhere(start) ? 'other' : 'native';
  if (/^[[{]/.test(start)) return 'other';
  return /\.(ndjson|jsonl?)(\.gz)?$/i.test(name) ? 'native' : /[,;\t]/.test(start) ? 'csv' : 'other';
}

const knownElsewhere = (line: string) => /^\{\s*"(prefix|entity|agent|activity|canonical_id|statement|mainsnak|claims|@context|@graph)"/.test(line);

/** `text` as one word of a shell's. */
export function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

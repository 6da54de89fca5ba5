// What the server found wrong with a field: in the page's words where it has some, or else in the server's own, which are English.
import type { Words } from '../words/en';

export interface Mistake {
  text: string;
  /** Whether the server worded it. */
  english: boolean;
}

/** The server's words on a field, as the reader is told them. What is told at the field need not be named in them. */
export function mistakeOf(said: string, words: Words): Mistake {
  const ours = oursFor(said, words.record.mistakes);
  return { text: ours ?? said, english: ours === undefined };
}

function oursFor(said: string, mistakes: Words['record']['mistakes']): string | undefined {
  // The choices follow by their names on the wire; the field shows them by their words.
  if (/^is required(; one of [A-Z0-9_, ]+)?$/.test(said)) return mistakes.required;
  const most = /code points long; at most (\d+) are allowed$/.exec(said)?.[1];
  if (most) return mistakes.tooLong(Number(most));
  if (/\bis not a date\b/.test(said)) return mistakes.date;
  if (said.includes('country code of ISO 3166-1')) return mistakes.country;
  if (said.includes('id: up to 63 of')) return mistakes.id;
  if (/does not exist or is deleted/.test(said)) return mistakes.missing;
  return undefined;
}

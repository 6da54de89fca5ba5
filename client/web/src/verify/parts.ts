// A long text goes to the server a part at a time, so that what is found shows while the rest is looked for.
import { lengthOf } from '../text/span';

/** The most that is looked at, in code points. */
export const LIMIT = 1_000_000;

const PART = 4000;
const HARD = 90_000; // the server takes 100,000 in one call

/** `text` in parts of some 4,000 characters that end with a paragraph, or where there is none with a sentence. */
export function partsOf(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (const piece of text.match(/[^\n]*\n+|[^\n]+/g) ?? []) {
    if (part && part.length + piece.length > PART) {
      parts.push(part);
      part = '';
    }
    part += piece;
    while (part.length > HARD) {
      const end = endOfSentence(part, HARD);
      parts.push(part.slice(0, end));
      part = part.slice(end);
    }
  }
  if (part) parts.push(part);
  return parts.filter((one) => one.trim());
}

function endOfSentence(text: string, before: number): number {
  const at = Math.max(text.lastIndexOf('. ', before), text.lastIndexOf('。', before)) + 1;
  if (at > before / 2) return at;
  // Never between the halves of one character.
  return /[\ud800-\udbff]/.test(text[before - 1]!) ? before - 1 : before;
}

/** `text` without what is beyond the limit. */
export function withinLimit(text: string): string {
  if (text.length <= LIMIT || lengthOf(text.slice(0, 2 * LIMIT + 2)) <= LIMIT) return text;
  return [...text.slice(0, 2 * LIMIT)].slice(0, LIMIT).join('');
}

// A long text goes to the server a part at a time, so that what is found shows while the rest is looked for.
import { lengthOf } from '../text/span';

/** The most that is looked at, in code points. */
export const LIMIT = 1_000_000;

const PARTS = [800, 1600, 4000]; // the first ones are short: there is something to see at once
const HARD = 90_000; // the server takes 100,000 in one call

/** `text` in parts of up to some 4,000 characters that end with a paragraph, or with a sentence where paragraphs are longer. */
export function partsOf(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  const most = () => PARTS[Math.min(parts.length, PARTS.length - 1)]!;
  for (const piece of text.match(/[^\n]*\n+|[^\n]+/g) ?? []) {
    if (part && part.length + piece.length > most()) {
      parts.push(part);
      part = '';
    }
    part += piece;
    while (part.length > most()) {
      const end = endOfSentence(part, most()) ?? (part.length > HARD ? endOfCharacter(part, HARD) : undefined);
      if (end === undefined) break;
      parts.push(part.slice(0, end));
      part = part.slice(end);
    }
  }
  if (part) parts.push(part);
  return parts.filter((one) => one.trim());
}

// The last end of a sentence in the second half of what may be a part: "U.S. The" and "no. 3" are none, "said so. The" is.
function endOfSentence(text: string, before: number): number | undefined {
  const ends = [...text.slice(0, before).matchAll(/\p{Ll}{2}[”"’)\]]?[.!?…][”"’)\]]?\s+(?=[\p{Lu}\p{Lo}“"‘(¿¡])|[。！？]/gu)];
  const last = ends.at(-1);
  const at = last ? last.index + last[0].length : 0;
  return at > before / 2 ? at : undefined;
}

// Never between the halves of one character.
const endOfCharacter = (text: string, before: number) => (/[\ud800-\udbff]/.test(text[before - 1]!) ? before - 1 : before);

/** `text` without what is beyond the limit. */
export function withinLimit(text: string): string {
  if (text.length <= LIMIT || lengthOf(text.slice(0, 2 * LIMIT + 2)) <= LIMIT) return text;
  return [...text.slice(0, 2 * LIMIT)].slice(0, LIMIT).join('');
}

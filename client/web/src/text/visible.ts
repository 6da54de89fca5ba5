// Turns of writing direction make a sentence read otherwise than it is on record.
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;

/** `text` with such turns shown as what they are. */
export function visible(text: string): string {
  return text.replace(TURNS, (turn) => `⟨U+${turn.codePointAt(0)!.toString(16).toUpperCase()}⟩`);
}

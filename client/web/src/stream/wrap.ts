// Words in a box of the picture, which has no line breaks of its own.

const WIDE = /[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

const widthOf = (char: string) => (WIDE.test(char) ? 2 : 1);

/** `text` in at most `lines` lines of at most `width` letters (wide ones count twice); what does not fit ends in "…". */
export function wrap(text: string, width: number, lines: number): string[] {
  const found: string[] = [];
  let line = '';
  let used = 0;
  const words = text.trim().split(/\s+/).flatMap((word) => broken(word, width));
  for (const word of words) {
    const need = [...word].reduce((sum, char) => sum + widthOf(char), 0);
    if (line && used + 1 + need > width) {
      found.push(line);
      if (found.length === lines) break;
      line = '';
      used = 0;
    }
    used += need + (line ? 1 : 0);
    line += (line ? ' ' : '') + word;
  }
  if (found.length < lines) {
    if (line) found.push(line);
    return found;
  }
  const last = [...found[lines - 1]!];
  while (last.reduce((sum, char) => sum + widthOf(char), 0) > width - 1) last.pop();
  found[lines - 1] = `${last.join('')}…`;
  return found;
}

// A word longer than a line, in pieces; of a monstrous one only the beginning is of use.
function broken(word: string, width: number): string[] {
  const parts: string[] = [];
  let part = '';
  let used = 0;
  for (const char of word.slice(0, 400)) {
    if (used + widthOf(char) > width) {
      parts.push(part);
      part = '';
      used = 0;
    }
    part += char;
    used += widthOf(char);
  }
  return part ? [...parts, part] : parts;
}

// A text cut where marks begin and end.

/** A span of code points that is marked as `key`. */
export interface Mark<K> {
  start: number;
  end: number;
  key: K;
}

/** A piece of the text, and all the marks that cover it. */
export interface Piece<K> {
  text: string;
  /** The first code point. */
  start: number;
  keys: K[];
}

/** Cuts `text` so that each piece lies wholly inside or outside of every mark. Marks may overlap; what of them lies outside of the text is cut off. */
export function pieces<K>(text: string, marks: Mark<K>[]): Piece<K>[] {
  const points = [...text];
  const within = marks
    .map((mark) => ({ ...mark, start: Math.max(0, mark.start), end: Math.min(points.length, mark.end) }))
    .filter((mark) => mark.start < mark.end);
  const cuts = [...new Set([0, points.length, ...within.flatMap((mark) => [mark.start, mark.end])])].sort((a, b) => a - b);
  const found: Piece<K>[] = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    const [start, end] = [cuts[i]!, cuts[i + 1]!];
    const keys = within.filter((mark) => mark.start <= start && end <= mark.end).map((mark) => mark.key);
    found.push({ text: points.slice(start, end).join(''), start, keys });
  }
  return found;
}

// The server counts code points, the browser UTF-16 units.

/** The UTF-16 offset of the code point at `index`. */
export function utf16Of(text: string, index: number): number {
  let unit = 0;
  for (let point = 0; point < index && unit < text.length; point++) {
    unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1;
  }
  return unit;
}

/** How many code points stand before the UTF-16 offset `unit`. */
export function codePointOf(text: string, unit: number): number {
  let points = 0;
  for (let at = 0; at < unit && at < text.length; points++) {
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }
  return points;
}

/** How many code points `text` has. */
export function lengthOf(text: string): number {
  return codePointOf(text, text.length);
}

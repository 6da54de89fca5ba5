/** What a catalogue must have beside another: the same entries, of the same kinds, in its own words. */
export type Widened<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : { [K in keyof T]: Widened<T[K]> };

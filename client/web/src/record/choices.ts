import type { Words } from '../words/en';

/** The entries of a list of words as choices, by their numbers; those without a word are left out. */
export function choices(words: string[], withNone: boolean, none = '–'): [string, string][] {
  const all = words.map((word, index): [string, string] => [String(index), word]).filter(([index, word]) => word && index !== '0');
  return withNone ? [['', none], ...all] : [['', ''], ...all];
}

/** The kinds of sources, as choices. */
export const sourceKinds = (words: Words): [string, string][] => choices(words.sourceKind, false);

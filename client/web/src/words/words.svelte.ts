// The page's own words, in the reader's language. What is on record stays in the language in which it was recorded.
import { recall, remember } from '../api/store';
import { en, type Words } from './en';

/** The languages that the page speaks, each by its own name. To add one: a catalogue beside en.ts, and a line here and below. */
export const LANGUAGES = { en: 'English', vi: 'Tiếng Việt' } as const;

export type Language = keyof typeof LANGUAGES;

const catalogues: Record<Language, () => Promise<Words>> = {
  en: async () => en,
  vi: async () => (await import('./vi')).vi,
};

class Spoken {
  language = $state<Language>('en');
  words = $state.raw<Words>(en);
}

const spoken = new Spoken();

/** The catalogue in use. */
export const w = (): Words => spoken.words;

/** The language in use. */
export const language = (): Language => spoken.language;

export async function setLanguage(wanted: Language): Promise<void> {
  spoken.words = await catalogues[wanted]();
  spoken.language = wanted;
  document.documentElement.lang = wanted;
  remember('language', wanted);
}

/** Begins with the language chosen before, or else the browser's. */
export async function startLanguage(): Promise<void> {
  const known = (tag: string | null): tag is Language => tag !== null && tag in LANGUAGES;
  const kept = recall('language');
  const wanted = known(kept) ? kept : navigator.languages.map((tag) => tag.split('-')[0]!).find(known);
  if (wanted && wanted !== 'en') await setLanguage(wanted);
}

// What was typed into a form. Kept in this browser until it is on record, so that nothing typed is ever lost.
import { recall, remember } from '../api/store';

export type Values = Record<string, string>;

export class Draft {
  values = $state<Values>({});
  /** Whether the browser could keep it. */
  kept = $state(true);
  #key: string;

  /** Takes up what was left of `form`; `given` (from a link) wins over what was kept. */
  constructor(form: string, given: Values) {
    this.#key = `draft.${form}`;
    let kept: Values = {};
    try {
      const parsed: unknown = JSON.parse(recall(this.#key) ?? '{}');
      if (parsed && typeof parsed === 'object') {
        kept = Object.fromEntries(Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
      }
    } catch {
      // A draft that can't be read is no draft.
    }
    this.values = { ...kept, ...given };
  }

  get(field: string): string {
    return this.values[field] ?? '';
  }

  set(field: string, value: string): void {
    this.values[field] = value;
    this.#keep();
  }

  get empty(): boolean {
    return Object.values(this.values).every((value) => !value);
  }

  clear(): void {
    this.values = {};
    this.#keep();
  }

  #keep(): void {
    this.kept = remember(this.#key, this.empty ? '' : JSON.stringify(this.values));
  }
}

/** The lines of a field that takes one thing a line. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

// What was typed into a form. Kept in this browser until it is on record, so that nothing typed is ever lost.
import { recall, remember } from '../api/store';

export type Values = Record<string, string>;

const WAS = '@was.'; // what a changed field said when it was changed

export class Draft {
  values = $state<Values>({});
  /** Whether the browser could keep it. */
  kept = $state(true);
  /** Of a resource under change: what others have put meanwhile into fields that were changed here too. */
  theirs = $state.raw<Values>({});
  #key: string;
  #base = $state.raw<Values>();

  /**
   * Takes up what was left of `form`; `given` (from a link) wins over what was kept. With `base`, the fields of a
   * resource as it stands, it is a draft of changes to these.
   */
  constructor(form: string, given: Values, base?: Values) {
    this.#key = `draft.${form}`;
    const kept = readValues(this.#key);
    if (!base) {
      this.values = { ...kept, ...given };
      return;
    }
    const typed = Object.entries(kept).filter(([field]) => !field.startsWith(WAS));
    this.#base = { ...base, ...Object.fromEntries(typed.map(([field]) => [field, kept[WAS + field] ?? ''])) };
    this.values = { ...base, ...Object.fromEntries(typed) };
    this.rebase(base);
  }

  get(field: string): string {
    return this.values[field] ?? '';
  }

  set(field: string, value: string): void {
    this.values[field] = value;
    this.#keep();
  }

  get empty(): boolean {
    return this.changed.length === 0;
  }

  /** The fields that say something else than at first. */
  get changed(): string[] {
    return Object.keys(this.values).filter((field) => this.get(field) !== (this.#base?.[field] ?? ''));
  }

  clear(): void {
    this.values = { ...this.#base };
    this.theirs = {};
    this.#keep();
  }

  /** The resource says this by now: what was changed here stays so, all else follows. */
  rebase(newer: Values): void {
    const old = this.#base ?? {};
    const mine = this.changed;
    const both = mine.filter((field) => (newer[field] ?? '') !== (old[field] ?? '') && (newer[field] ?? '') !== this.get(field));
    this.theirs = Object.fromEntries(both.map((field) => [field, newer[field] ?? '']));
    this.values = { ...newer, ...Object.fromEntries(mine.map((field) => [field, this.get(field)])) };
    this.#base = newer;
    this.#keep();
  }

  /** Gives up what was changed in a field for what others have put there. */
  takeTheirs(field: string): void {
    const { [field]: value, ...rest } = this.theirs;
    this.theirs = rest;
    this.set(field, value ?? '');
  }

  #keep(): void {
    const base = this.#base;
    const changes = () => Object.fromEntries(this.changed.flatMap((field) => [[field, this.get(field)], [WAS + field, base?.[field] ?? '']]));
    this.kept = remember(this.#key, this.empty ? '' : JSON.stringify(base ? changes() : this.values));
  }
}

function readValues(key: string): Values {
  try {
    const parsed: unknown = JSON.parse(recall(key) ?? '{}');
    if (parsed && typeof parsed === 'object') {
      return Object.fromEntries(Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
    }
  } catch {
    // A draft that can't be read is no draft.
  }
  return {};
}

/** The lines of a field that takes one thing a line. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

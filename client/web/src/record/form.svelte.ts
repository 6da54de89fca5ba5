// A form that puts something on record: its draft, its sending, and the server's word on each field.
import { getContext, setContext } from 'svelte';

import { failureOf, type Failure } from '../api/failure';
import { wrote } from '../route/read_point';
import { Draft, type Values } from './draft.svelte';

/** What was put on record. */
export interface Recorded {
  name: string;
  sequence: bigint;
}

/** Sends the draft. The request id stays the same until it is answered, so that trying again makes nothing twice. */
export type Send = (draft: Draft, requestId: string) => Promise<Recorded>;

export class RecordForm {
  draft: Draft;
  failure = $state.raw<Failure>();
  busy = $state(false);
  recorded = $state.raw<Recorded>();
  #send: Send;
  #places: Record<string, string>;
  #requestId = crypto.randomUUID();

  /** `places` says which field of the form stands for which of the request: "claim.text" → "text". The longest that fits counts. */
  constructor(kind: string, given: Values, places: Record<string, string>, send: Send) {
    this.draft = new Draft(kind, given);
    this.#places = places;
    this.#send = send;
    setContext(KEY, this);
  }

  /** What the server found wrong with a field of the form. */
  errorAt(name: string): string {
    const found = [...(this.failure?.fields ?? [])].filter(([path]) => this.#placeOf(path) === name);
    return found.map(([, description]) => description).join('; ');
  }

  /** What is wrong and belongs to no field of the form. */
  get elsewhere(): string[] {
    return [...(this.failure?.fields ?? [])].filter(([path]) => !this.#placeOf(path)).map(([path, text]) => `${path} ${text}`);
  }

  #placeOf(path: string): string | undefined {
    const fits = Object.keys(this.#places).filter((place) => path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`));
    const longest = fits.sort((a, b) => b.length - a.length)[0];
    return longest && this.#places[longest];
  }

  async submit(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      this.recorded = await this.#send(this.draft, this.#requestId);
      wrote(this.recorded.sequence);
      this.failure = undefined;
      this.draft.clear();
      this.#requestId = crypto.randomUUID();
    } catch (thrown) {
      this.failure = failureOf(thrown);
      // The same request is sent again only where nobody knows what became of it.
      if (!this.failure.unreachable) this.#requestId = crypto.randomUUID();
    } finally {
      this.busy = false;
    }
  }

  again(): void {
    this.recorded = undefined;
    this.failure = undefined;
  }
}

const KEY = Symbol('form');

/** The form that a field stands in. */
export const useForm = (): RecordForm => getContext(KEY);

// A form that puts something on record or changes it: its draft, its sending, and the server's word on each field.
import { getContext, setContext } from 'svelte';

import { failureOf, type Failure } from '../api/failure';
import { wrote } from '../route/read_point';
import { Draft, type Values } from './draft.svelte';
import { maskOf, placeOf, type Editing, type Kind, type Recorded, type Resource } from './kind';

export class RecordForm<R extends Resource = any> {
  draft: Draft;
  failure = $state.raw<Failure>();
  busy = $state(false);
  recorded = $state.raw<Recorded>();
  /** What is changed, as it stood when it was read; undefined where something new is put on record. */
  subject = $state.raw<R>();
  /** The newer one was loaded below what was typed. */
  reloaded = $state(false);
  /** The subject, once it is deleted: by us, or by whoever was quicker. */
  deleted = $state.raw<R>();
  #kind: Kind<R>;
  #requestId = crypto.randomUUID();

  constructor(kind: Kind<R>, given: Values, subject?: R) {
    this.#kind = kind;
    this.subject = subject;
    const values = subject && kind.editing?.valuesOf(subject);
    this.draft = new Draft(subject?.name ?? kind.key, given, values);
    setContext(KEY, this);
  }

  /** What the server found wrong with a field of the form. */
  errorsAt(name: string): string[] {
    const found = [...(this.failure?.fields ?? [])].filter(([path]) => placeOf(this.#kind, path) === name);
    return found.map(([, description]) => description);
  }

  /** What is wrong and belongs to no field of the form. */
  get elsewhere(): string[] {
    return [...(this.failure?.fields ?? [])].filter(([path]) => !placeOf(this.#kind, path)).map(([path, text]) => `${path} ${text}`);
  }

  /** Somebody else changed the subject since it was read, or deleted it. */
  get stale(): boolean {
    return this.failure?.reason === 'ETAG_STALE' || (!!this.subject && this.failure?.deleted === this.subject.name);
  }

  /** What else can be done to the subject; undefined where something new is put on record. */
  get editing(): Editing<R> | undefined {
    return this.subject && this.#kind.editing;
  }

  async submit(): Promise<void> {
    await this.#call(async () => {
      this.recorded = await this.#send();
      wrote(this.recorded.sequence);
      this.reloaded = false;
      this.draft.clear();
      this.#requestId = crypto.randomUUID();
    });
  }

  /** Reads the subject anew. What was typed stays. */
  async loadNewer(): Promise<void> {
    await this.#call(async () => {
      await this.#read();
      this.reloaded = true;
    });
  }

  /** Notes that the subject is deleted. What was typed into the form stays a draft. */
  gone(subject: R): void {
    wrote(subject.sequence);
    this.deleted = subject;
  }

  /** Shows the form once more: empty, or with what the subject is by now. */
  async again(): Promise<void> {
    await this.#call(async () => {
      if (this.subject) await this.#read();
      this.recorded = undefined;
    });
  }

  async #read(): Promise<void> {
    const { editing, lookAgain } = this.#kind;
    await lookAgain?.(this.draft);
    if (!this.subject || !editing) return;
    const newer = await editing.get(this.subject.name);
    this.deleted = newer.deleteTime && newer;
    this.subject = newer;
    if (!this.deleted) this.draft.rebase(editing.valuesOf(newer));
  }

  #send(): Promise<Recorded> {
    const { editing, create } = this.#kind;
    if (!this.subject || !editing) return create(this.draft, this.#requestId);
    return editing.update(this.draft, this.subject, maskOf(this.#kind, this.draft.changed), this.#requestId);
  }

  async #call(job: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await job();
      this.failure = undefined;
    } catch (thrown) {
      this.failure = failureOf(thrown);
      // The same request is sent again only where nobody knows what became of it.
      if (!this.failure.unreachable) this.#requestId = crypto.randomUUID();
    } finally {
      this.busy = false;
    }
  }
}

const KEY = Symbol('form');

/** The form that a field stands in. */
export const useForm = (): RecordForm => getContext(KEY);

// A list that comes a page at a time.
import { failureOf, type Failure } from './failure';

/** A page of a list, and what asks for the next. */
export interface Page<T> {
  items: T[];
  next: string;
}

export class Pages<T> {
  /** Page by page, so that a view can lay out only those that are seen. */
  pages = $state.raw<T[][]>([]);
  failure = $state.raw<Failure>();
  busy = $state(false);
  done = $state(false);
  #next = '';
  #fetch: (token: string) => Promise<Page<T>>;

  constructor(fetch: (token: string) => Promise<Page<T>>) {
    this.#fetch = fetch;
  }

  get count(): number {
    return this.pages.reduce((sum, page) => sum + page.length, 0);
  }

  /** Fetches until something came: a server's page may be empty and not the last. */
  async more(): Promise<void> {
    if (this.busy || this.done) return;
    this.busy = true;
    try {
      let items: T[] = [];
      while (items.length === 0 && !this.done) {
        const page = await this.#fetch(this.#next);
        items = page.items;
        this.#next = page.next;
        this.done = page.next === '';
      }
      if (items.length > 0) this.pages = [...this.pages, items];
      this.failure = undefined;
    } catch (thrown) {
      this.failure = failureOf(thrown);
    } finally {
      this.busy = false;
    }
  }
}

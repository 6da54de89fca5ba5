// Something that is fetched, and fetched anew when what it was asked with changes.
import { failureOf, wasCancelled, type Failure } from './failure';

export class Task<T> {
  /** What came last; stays while something newer is on its way, so that nothing flickers. */
  value = $state.raw<T>();
  failure = $state.raw<Failure>();
  busy = $state(true);
  #again = $state(0);

  /** `start` runs at once, and again when any state that it reads before its first await changes. */
  constructor(start: (signal: AbortSignal) => Promise<T>) {
    $effect(() => {
      void this.#again;
      const stop = new AbortController();
      this.busy = true;
      start(stop.signal).then(
        (value) => {
          if (stop.signal.aborted) return;
          this.value = value;
          this.failure = undefined;
          this.busy = false;
        },
        (thrown) => {
          if (stop.signal.aborted || wasCancelled(thrown)) return;
          this.failure = failureOf(thrown);
          this.busy = false;
        },
      );
      return () => stop.abort();
    });
  }

  reload(): void {
    this.#again++;
  }
}

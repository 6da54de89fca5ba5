// One verification under way: its statements come as they are found.
import { failureOf, type Failure } from '../api/failure';
import { provenance } from '../api/clients';
import type { VerifiedDocument, VerifiedStatement } from '../gen/headwater/v1/verification_pb';
import { latest } from '../route/read_point';
import { isAddress } from '../text/uri';
import { partsOf } from './parts';

export class Verification {
  statements = $state.raw<VerifiedStatement[]>([]);
  document = $state.raw<VerifiedDocument>();
  /** An address was asked about, and the answer is there. */
  answeredAddress = $state(false);
  failure = $state.raw<Failure>();
  busy = $state(true);
  done = $state(0);
  parts: string[];
  sequence = $state(0n);
  #stop = new AbortController();

  constructor(text: string, showUnlikely: boolean) {
    this.parts = isAddress(text) ? [text.trim()] : partsOf(text);
    void this.#run(isAddress(text) ? 'uri' : 'text', showUnlikely);
  }

  stop(): void {
    this.#stop.abort();
    this.busy = false;
  }

  async #run(kind: 'uri' | 'text', showUnlikely: boolean): Promise<void> {
    try {
      for (const value of this.parts) {
        const answer = await provenance().verify(
          { subject: { case: kind, value }, read: latest(), maxMatches: 5, showUnlikely },
          { signal: this.#stop.signal },
        );
        this.statements = [...this.statements, ...answer.statements];
        this.document = answer.document;
        this.answeredAddress = kind === 'uri';
        this.sequence = answer.readSequence;
        this.done++;
      }
    } catch (thrown) {
      if (!this.#stop.signal.aborted) this.failure = failureOf(thrown);
    } finally {
      this.busy = false;
    }
  }
}

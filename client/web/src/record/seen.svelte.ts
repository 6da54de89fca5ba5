// What is to be withdrawn, as it stands before the person who withdraws it: nobody withdraws what they have not seen.
import { Code } from '@connectrpc/connect';

import { attributions, documents, provenance, sources } from '../api/clients';
import { failureOf, type Failure } from '../api/failure';
import { summaryOf } from '../claim/summary';
import type { Attribution } from '../gen/headwater/v1/attribution_pb';
import type { ClaimSummary } from '../gen/headwater/v1/claim_summary_pb';
import type { Document } from '../gen/headwater/v1/document_pb';
import { latest } from '../route/read_point';

export interface Shown {
  resource: Attribution | Document;
  /** Who speaks, or who published it. */
  speaker: string;
  /** Of an attribution: the claim, with how it stands now. */
  claim?: ClaimSummary;
}

const KNOWN = /^(documents\/[a-z0-9-]+|claims\/[a-z0-9-]+\/attributions\/[a-z0-9-]+)$/;

export class Seen {
  shown = $state.raw<Shown>();
  failure = $state.raw<Failure>();
  busy = $state(false);
  #name = $state('');

  /** Whether what is called `name` was shown, or there is nothing of that name to be shown. */
  settled(name: string): boolean {
    if (!KNOWN.test(name)) return true;
    return this.#name === name && !this.busy && (!this.failure || this.failure.code === Code.NotFound);
  }

  /** The revision that was shown of `name`; empty where there is none. */
  etagOf(name: string): string {
    return this.shown?.resource.name === name ? this.shown.resource.etag : '';
  }

  /** Reads what is called `name`, and shows it. */
  async look(name: string): Promise<void> {
    this.#name = name;
    this.failure = undefined;
    if (this.shown?.resource.name !== name) this.shown = undefined;
    if (!KNOWN.test(name)) return;
    this.busy = true;
    try {
      const shown = await read(name);
      if (this.#name === name) this.shown = shown;
    } catch (thrown) {
      if (this.#name !== name) return;
      this.shown = undefined;
      this.failure = failureOf(thrown);
    } finally {
      if (this.#name === name) this.busy = false;
    }
  }
}

const speakerOf = async (source: string) => (await sources().getSource({ name: source, read: latest(), showDeleted: true })).displayName;

async function read(name: string): Promise<Shown> {
  const [claim, attribution] = name.split('/attributions/');
  if (attribution === undefined) {
    const resource = await documents().getDocument({ name, read: latest() });
    return { resource, speaker: await speakerOf(resource.publisher) };
  }
  const resource = await attributions().getAttribution({ name, read: latest() });
  const [speaker, assessment] = await Promise.all([speakerOf(resource.source), provenance().assessClaim({ name: claim, read: latest() })]);
  return { resource, speaker, claim: summaryOf(assessment) };
}

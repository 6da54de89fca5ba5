// Withdrawals, as their form shows them.
import { attributions, documents } from '../api/clients';
import type { Kind } from './kind';
import type { Seen } from './seen.svelte';

/** Withdraws what is `seen`, if that is how it still stands. */
export const withdrawKind = (seen: Seen): Kind => ({
  key: 'withdrawal',
  fields: { kind: 'kind', reason: 'reason', date: 'withdrawn_date', document: 'document', uri: 'uri' },
  elsewhere: { name: 'name', withdrawal: 'kind' },
  create: (draft, requestId) => {
    const name = draft.get('name').trim();
    const request = {
      name,
      etag: seen.etagOf(name),
      requestId,
      withdrawal: {
        kind: Number(draft.get('kind')),
        reason: draft.get('reason').trim(),
        withdrawnDate: draft.get('date').trim(),
        document: draft.get('document').trim(),
        uri: draft.get('uri').trim(),
      },
    };
    return name.startsWith('documents/') ? documents().withdrawDocument(request) : attributions().withdrawAttribution(request);
  },
  lookAgain: (draft) => seen.look(draft.get('name').trim()),
});

// Withdrawals, as their form shows them.
import { attributions, documents } from '../api/clients';
import type { Kind } from './kind';

export const withdrawKind: Kind = {
  key: 'withdrawal',
  fields: { kind: 'kind', reason: 'reason', date: 'withdrawn_date', document: 'document', uri: 'uri' },
  elsewhere: { name: 'name', withdrawal: 'kind' },
  create: (draft, requestId) => {
    const request = {
      name: draft.get('name').trim(),
      requestId,
      withdrawal: {
        kind: Number(draft.get('kind')),
        reason: draft.get('reason').trim(),
        withdrawnDate: draft.get('date').trim(),
        document: draft.get('document').trim(),
        uri: draft.get('uri').trim(),
      },
    };
    return request.name.startsWith('documents/') ? documents().withdrawDocument(request) : attributions().withdrawAttribution(request);
  },
};

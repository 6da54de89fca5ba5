// Sources, as their form shows them.
import { sources } from '../api/clients';
import type { Source } from '../gen/headwater/v1/source_pb';
import { latest } from '../route/read_point';
import { linesOf, type Draft } from './draft.svelte';
import type { Kind } from './kind';

const sourceOf = (draft: Draft) => ({
  kind: Number(draft.get('kind')),
  displayName: draft.get('displayName').trim(),
  aliases: linesOf(draft.get('aliases')),
  domains: linesOf(draft.get('domains')),
  country: draft.get('country').trim().toUpperCase(),
  note: draft.get('note').trim(),
});

export const sourceKind: Kind<Source> = {
  key: 'source',
  fields: { kind: 'kind', displayName: 'display_name', aliases: 'aliases', domains: 'domains', country: 'country', note: 'note' },
  elsewhere: { source_id: 'id', 'source.name': 'id' },
  create: (draft, requestId) => sources().createSource({ sourceId: draft.get('id').trim(), requestId, source: sourceOf(draft) }),
  editing: {
    get: (name) => sources().getSource({ name, read: latest(), showDeleted: true }),
    valuesOf: (source) => ({
      kind: String(source.kind),
      displayName: source.displayName,
      aliases: source.aliases.join('\n'),
      domains: source.domains.join('\n'),
      country: source.country,
      note: source.note,
    }),
    update: (draft, { name, etag }, paths, requestId) =>
      sources().updateSource({ source: { ...sourceOf(draft), name, etag }, updateMask: { paths }, requestId }),
    remove: (deletion) => sources().deleteSource(deletion),
    undelete: (name, etag, requestId) => sources().undeleteSource({ name, etag, requestId }),
    lastRevision: async (name) => (await sources().listSourceRevisions({ name, pageSize: 1 })).revisions[0],
  },
};

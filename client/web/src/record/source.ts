// Sources, as their form shows them.
import type { MessageInitShape } from '@bufbuild/protobuf';

import { sources } from '../api/clients';
import { SourceKind, type Source, type SourceSchema } from '../gen/headwater/v1/source_pb';
import { latest } from '../route/read_point';
import { linesOf, type Draft } from './draft.svelte';
import { gradeFields, gradeOf, gradeValues } from './grade';
import { translationLine, translationOf } from './lines';
import type { Kind } from './kind';

function sourceOf(draft: Draft, old?: Source): MessageInitShape<typeof SourceSchema> {
  const kind: SourceKind = Number(draft.get('kind'));
  const size = Number(draft.get('size'));
  return {
    kind,
    displayName: draft.get('displayName').trim(),
    localizedNames: linesOf(draft.get('localizedNames')).map((line) => translationOf(line, old?.localizedNames)),
    aliases: linesOf(draft.get('aliases')),
    domains: linesOf(draft.get('domains')),
    country: draft.get('country').trim().toUpperCase(),
    sameAs: linesOf(draft.get('sameAs')),
    partOf: draft.get('partOf').trim(),
    owner: draft.get('owner').trim(),
    knownDistinctFrom: linesOf(draft.get('distinct')),
    reliability: gradeOf(draft, 'reliability'),
    collective: kind === SourceKind.ANONYMOUS && size ? { size } : undefined,
    evidence: kind === SourceKind.EVIDENCE ? evidenceOf(draft) : undefined,
    note: draft.get('note').trim(),
  };
}

const evidenceOf = (draft: Draft) => ({
  medium: Number(draft.get('medium')),
  author: draft.get('author').trim(),
  custody: linesOf(draft.get('custody')),
  authenticatedBy: linesOf(draft.get('authenticated')),
});

export const sourceKind: Kind<Source> = {
  key: 'source',
  fields: {
    // Another kind leaves what belonged to the one before without a meaning.
    kind: ['kind', 'collective', 'evidence'],
    displayName: 'display_name',
    localizedNames: 'localized_names',
    aliases: 'aliases',
    domains: 'domains',
    country: 'country',
    sameAs: 'same_as',
    partOf: 'part_of',
    owner: 'owner',
    distinct: 'known_distinct_from',
    ...gradeFields('reliability', 'reliability'),
    size: 'collective',
    medium: 'evidence',
    author: 'evidence.author',
    custody: 'evidence.custody',
    authenticated: 'evidence.authenticated_by',
    note: 'note',
  },
  elsewhere: { source_id: 'id', 'source.name': 'id' },
  create: (draft, requestId) => sources().createSource({ sourceId: draft.get('id').trim(), requestId, source: sourceOf(draft) }),
  editing: {
    get: (name) => sources().getSource({ name, read: latest(), showDeleted: true }),
    valuesOf: (source) => ({
      kind: String(source.kind),
      displayName: source.displayName,
      localizedNames: source.localizedNames.map(translationLine).join('\n'),
      aliases: source.aliases.join('\n'),
      domains: source.domains.join('\n'),
      country: source.country,
      sameAs: source.sameAs.join('\n'),
      partOf: source.partOf,
      owner: source.owner,
      distinct: source.knownDistinctFrom.join('\n'),
      ...gradeValues('reliability', source.reliability),
      size: source.collective?.size ? String(source.collective.size) : '',
      medium: source.evidence ? String(source.evidence.medium) : '',
      author: source.evidence?.author ?? '',
      custody: (source.evidence?.custody ?? []).join('\n'),
      authenticated: (source.evidence?.authenticatedBy ?? []).join('\n'),
      note: source.note,
    }),
    update: (draft, old, paths, requestId) =>
      sources().updateSource({ source: { ...sourceOf(draft, old), name: old.name, etag: old.etag }, updateMask: { paths }, requestId }),
    remove: (deletion) => sources().deleteSource(deletion),
    undelete: (name, etag, requestId) => sources().undeleteSource({ name, etag, requestId }),
    lastRevision: async (name) => (await sources().listSourceRevisions({ name, pageSize: 1 })).revisions[0],
  },
};

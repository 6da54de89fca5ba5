// How claims stand to each other, as the form shows it.
import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampNow } from '@bufbuild/protobuf/wkt';

import { relations } from '../api/clients';
import { RelationState, type Relation, type RelationSchema } from '../gen/headwater/v1/relation_pb';
import { latest } from '../route/read_point';
import type { Draft } from './draft.svelte';
import type { Kind } from './kind';

// Who decided, and when: of the state that it is in, and of no other.
function relationOf(draft: Draft, old?: Relation): MessageInitShape<typeof RelationSchema> {
  const state: RelationState = Number(draft.get('state'));
  const by = (field: string) => draft.get(field).trim();
  const stays = old?.state === state;
  const confirmed = state === RelationState.CONFIRMED && {
    confirmedBy: by('confirmedBy'),
    confirmTime: stays ? old.confirmTime : timestampNow(),
  };
  const refused = state === RelationState.REFUSED && { refusedBy: by('refusedBy'), refuseTime: stays ? old.refuseTime : timestampNow() };
  return {
    kind: Number(draft.get('kind')),
    target: draft.get('target').trim(),
    state,
    suggestedBy: by('suggestedBy'),
    ...(confirmed || {}),
    ...(refused || {}),
    note: draft.get('note').trim(),
  };
}

export const relationKind: Kind<Relation> = {
  key: 'relation',
  fields: {
    kind: 'kind',
    target: 'target',
    state: ['state', 'confirmed_by', 'confirm_time', 'refused_by', 'refuse_time'],
    suggestedBy: 'suggested_by',
    confirmedBy: 'confirmed_by',
    refusedBy: 'refused_by',
    note: 'note',
  },
  elsewhere: { parent: 'claim', relation_id: 'id', 'relation.name': 'id' },
  create: (draft, requestId) =>
    relations().createRelation({
      parent: draft.get('claim').trim(),
      relationId: draft.get('id').trim(),
      requestId,
      relation: relationOf(draft),
    }),
  editing: {
    get: (name) => relations().getRelation({ name, read: latest(), showDeleted: true }),
    valuesOf: (relation) => ({
      claim: relation.name.split('/relations/')[0]!,
      kind: String(relation.kind),
      target: relation.target,
      state: String(relation.state),
      suggestedBy: relation.suggestedBy,
      confirmedBy: relation.confirmedBy,
      refusedBy: relation.refusedBy,
      note: relation.note,
    }),
    update: (draft, old, paths, requestId) =>
      relations().updateRelation({
        relation: { ...relationOf(draft, old), name: old.name, etag: old.etag },
        updateMask: { paths },
        requestId,
      }),
    remove: (deletion) => relations().deleteRelation(deletion),
    undelete: (name, etag, requestId) => relations().undeleteRelation({ name, etag, requestId }),
    lastRevision: async (name) => (await relations().listRelationRevisions({ name, pageSize: 1 })).revisions[0],
  },
};

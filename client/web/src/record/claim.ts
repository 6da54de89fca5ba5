// Claims, as their form shows them.
import { claims } from '../api/clients';
import type { Claim } from '../gen/headwater/v1/claim_pb';
import { latest } from '../route/read_point';
import { linesOf, type Draft } from './draft.svelte';
import { gradeFields, gradeOf, gradeValues } from './grade';
import { entityOf, figureLine, figureOf, lineOf, translationLine, translationOf } from './lines';
import type { Kind } from './kind';

const credibilityOf = (draft: Draft) => {
  const grade = gradeOf(draft, 'credibility');
  return grade && { ...grade, assessedSequence: BigInt(draft.get('assessed') || 0) };
};

const claimOf = (draft: Draft, old?: Claim) => ({
  text: draft.get('text').trim(),
  language: draft.get('language').trim(),
  nature: Number(draft.get('nature')),
  about: linesOf(draft.get('about')).map(entityOf),
  translations: linesOf(draft.get('translations')).map((line) => translationOf(line, old?.translations)),
  quantities: linesOf(draft.get('quantities')).map(figureOf),
  subjectDate: draft.get('subjectDate').trim(),
  tags: draft.get('tags').split(/\s+/).filter(Boolean),
  note: draft.get('note').trim(),
  credibility: credibilityOf(draft),
});

export const claimKind: Kind<Claim> = {
  key: 'claim',
  fields: {
    text: 'text',
    language: 'language',
    nature: 'nature',
    about: 'about',
    translations: 'translations',
    quantities: 'quantities',
    subjectDate: 'subject_date',
    tags: 'tags',
    note: 'note',
    ...gradeFields('credibility', 'credibility'),
    assessed: 'credibility.assessed_sequence',
  },
  elsewhere: { claim_id: 'id', 'claim.name': 'id' },
  create: (draft, requestId) => claims().createClaim({ claimId: draft.get('id').trim(), requestId, claim: claimOf(draft) }),
  editing: {
    get: (name) => claims().getClaim({ name, read: latest(), showDeleted: true }),
    valuesOf: (claim) => ({
      text: claim.text,
      language: claim.language,
      nature: String(claim.nature),
      about: claim.about.map(lineOf).join('\n'),
      translations: claim.translations.map(translationLine).join('\n'),
      quantities: claim.quantities.map(figureLine).join('\n'),
      subjectDate: claim.subjectDate,
      tags: claim.tags.join(' '),
      note: claim.note,
      ...gradeValues('credibility', claim.credibility),
      assessed: claim.credibility ? String(claim.credibility.assessedSequence) : '',
    }),
    update: (draft, old, paths, requestId) =>
      claims().updateClaim({ claim: { ...claimOf(draft, old), name: old.name, etag: old.etag }, updateMask: { paths }, requestId }),
    remove: (deletion) => claims().deleteClaim(deletion),
    undelete: (name, etag, requestId) => claims().undeleteClaim({ name, etag, requestId }),
    lastRevision: async (name) => (await claims().listClaimRevisions({ name, pageSize: 1 })).revisions[0],
  },
};

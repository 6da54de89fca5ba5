// Attributions, as their form shows them.
import type { MessageInitShape } from '@bufbuild/protobuf';

import { attributions } from '../api/clients';
import { Stance, type Attribution, type AttributionSchema } from '../gen/headwater/v1/attribution_pb';
import { latest } from '../route/read_point';
import { citationLine, citationOf } from './citation';
import { linesOf, type Draft } from './draft.svelte';
import type { Kind } from './kind';

type Init = MessageInitShape<typeof AttributionSchema>;

function attributionOf(draft: Draft): Init {
  const stance: Stance = Number(draft.get('stance'));
  return {
    source: draft.get('source').trim(),
    stance,
    document: draft.get('document').trim(),
    basis: stance === Stance.RELAYS ? 0 : Number(draft.get('basis')),
    saidDate: draft.get('saidDate').trim(),
    cites: linesOf(draft.get('cites')).map(citationOf),
    quote: quoteOf(draft),
    denial: stance === Stance.DENIES && draft.get('extent') ? { extent: Number(draft.get('extent')), part: draft.get('part').trim() } : undefined,
    noComment: stance === Stance.NO_COMMENT ? { form: Number(draft.get('noComment')), askedBy: draft.get('askedBy').trim(), askedDate: draft.get('askedDate').trim() } : undefined,
    hedges: linesOf(draft.get('hedges')),
    terms: Number(draft.get('terms')),
    couldNotVerify: draft.get('couldNotVerify') === 'true',
    note: draft.get('note').trim(),
  };
}

function quoteOf(draft: Draft): Init['quote'] {
  const exact = draft.get('quote');
  if (!exact) return undefined;
  const [start, end] = [draft.get('start'), draft.get('end')];
  return {
    exact,
    prefix: draft.get('prefix'), // letter for letter, spaces too
    suffix: draft.get('suffix'),
    ...(start && end ? { position: { start: Number(start), end: Number(end) } } : {}),
    form: Number(draft.get('form')),
    cue: draft.get('cue').trim(),
  };
}

const startOf = (attribution: Attribution) => String(attribution.quote?.position?.start ?? '');
const numberOf = (value?: number) => (value ? String(value) : '');

export const attributionKind: Kind<Attribution> = {
  key: 'attribution',
  fields: {
    source: 'source',
    // Another stance leaves what belonged to the one before without a meaning.
    stance: ['stance', 'basis', 'denial', 'no_comment'],
    document: 'document',
    basis: 'basis',
    saidDate: 'said_date',
    cites: 'cites',
    quote: 'quote',
    start: 'quote',
    end: 'quote',
    form: 'quote.form',
    prefix: 'quote.prefix',
    suffix: 'quote.suffix',
    cue: 'quote.cue',
    extent: 'denial',
    part: 'denial.part',
    noComment: 'no_comment.form',
    askedBy: 'no_comment.asked_by',
    askedDate: 'no_comment.asked_date',
    hedges: 'hedges',
    terms: 'terms',
    couldNotVerify: 'could_not_verify',
    note: 'note',
  },
  elsewhere: { parent: 'claim', attribution_id: 'id', 'attribution.name': 'id', 'attribution.no_comment': 'noComment' },
  create: (draft, requestId) =>
    attributions().createAttribution({
      parent: draft.get('claim').trim(),
      attributionId: draft.get('id').trim(),
      requestId,
      attribution: attributionOf(draft),
    }),
  editing: {
    get: (name) => attributions().getAttribution({ name, read: latest(), showDeleted: true }),
    valuesOf: (attribution) => ({
      claim: attribution.name.split('/attributions/')[0]!,
      source: attribution.source,
      stance: String(attribution.stance),
      document: attribution.document,
      basis: numberOf(attribution.basis),
      saidDate: attribution.saidDate,
      cites: attribution.cites.map(citationLine).join('\n'),
      quote: attribution.quote?.exact ?? '',
      start: startOf(attribution),
      end: String(attribution.quote?.position?.end ?? ''),
      form: numberOf(attribution.quote?.form),
      prefix: attribution.quote?.prefix ?? '',
      suffix: attribution.quote?.suffix ?? '',
      cue: attribution.quote?.cue ?? '',
      extent: numberOf(attribution.denial?.extent),
      part: attribution.denial?.part ?? '',
      noComment: numberOf(attribution.noComment?.form),
      askedBy: attribution.noComment?.askedBy ?? '',
      askedDate: attribution.noComment?.askedDate ?? '',
      hedges: attribution.hedges.join('\n'),
      terms: numberOf(attribution.terms),
      couldNotVerify: attribution.couldNotVerify ? 'true' : '',
      note: attribution.note,
    }),
    update: (draft, old, paths, requestId) =>
      attributions().updateAttribution({
        attribution: { ...attributionOf(draft), name: old.name, etag: old.etag },
        updateMask: { paths },
        requestId,
      }),
    remove: (deletion) => attributions().deleteAttribution(deletion),
    undelete: (name, etag, requestId) => attributions().undeleteAttribution({ name, etag, requestId }),
    lastRevision: async (name) => (await attributions().listAttributionRevisions({ name, pageSize: 1 })).revisions[0],
  },
};

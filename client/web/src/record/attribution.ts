// Attributions, as their form shows them.
import type { MessageInitShape } from '@bufbuild/protobuf';

import { attributions } from '../api/clients';
import { Stance, type Attribution, type AttributionSchema, type Citation } from '../gen/headwater/v1/attribution_pb';
import { latest } from '../route/read_point';
import { linesOf, type Draft } from './draft.svelte';
import type { Kind } from './kind';

type Init = MessageInitShape<typeof AttributionSchema>;

// What the form does not show of `old`, the attribution as it stands, stays in what is made of it.
function attributionOf(draft: Draft, old?: Attribution): Init {
  const stance: Stance = Number(draft.get('stance'));
  return {
    source: draft.get('source').trim(),
    stance,
    document: draft.get('document').trim(),
    basis: stance === Stance.RELAYS ? 0 : Number(draft.get('basis')),
    saidDate: draft.get('saidDate').trim(),
    cites: citesOf(draft, old?.cites ?? []),
    quote: quoteOf(draft, old),
    denial: stance === Stance.DENIES && draft.get('extent') ? { extent: Number(draft.get('extent')), part: draft.get('part').trim() } : undefined,
    noComment: stance === Stance.NO_COMMENT ? { form: Number(draft.get('noComment')), askedBy: old?.noComment?.askedBy ?? '', askedDate: old?.noComment?.askedDate ?? '' } : undefined,
    hedges: linesOf(draft.get('hedges')),
    terms: Number(draft.get('terms')),
    couldNotVerify: draft.get('couldNotVerify') === 'true',
    note: draft.get('note').trim(),
  };
}

function quoteOf(draft: Draft, old?: Attribution): Init['quote'] {
  const exact = draft.get('quote');
  if (!exact) return undefined;
  const [start, end] = [draft.get('start'), draft.get('end')];
  // What stands around the words is known of the old words, where they stood.
  const same = old?.quote?.exact === exact && startOf(old) === start;
  return {
    exact,
    ...(same ? { prefix: old.quote!.prefix, suffix: old.quote!.suffix } : {}),
    ...(start && end ? { position: { start: Number(start), end: Number(end) } } : {}),
    form: Number(draft.get('form')),
    cue: draft.get('cue').trim(),
  };
}

function citesOf(draft: Draft, old: Citation[]): NonNullable<Init['cites']> {
  const left = [...old];
  return linesOf(draft.get('cites')).map((name) => {
    const at = left.findIndex((one) => one.cited.value === name);
    if (at >= 0) return left.splice(at, 1)[0]!;
    return { cited: name.startsWith('sources/') ? { case: 'source', value: name } : { case: 'attribution', value: name } };
  });
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
    cue: 'quote.cue',
    extent: 'denial',
    part: 'denial.part',
    noComment: 'no_comment.form',
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
      cites: attribution.cites.map((one) => one.cited.value ?? '').join('\n'),
      quote: attribution.quote?.exact ?? '',
      start: startOf(attribution),
      end: String(attribution.quote?.position?.end ?? ''),
      form: numberOf(attribution.quote?.form),
      cue: attribution.quote?.cue ?? '',
      extent: numberOf(attribution.denial?.extent),
      part: attribution.denial?.part ?? '',
      noComment: numberOf(attribution.noComment?.form),
      hedges: attribution.hedges.join('\n'),
      terms: numberOf(attribution.terms),
      couldNotVerify: attribution.couldNotVerify ? 'true' : '',
      note: attribution.note,
    }),
    update: (draft, old, paths, requestId) =>
      attributions().updateAttribution({
        attribution: { ...attributionOf(draft, old), name: old.name, etag: old.etag },
        updateMask: { paths },
        requestId,
      }),
    remove: (deletion) => attributions().deleteAttribution(deletion),
    undelete: (name, etag, requestId) => attributions().undeleteAttribution({ name, etag, requestId }),
    lastRevision: async (name) => (await attributions().listAttributionRevisions({ name, pageSize: 1 })).revisions[0],
  },
};

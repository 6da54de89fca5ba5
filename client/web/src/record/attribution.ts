// The attribution that a draft describes.
import type { MessageInitShape } from '@bufbuild/protobuf';

import { Stance, type AttributionSchema } from '../gen/headwater/v1/attribution_pb';
import { linesOf, type Draft } from './draft.svelte';

export function attributionOf(draft: Draft): MessageInitShape<typeof AttributionSchema> {
  const stance: Stance = Number(draft.get('stance'));
  const exact = draft.get('quote');
  const [start, end] = [draft.get('start'), draft.get('end')];
  return {
    source: draft.get('source').trim(),
    stance,
    document: draft.get('document').trim(),
    basis: stance === Stance.RELAYS ? 0 : Number(draft.get('basis')),
    saidDate: draft.get('saidDate').trim(),
    cites: linesOf(draft.get('cites')).map((name) => ({
      cited: name.startsWith('sources/') ? { case: 'source', value: name } : { case: 'attribution', value: name },
    })),
    quote: exact
      ? {
          exact,
          ...(start && end ? { position: { start: Number(start), end: Number(end) } } : {}),
          form: Number(draft.get('form')),
          cue: draft.get('cue').trim(),
        }
      : undefined,
    denial: stance === Stance.DENIES && draft.get('extent') ? { extent: Number(draft.get('extent')), part: draft.get('part').trim() } : undefined,
    noComment: stance === Stance.NO_COMMENT ? { form: Number(draft.get('noComment')) } : undefined,
    hedges: linesOf(draft.get('hedges')),
    terms: Number(draft.get('terms')),
    couldNotVerify: draft.get('couldNotVerify') === 'true',
    note: draft.get('note').trim(),
  };
}

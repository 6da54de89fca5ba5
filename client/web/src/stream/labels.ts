// What a node of the picture says, line by line.
import { Basis, Stance } from '../gen/headwater/v1/attribution_pb';
import { SourceKind } from '../gen/headwater/v1/source_pb';
import { visible } from '../text/visible';
import type { Words } from '../words/en';
import type { StreamNode } from './graph';
import { wrap } from './wrap';

export interface Label {
  title: string[];
  detail: string[];
}

const LINE = 16;

/** The lines in a node's box. */
export function labelOf(node: StreamNode, words: Words): Label {
  const title = node.kind === 'echo' ? words.claim.echo(node.voices.length) : visible(node.title);
  return { title: wrap(title, 23, 3), detail: wrap(detailOf(node, words), 28, 2) };
}

/** How high the box must be. */
export function heightOf(node: StreamNode, words: Words): number {
  const { title, detail } = labelOf(node, words);
  return 18 + LINE * (title.length + detail.length) + (node.chokepoint ? LINE : 0);
}

function detailOf(node: StreamNode, words: Words): string {
  if (node.kind === 'stub') return words.claim.stub;
  if (node.kind === 'relay') return words.claim.relay;
  if (node.kind === 'gone') return words.claim.deleted;
  const voice = node.voices[0];
  return [
    words.stance[node.stance],
    voice && voice.basis !== Basis.UNSPECIFIED && node.stance !== Stance.RELAYS ? words.basis[voice.basis] : '',
    node.sourceKind === SourceKind.ANONYMOUS ? words.claim.unnamed : '',
    node.notRecorded ? words.claim.notRecordedOrigin : '',
    node.withdrawn ? words.claim.withdrawn : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** All that the box says, in its order, and who stands around it: for those who hear it. */
export function spoken(node: StreamNode, words: Words, cited: string[], citing: string[]): string {
  const { title, detail } = labelOf(node, words);
  const shown = [node.chokepoint ? `◆ ${words.claim.chokepoint}` : '', ...title, ...detail].filter(Boolean).join(' ');
  return [
    shown,
    node.kind === 'echo' ? words.claim.echoHint : '',
    cited.length ? `${words.claim.citing} ${cited.slice(0, 5).join(words.listSep)}` : '',
    citing.length ? `${words.claim.citedBy} ${citing.slice(0, 5).join(words.listSep)}` : '',
  ]
    .filter(Boolean)
    .join('; ');
}

import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';

import { AssessmentSchema, OriginKind } from '../gen/headwater/v1/assessment_pb';
import { Stance } from '../gen/headwater/v1/attribution_pb';
import { TraceClaimResponseSchema } from '../gen/headwater/v1/provenance_service_pb';
import { fold, MOST_NODES, within } from './fold';
import { graphOf } from './graph';
import { layOut, pathOf } from './layout';
import { wrap } from './wrap';

const CLAIM = 'claims/c';
const name = (id: string) => `${CLAIM}/attributions/${id}`;

// An agency asserts, and `count` outlets pass it on.
function wire(count: number) {
  const outlets = Array.from({ length: count }, (_, i) => ({
    attribution: name(`outlet-${i}`),
    source: `sources/outlet-${i}`,
    displayName: `Outlet ${i}`,
    stance: Stance.RELAYS,
    document: `documents/d${i}`,
    publisher: `sources/outlet-${i}`,
    cites: [{ voice: count, cited: name('agency') }],
  }));
  const agency = {
    attribution: name('agency'),
    source: 'sources/agency',
    displayName: 'Agency',
    stance: Stance.ASSERTS,
    document: 'documents/wire',
    publisher: 'sources/agency',
    origin: true,
  };
  return create(TraceClaimResponseSchema, { claim: CLAIM, voices: [...outlets, agency] });
}

const assessed = create(AssessmentSchema, {
  stances: [
    {
      stance: Stance.ASSERTS,
      chokepoints: [{ source: 'sources/agency' }],
      origins: [{ kind: OriginKind.NOT_RECORDED, attribution: name('agency') }],
    },
  ],
});

describe('the graph of a trace', () => {
  it('leads from whose word it is to who speaks, and marks what matters', () => {
    const graph = graphOf(wire(2), assessed, new Map());
    expect(graph.edges.map((edge) => [edge.from, edge.to])).toEqual([
      ['agency', 'outlet-0'],
      ['agency', 'outlet-1'],
    ]);
    const agency = graph.nodes.find((node) => node.id === 'agency')!;
    expect([agency.chokepoint, agency.notRecorded]).toEqual([true, true]);
    expect(graph.nodes[0]!.chokepoint).toBe(false);
  });

  it('shows the publisher who tells a voice without a word of its own', () => {
    const trace = create(TraceClaimResponseSchema, {
      claim: CLAIM,
      voices: [{ attribution: name('nvidia'), source: 'sources/nvidia', document: 'documents/d', publisher: 'sources/paper' }],
    });
    const graph = graphOf(trace, create(AssessmentSchema), new Map([['sources/paper', 'The Paper']]));
    expect(graph.nodes.map((node) => [node.kind, node.title])).toEqual([
      ['voice', 'sources/nvidia'],
      ['relay', 'The Paper'],
    ]);
    expect(graph.edges).toMatchObject([{ from: 'nvidia', to: 'relay:documents/d' }]);
  });

  it('keeps what is cited and is not on record any more', () => {
    const trace = create(TraceClaimResponseSchema, {
      claim: CLAIM,
      voices: [{ attribution: name('a'), source: 'sources/a', cites: [{ voice: -1, cited: name('lost'), severed: true }] }],
    });
    const graph = graphOf(trace, create(AssessmentSchema), new Map());
    expect(graph.nodes.at(-1)).toMatchObject({ kind: 'gone', title: 'lost', withdrawn: true });
    expect(graph.edges).toMatchObject([{ to: 'a', severed: true }]);
  });
});

describe('folding', () => {
  it('makes one of many echoes and keeps all their voices', () => {
    const folded = fold(graphOf(wire(2000), assessed, new Map()));
    expect(folded.nodes).toHaveLength(2);
    expect(folded.nodes[1]).toMatchObject({ kind: 'echo' });
    expect(folded.nodes[1]!.voices).toHaveLength(2000);
    expect(folded.edges).toHaveLength(1);
    expect(folded.leftOut).toBe(0);
  });

  it('leaves few as they are', () => {
    expect(fold(graphOf(wire(3), assessed, new Map())).nodes).toHaveLength(4);
  });

  it('never draws more than can be laid out, and says how many it left out', () => {
    const all = within(graphOf(wire(500), assessed, new Map()));
    expect(all.nodes).toHaveLength(MOST_NODES);
    expect(all.leftOut).toBe(501 - MOST_NODES);
    expect(all.nodes.some((node) => node.id === 'agency')).toBe(true);
  });
});

describe('the layout', () => {
  it('puts origins above those who speak on their word', async () => {
    const picture = await layOut(graphOf(wire(3), assessed, new Map()), () => 50);
    const y = (id: string) => picture.nodes.find((one) => one.node.id === id)!.y;
    expect(y('agency')).toBeLessThan(y('outlet-0'));
    expect(picture.edges).toHaveLength(3);
    expect(pathOf(picture.edges[0]!.points)).toMatch(/^M[\d.,]+[QL]/);
  });

  it('copes with circles and with who cites itself', async () => {
    const trace = create(TraceClaimResponseSchema, {
      claim: CLAIM,
      voices: [
        { attribution: name('a'), source: 'sources/a', cites: [{ voice: 1 }, { voice: 0 }] },
        { attribution: name('b'), source: 'sources/b', cites: [{ voice: 0 }] },
      ],
    });
    const picture = await layOut(graphOf(trace, create(AssessmentSchema), new Map()), () => 50);
    expect(picture.edges).toHaveLength(2);
  });
});

describe('wrapping', () => {
  it('breaks between words, and long words where it must', () => {
    expect(wrap('three people close to the matter', 12, 3)).toEqual(['three people', 'close to the', 'matter']);
    expect(wrap('x'.repeat(10_000), 10, 2)).toEqual(['xxxxxxxxxx', 'xxxxxxxxx…']);
    expect(wrap('国家互联网信息办公室', 10, 3)).toEqual(['国家互联网', '信息办公室']);
  });
});

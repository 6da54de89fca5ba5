// The citation graph of a claim, as it is drawn: who speaks, and on whose word.
import { OriginKind, type Assessment } from '../gen/headwater/v1/assessment_pb';
import { Stance } from '../gen/headwater/v1/attribution_pb';
import { SourceKind } from '../gen/headwater/v1/source_pb';
import type { TraceClaimResponse } from '../gen/headwater/v1/provenance_service_pb';
import type { Voice } from '../gen/headwater/v1/trace_pb';

/** What a node of the picture stands for. */
export type NodeKind =
  | 'voice' /* an attribution on record */
  | 'stub' /* a source that is cited and whose own word is not on record */
  | 'relay' /* a publisher whose document tells it, without a word of its own */
  | 'gone' /* what is cited and is not on record any more, or belongs to another claim */
  | 'echo'; /* several voices that say it on the same word and whom nobody cites */

export interface StreamNode {
  /** Of an attribution of the claim asked about its id, of another's its name; of a stub its source's name. */
  id: string;
  kind: NodeKind;
  title: string;
  source: string;
  sourceKind: SourceKind;
  stance: Stance;
  /** The voices that it stands for: one, or an echo's; none of a relay or of what is gone. */
  voices: Voice[];
  /** Of a relay: the document that tells. */
  document: string;
  withdrawn: boolean;
  chokepoint: boolean;
  /** Its origin is not on record, be it that it is a stub or that nothing says how it knows. */
  notRecorded: boolean;
}

export interface StreamEdge {
  /** Whose word it is. */
  from: string;
  /** Who speaks on it. */
  to: string;
  severed: boolean;
  loop: boolean;
}

export interface StreamGraph {
  nodes: StreamNode[];
  edges: StreamEdge[];
}

/** The id of the node of `voice`, in the picture of `claim`. */
export function idOf(claim: string, voice: Voice): string {
  if (!voice.attribution) return voice.source;
  const own = `${claim}/attributions/`;
  return voice.attribution.startsWith(own) ? voice.attribution.slice(own.length) : voice.attribution;
}

/** The graph of a trace to the origins. `names` says what publishers are called. */
export function graphOf(trace: TraceClaimResponse, assessment: Assessment, names: Map<string, string>): StreamGraph {
  const chokepoints = new Set(assessment.stances.flatMap((stance) => stance.chokepoints.map((voice) => voice.source)));
  const unknownOrigins = new Set(
    assessment.stances
      .flatMap((stance) => stance.origins)
      .filter((origin) => origin.kind === OriginKind.NOT_RECORDED)
      .map((origin) => origin.attribution),
  );
  const ids = trace.voices.map((voice) => idOf(trace.claim, voice));
  const nodes: StreamNode[] = trace.voices.map((voice, index) => ({
    id: ids[index]!,
    kind: voice.attribution ? 'voice' : 'stub',
    title: voice.displayName || voice.source,
    source: voice.source,
    sourceKind: voice.sourceKind,
    stance: voice.stance,
    voices: [voice],
    document: voice.document,
    withdrawn: voice.withdrawn,
    chokepoint: chokepoints.has(voice.source),
    notRecorded: !voice.attribution || unknownOrigins.has(voice.attribution),
  }));
  const edges: StreamEdge[] = [];
  const gone = new Map<string, StreamNode>();
  trace.voices.forEach((voice, index) => {
    for (const citation of voice.cites) {
      let from = ids[citation.voice];
      if (from === undefined) {
        if (citation.leftOutCount > 0) continue;
        from = `gone:${citation.cited}`;
        gone.set(from, goneNode(from, citation.cited));
      }
      const loop = voice.inLoop && (trace.voices[citation.voice]?.inLoop ?? false);
      edges.push({ from, to: ids[index]!, severed: citation.severed, loop });
    }
  });
  const relays = relaysOf(trace.voices, ids, names, chokepoints);
  return { nodes: [...nodes, ...gone.values(), ...relays.nodes], edges: [...edges, ...relays.edges] };
}

function goneNode(id: string, cited: string): StreamNode {
  return {
    id,
    kind: 'gone',
    title: cited.split('/').at(-1)!,
    source: cited.startsWith('sources/') ? cited : '',
    sourceKind: SourceKind.UNSPECIFIED,
    stance: Stance.UNSPECIFIED,
    voices: [],
    document: '',
    withdrawn: true,
    chokepoint: false,
    notRecorded: false,
  };
}

// A voice told in another's document, which nobody told there by that publisher passes on: the publisher does, without words.
function relaysOf(voices: Voice[], ids: string[], names: Map<string, string>, chokepoints: Set<string>): StreamGraph {
  const passedOn = new Set<number>();
  for (const voice of voices) {
    for (const { voice: cited } of voice.cites) {
      if (cited >= 0 && voices[cited]!.document === voice.document) passedOn.add(cited);
    }
  }
  const nodes = new Map<string, StreamNode>();
  const edges: StreamEdge[] = [];
  voices.forEach((voice, index) => {
    if (!voice.attribution || !voice.publisher || voice.publisher === voice.source || passedOn.has(index)) return;
    const id = `relay:${voice.document}`;
    nodes.set(id, {
      id,
      kind: 'relay',
      title: names.get(voice.publisher) ?? voice.publisher.replace('sources/', ''),
      source: voice.publisher,
      sourceKind: SourceKind.UNSPECIFIED,
      stance: Stance.UNSPECIFIED,
      voices: [],
      document: voice.document,
      withdrawn: false,
      chokepoint: chokepoints.has(voice.publisher),
      notRecorded: false,
    });
    edges.push({ from: ids[index]!, to: id, severed: false, loop: false });
  });
  return { nodes: [...nodes.values()], edges };
}

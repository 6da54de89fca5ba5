// Echoes folded together, so that two thousand outlets on one agency's word are one node.
import type { StreamEdge, StreamGraph, StreamNode } from './graph';

/** So many nodes can be taken in, and laid out at once. */
export const MOST_NODES = 150;

const FEWEST_ECHOES = 4;

export interface Folded extends StreamGraph {
  /** How many nodes are left out of the picture, since it would have more than MOST_NODES even so. */
  leftOut: number;
}

/** Folds those that nobody cites and that speak alike on the same word. What is a chokepoint stays by itself. */
export function fold(graph: StreamGraph): Folded {
  const cited = new Map<string, string[]>();
  const citers = new Set<string>();
  for (const edge of graph.edges) {
    cited.set(edge.to, [...(cited.get(edge.to) ?? []), edge.severed ? `${edge.from}!` : edge.from]);
    citers.add(edge.from);
  }
  const groups = new Map<string, StreamNode[]>();
  for (const node of graph.nodes) {
    if (node.kind !== 'voice' || node.chokepoint || citers.has(node.id)) continue;
    const key = JSON.stringify([node.stance, node.withdrawn, node.notRecorded, (cited.get(node.id) ?? []).sort()]);
    groups.set(key, [...(groups.get(key) ?? []), node]);
  }
  const into = new Map<string, string>();
  const echoes: StreamNode[] = [];
  for (const group of groups.values()) {
    if (group.length < FEWEST_ECHOES) continue;
    const first = group[0]!;
    const id = `echo:${first.id}`;
    for (const node of group) into.set(node.id, id);
    echoes.push({ ...first, id, kind: 'echo', title: '', voices: group.flatMap((node) => node.voices) });
  }
  const nodes = [...graph.nodes.filter((node) => !into.has(node.id)), ...echoes];
  return within({ nodes, edges: unique(graph.edges.map((edge) => ({ ...edge, to: into.get(edge.to) ?? edge.to }))) });
}

/** The graph as it is, but for nodes too many to be drawn. */
export function within(graph: StreamGraph): Folded {
  if (graph.nodes.length <= MOST_NODES) return { ...graph, leftOut: 0 };
  const degree = new Map<string, number>();
  for (const edge of graph.edges) degree.set(edge.from, (degree.get(edge.from) ?? 0) + 1);
  const weight = (node: StreamNode) =>
    (node.chokepoint ? 1e9 : 0) + (node.kind === 'echo' ? 1e6 : 0) + (degree.get(node.id) ?? 0);
  const nodes = [...graph.nodes].sort((a, b) => weight(b) - weight(a)).slice(0, MOST_NODES);
  const kept = new Set(nodes.map((node) => node.id));
  const edges = graph.edges.filter((edge) => kept.has(edge.from) && kept.has(edge.to));
  return { nodes, edges, leftOut: graph.nodes.length - nodes.length };
}

function unique(edges: StreamEdge[]): StreamEdge[] {
  const found = new Map(edges.map((edge) => [`${edge.from}\n${edge.to}`, edge]));
  return [...found.values()];
}

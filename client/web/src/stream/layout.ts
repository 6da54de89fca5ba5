// Where the nodes of the picture stand: origins at the top.
import type { StreamEdge, StreamGraph, StreamNode } from './graph';

export const NODE_WIDTH = 196;
const MARGIN = 16;

export interface PlacedNode {
  node: StreamNode;
  /** The middle of the box. */
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface PlacedEdge {
  edge: StreamEdge;
  points: { x: number; y: number }[];
}

export interface Picture {
  nodes: PlacedNode[];
  edges: PlacedEdge[];
  width: number;
  height: number;
}

/** Lays the graph out in layers; `heightOf` says how high a node's box must be. The library is fetched when first needed. */
export async function layOut(graph: StreamGraph, heightOf: (node: StreamNode) => number): Promise<Picture> {
  const { default: dagre } = await import('@dagrejs/dagre');
  const layers = new dagre.graphlib.Graph();
  layers.setGraph({ rankdir: 'TB', nodesep: 22, ranksep: 44, marginx: MARGIN, marginy: MARGIN });
  layers.setDefaultEdgeLabel(() => ({}));
  for (const node of graph.nodes) layers.setNode(node.id, { width: NODE_WIDTH, height: heightOf(node) });
  const edges = graph.edges.filter((edge) => edge.from !== edge.to);
  for (const edge of edges) layers.setEdge(edge.from, edge.to);
  dagre.layout(layers);
  const size = layers.graph();
  return {
    nodes: graph.nodes.map((node) => ({ node, ...box(layers.node(node.id)) })),
    edges: edges.map((edge) => ({ edge, points: layers.edge(edge.from, edge.to).points })),
    width: Math.max(size.width ?? 0, NODE_WIDTH + 2 * MARGIN),
    height: size.height ?? 0,
  };
}

function box({ x, y, width, height }: { x: number; y: number; width: number; height: number }) {
  return { x, y, width, height };
}

/** A smooth line through `points`, as an SVG path. */
export function pathOf(points: { x: number; y: number }[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let path = `M${round(first.x)},${round(first.y)}`;
  if (rest.length === 1) return `${path}L${round(rest[0]!.x)},${round(rest[0]!.y)}`;
  for (let i = 0; i + 1 < rest.length; i++) {
    const [via, next] = [rest[i]!, rest[i + 1]!];
    const last = i + 2 === rest.length;
    const [x, y] = last ? [next.x, next.y] : [(via.x + next.x) / 2, (via.y + next.y) / 2];
    path += `Q${round(via.x)},${round(via.y)} ${round(x)},${round(y)}`;
  }
  return path;
}

const round = (value: number) => Math.round(value * 10) / 10;

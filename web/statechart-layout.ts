/** Where the states of a chart stand and how its arrows run: a layered drawing, states within states. */
import { Graph, layout } from '@dagrejs/dagre';
import type { ChartState, ChartTransition, Statechart } from '../src/kernel/index.js';

export interface Box {
  readonly state: ChartState;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Transitions that do not leave it, told inside. */
  readonly inner: readonly ChartTransition[];
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly transitions: readonly ChartTransition[];
  readonly path: string;
  readonly label: { readonly x: number; readonly y: number; readonly width: number };
}

export interface ChartLayout {
  readonly width: number;
  readonly height: number;
  /** Parents before the states in them. */
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
  /** What is heard in every state. */
  readonly anywhere: readonly ChartTransition[];
}

const character = 6.4;
export const lineHeight = 15;
export const headHeight = 26;

export const triggerText = ({ on }: ChartTransition): string =>
  on.kind === 'always' ? 'always' : on.kind === 'timer' ? `after ${on.name}` : on.name;

export const labelText = (transition: ChartTransition): string =>
  transition.guard === undefined ? triggerText(transition) : `${triggerText(transition)} [${transition.guard}]`;

/** Longer labels are cut; the whole is in the tooltip. */
export const cutText = (text: string, most = 42): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

const widthOf = (texts: readonly string[]): number =>
  Math.max(0, ...texts.map((text) => cutText(text).length)) * character;

export function layoutOf({ root }: Statechart): ChartLayout {
  const graph = new Graph({ compound: true, multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 34, ranksep: 30, edgesep: 16, marginx: 12, marginy: 12 });
  graph.setDefaultEdgeLabel(() => ({}));
  const states = below(root);
  const innerOf = (state: ChartState) => state.transitions.filter(({ targets }) => stays(state, targets));
  for (const state of states) {
    const inner = innerOf(state).map(labelText);
    const width = Math.max(86, state.key.length * 7.6 + 34, widthOf(inner) + 30);
    graph.setNode(state.path, { width, height: headHeight + (inner.length > 0 ? inner.length * lineHeight + 8 : 6) });
    const parent = parentPath(state.path);
    if (parent !== '') graph.setParent(state.path, parent);
  }
  const arrows = new Map<string, { from: string; to: string; transitions: ChartTransition[] }>();
  for (const state of states)
    for (const transition of state.transitions) {
      if (stays(state, transition.targets)) continue;
      for (const target of transition.targets) {
        const key = JSON.stringify([state.path, target]);
        const known = arrows.get(key) ?? { from: state.path, to: target, transitions: [] };
        known.transitions.push(transition);
        arrows.set(key, known);
      }
    }
  for (const [key, { from, to, transitions }] of arrows) {
    const label = transitions.map(labelText);
    graph.setEdge(
      leafOf(states, from),
      leafOf(states, to),
      { width: widthOf(label) + 10, height: label.length * lineHeight + 4, labelpos: 'c' },
      key,
    );
  }
  if (states.length > 0) layout(graph);
  const at = (path: string) => graph.node(path) as { x: number; y: number; width: number; height: number };
  const size = graph.graph() as { width?: number; height?: number };
  return {
    width: states.length > 0 ? (size.width ?? 0) : 0,
    height: states.length > 0 ? (size.height ?? 0) : 0,
    boxes: states.map((state) => ({ state, inner: innerOf(state), ...pick(at(state.path)) })),
    arrows: [...arrows].map(([key, { from, to, transitions }]) => {
      const edge = graph.edge(leafOf(states, from), leafOf(states, to), key) as {
        points: readonly { x: number; y: number }[];
        x: number;
        y: number;
        width: number;
      };
      return { from, to, transitions, path: curve(edge.points), label: { x: edge.x, y: edge.y, width: edge.width } };
    }),
    anywhere: root.transitions,
  };
}

const pick = ({ x, y, width, height }: { x: number; y: number; width: number; height: number }) => ({
  x: x - width / 2,
  y: y - height / 2,
  width,
  height,
});

const below = (state: ChartState): readonly ChartState[] => state.states.flatMap((child) => [child, ...below(child)]);

const parentPath = (path: string): string => path.split('.').slice(0, -1).join('.');

/** Back into itself, or nowhere at all. */
const stays = ({ path }: ChartState, targets: readonly string[]): boolean => targets.every((target) => target === path);

/** An arrow to a state with states in it is drawn to the one that it begins in. */
function leafOf(states: readonly ChartState[], path: string): string {
  const state = states.find((one) => one.path === path);
  const first = state?.initial ?? state?.states[0]?.path;
  return first === undefined ? path : leafOf(states, first);
}

/** A smooth line through the points: quadratic curves from middle to middle. */
function curve(points: readonly { readonly x: number; readonly y: number }[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let path = `M${first.x} ${first.y}`;
  for (const [at, point] of rest.entries()) {
    const next = rest[at + 1];
    if (next === undefined) path += `L${point.x} ${point.y}`;
    else if (at === rest.length - 2) path += `Q${point.x} ${point.y} ${next.x} ${next.y}`;
    else path += `Q${point.x} ${point.y} ${(point.x + next.x) / 2} ${(point.y + next.y) / 2}`;
    if (at === rest.length - 2) break;
  }
  return path;
}

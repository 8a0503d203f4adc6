/**
 * What a node remembers: its chain, what its neighbours have announced, what it has asked of whom. Law: equal situations are equal
 * states, so whatever can decide nothing any more is forgotten.
 */
import {
  type BlockId,
  type BlockTable,
  type ChainState,
  emptyChain,
  genesis,
  hasData,
  isKnown,
  isMarked,
  parentOf,
  type Status,
  type Stored,
} from '../chain/index.js';
import { firstTable, forgotten, isHeardOf, isOn, totalOf } from './table.js';

/** Who a node is, and whom it can reach. Never changes. @public */
export interface Place {
  readonly name: string;
  readonly neighbours: readonly string[];
  /** Whom it tells of its tip: all of them but a liar, who would make nothing of it. */
  readonly tells: readonly string[];
  /** Which of the miners it is, and how many there are. */
  readonly miner: number;
  readonly miners: number;
  /** Whether its clock is slow and its limits are low, until somebody mends that. Left out where no block would show it. */
  readonly isOld?: boolean;
}

/** A body that was asked for. @public */
export interface Request {
  readonly id: BlockId;
  readonly from: string;
}

/** @public */
export type NodeContext = ChainState & {
  readonly at: Place;
  readonly blocks: BlockTable;
  /** By neighbour: the last block of the best chain that it announced, genesis if there is nothing to be had from it. */
  readonly heads: readonly BlockId[];
  /** By block. */
  readonly asked: readonly Request[];
  /** The tip that the neighbours were told of last; `null` in a node that has just come up and asked nobody yet. */
  readonly announced: BlockId | null;
  /** Blocks that it has mined. */
  readonly mined: number;
};

/** Fields that a crash does not destroy. @public */
export const kept = [
  'blocks',
  'status',
  'flushed',
  'mended',
  'mined',
] as const satisfies readonly (keyof NodeContext)[];

/** @public */
export type Kept = Stored & Pick<NodeContext, 'blocks' | 'mined'>;

/** A node that knows nothing but genesis. @public */
export const newNode = (at: Place): NodeContext => ({
  ...emptyChain(firstTable),
  mended: at.isOld === false,
  at,
  blocks: firstTable,
  heads: at.neighbours.map(() => genesis),
  asked: [],
  announced: genesis,
  mined: 0,
});

/** Whether it has to do with a block at all. @public */
export const isInTree = (node: Pick<NodeContext, 'blocks' | 'status'>, id: BlockId): boolean =>
  isHeardOf(node, id) && isKnown(node, id);

/** Which headers are forgotten: those that lead nowhere any more, none, or all that nobody is asked for. @public */
export type Forgets = 'useless' | 'nothing' | 'all';

const nothing: readonly BlockId[] = [];

/** The blocks up to `head` whose bodies are missing, the oldest first. @internal */
export function missingTo(node: NodeContext, head: BlockId): readonly BlockId[] {
  let missing: BlockId[] | undefined;
  const { active, blocks, status } = node;
  for (let at = head; at !== genesis; at = parentOf(blocks, at)) {
    if (status[at] === 'connected-ok' && isOn(active, blocks, at)) break;
    if (hasData(node, at)) continue;
    missing ??= [];
    missing.push(at);
  }
  return missing?.reverse() ?? nothing;
}

/** Whether a chain that was announced can still become the own one. @internal */
export const isPromising = (node: NodeContext, head: BlockId): boolean =>
  head !== genesis &&
  isInTree(node, head) &&
  !isMarked(node, head) &&
  totalOf(node.blocks, head) >= totalOf(node.blocks, node.tip) &&
  missingTo(node, head).length > 0;

/** Drops what cannot matter any more. Only for a node whose tip is where it belongs. @internal */
export function tidied(node: NodeContext, forgets: Forgets): NodeContext {
  const isDone = (head: BlockId) => head !== genesis && !isPromising(node, head);
  const heads = node.heads.some(isDone) ? node.heads.map((head) => (isDone(head) ? genesis : head)) : node.heads;
  const needed = new Set<BlockId>();
  for (const head of heads) if (head !== genesis) for (const id of missingTo(node, head)) needed.add(id);
  const asked = node.asked.every(({ id }) => needed.has(id))
    ? node.asked
    : node.asked.filter(({ id }) => needed.has(id));
  const tidy = heads === node.heads && asked === node.asked ? node : { ...node, heads, asked };
  const useless = forgets === 'nothing' ? nothing : uselessHeaders(needed, node, forgets);
  if (useless.length === 0 && isKnownTidy(tidy)) return tidy;
  const after = settledRanks(forgotten(tidy, useless));
  knownTidy.set(after.status, after);
  return after;
}

/** By its states: the latest node that was left with nothing to be dropped, for most messages change neither blocks nor ranks. */
const knownTidy = new WeakMap<readonly Status[], NodeContext>();

function isKnownTidy(node: NodeContext): boolean {
  const known = knownTidy.get(node.status);
  return (
    known !== undefined &&
    known.blocks === node.blocks &&
    known.ranked === node.ranked &&
    known.tip === node.tip &&
    known.active === node.active &&
    known.orphans === node.orphans &&
    known.todo === node.todo
  );
}

/** What waits for a body below it keeps the headers in between. */
function addBetween(needed: Set<BlockId>, node: NodeContext): void {
  const { status, blocks } = node;
  for (let id = 1; id < status.length; id++) {
    if (status[id] !== 'data-ok') continue;
    for (let at = parentOf(blocks, id); !hasData(node, at); at = parentOf(blocks, at)) needed.add(at);
  }
}

function uselessHeaders(needed: Set<BlockId>, node: NodeContext, forgets: Forgets): readonly BlockId[] {
  const { status } = node;
  const first = status.indexOf('header-ok');
  if (first < 0) return nothing;
  if (forgets === 'useless') addBetween(needed, node);
  let headers: BlockId[] | undefined;
  for (let id = first; id >= 0; id = status.indexOf('header-ok', id + 1)) {
    if (needed.has(id)) continue;
    headers ??= [];
    headers.push(id);
  }
  return headers ?? nothing;
}

/** Below the tip the order in which chains became complete decides nothing, nor whether a block was active once. */
function settledRanks(node: NodeContext): NodeContext {
  const { ranked, tip, status, active, blocks } = node;
  const first = ranked.indexOf(tip) + 1;
  let isSorted = true;
  let stale: BlockId[] | undefined;
  for (let at = first; at < ranked.length; at++) {
    const id = ranked[at] as BlockId;
    if (at > first && (ranked[at - 1] as BlockId) >= id) isSorted = false;
    if (status[id] !== 'connected-ok' || isOn(active, blocks, id)) continue;
    stale ??= [];
    stale.push(id);
  }
  if (isSorted && stale === undefined) return node;
  return {
    ...node,
    ranked: isSorted ? ranked : [...ranked.slice(0, first), ...ranked.slice(first).sort((a, b) => a - b)],
    status: stale === undefined ? status : withoutConnected(status, stale),
  };
}

function withoutConnected(status: readonly Status[], stale: readonly BlockId[]): readonly Status[] {
  const after = status.slice();
  for (const id of stale) after[id] = 'data-ok';
  return after;
}

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
  type Stored,
} from '../chain/index.js';
import { firstTable, forgotten, isHeardOf, totalOf } from './table.js';

/** Who a node is, and whom it can reach. Never changes. @public */
export interface Place {
  readonly name: string;
  readonly neighbours: readonly string[];
  /** Whom it tells of its tip: all of them but a liar, who would make nothing of it. */
  readonly tells: readonly string[];
  /** Which of the miners it is, and how many there are. */
  readonly miner: number;
  readonly miners: number;
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
  at,
  blocks: firstTable,
  heads: at.neighbours.map(() => genesis),
  asked: [],
  announced: genesis,
  mined: 0,
});

/** Whether it has to do with a block at all. @public */
export const isInTree = (node: NodeContext, id: BlockId): boolean => isHeardOf(node, id) && isKnown(node, id);

/** The blocks up to `head` whose bodies are missing, the oldest first. @internal */
export function missingTo(node: NodeContext, head: BlockId): readonly BlockId[] {
  const missing: BlockId[] = [];
  const { active, blocks } = node;
  for (let at = head; at !== genesis; at = parentOf(blocks, at)) {
    if (node.status[at] === 'connected-ok' && active.includes(at)) break;
    if (!hasData(node, at)) missing.unshift(at);
  }
  return missing;
}

/** Whether a chain that was announced can still become the own one. */
const isPromising = (node: NodeContext, head: BlockId): boolean =>
  head !== genesis &&
  isInTree(node, head) &&
  !isMarked(node, head) &&
  totalOf(node.blocks, head) >= totalOf(node.blocks, node.tip) &&
  missingTo(node, head).length > 0;

/** Drops what cannot matter any more. Only for a node whose tip is where it belongs. @internal */
export function tidied(node: NodeContext, forgets: 'useless' | 'nothing' | 'all'): NodeContext {
  const heads = node.heads.some((head) => head !== genesis && !isPromising(node, head))
    ? node.heads.map((head) => (isPromising(node, head) ? head : genesis))
    : node.heads;
  const needed = new Set<BlockId>();
  for (const head of heads) for (const id of missingTo(node, head)) needed.add(id);
  const asked = node.asked.every(({ id }) => needed.has(id))
    ? node.asked
    : node.asked.filter(({ id }) => needed.has(id));
  // What waits for a body below it keeps the headers in between.
  for (let id = 1; forgets === 'useless' && id < node.status.length; id++) {
    if (node.status[id] !== 'data-ok' || node.ranked.includes(id)) continue;
    for (let at = parentOf(node.blocks, id); !hasData(node, at); at = parentOf(node.blocks, at)) needed.add(at);
  }
  const isUseless = (id: BlockId) => forgets !== 'nothing' && node.status[id] === 'header-ok' && !needed.has(id);
  return settledRanks(forgotten({ ...node, heads, asked }, isUseless));
}

/** Below the tip the order in which chains became complete decides nothing, nor whether a block was active once. */
function settledRanks(node: NodeContext): NodeContext {
  const { ranked, tip, status, active } = node;
  const at = ranked.indexOf(tip);
  const rest = ranked.slice(at + 1);
  const isSorted = rest.every((id, i) => i === 0 || (rest[i - 1] as BlockId) < id);
  const isStale = (id: BlockId) => status[id] === 'connected-ok' && id !== genesis && !active.includes(id);
  return {
    ...node,
    ranked: isSorted ? ranked : [...ranked.slice(0, at + 1), ...rest.sort((a, b) => a - b)],
    status: rest.some(isStale) ? status.map((is, id) => (isStale(id) ? 'data-ok' : is)) : status,
  };
}

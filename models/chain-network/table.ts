/**
 * The blocks as one node has heard of them. Numbers belong to miners, so that who mines two blocks in which order makes no
 * difference, and nobody need know what others mine: with k miners the n-th block of the m-th has the number 1 + m + k * n.
 * What a node has not heard of is a hole in its table.
 */
import {
  type Block,
  type BlockId,
  type BlockTable,
  type ChainState,
  genesis,
  genesisBlock,
  type Kind,
  parentOf,
  type Status,
} from '../chain/index.js';

/** What is sent of a block ahead of it. Proof of work is a matter of its own: nobody can make headers without. @public */
export interface Header {
  readonly id: BlockId;
  readonly parent: BlockId;
  readonly work: number;
}

/** A node's blocks, and what it thinks of them. @public */
export type Tree = Pick<ChainState, 'status' | 'orphans' | 'todo'> & { readonly blocks: BlockTable };

/** What stands in the table for a block that nobody has told of. */
const hole: Block = { parent: genesis, work: 0, kind: 'ok' };

/** The number of a miner's next block. @public */
export const numberOf = (miner: number, miners: number, mined: number): BlockId => 1 + miner + miners * mined;

/** The miner of a block, from 0. @public */
export const minerOf = (id: BlockId, miners: number): number => (id - 1) % miners;

/** @public */
export const isHeardOf = ({ blocks }: Pick<Tree, 'blocks'>, id: BlockId): boolean =>
  blocks[id] !== undefined && blocks[id] !== hole && (id === genesis || (blocks[id] as Block).work > 0);

/** The table and the states of the blocks with one more, as far as its header tells. @internal */
export function noted<T extends Tree>(tree: T, { id, parent, work }: Header, kind: Kind = 'ok'): T {
  const known = tree.blocks[id];
  if (known !== undefined && isHeardOf(tree, id) && (kind === 'ok' || known.kind === kind)) return tree;
  const blocks = tree.blocks.slice();
  const status = tree.status.slice();
  for (let at = blocks.length; at <= Math.max(id, parent); at++) {
    blocks.push(hole);
    status.push('unknown');
  }
  blocks[id] = { parent, work, kind };
  inherited(blocks, tree.blocks);
  return { ...tree, blocks, status };
}

/** Without the headers in `useless`, and without what is neither known nor waits. @internal */
export function forgotten<T extends Tree>(tree: T, useless: (id: BlockId) => boolean): T {
  const { blocks, status, orphans, todo } = tree;
  let length = 1;
  let isChanged = false;
  const states: Status[] = [];
  const entries: Block[] = [];
  for (let id = 0; id < blocks.length; id++) {
    const is = status[id] as Status;
    const stays = is !== 'unknown' && !useless(id);
    states.push(stays ? is : 'unknown');
    const isWaiting = !stays && (orphans.includes(id) || todo.includes(id));
    const entry = stays || isWaiting ? (blocks[id] as Block) : hole;
    entries.push(entry);
    if (entry !== hole && entry.work > 0) length = Math.max(length, id + 1, entry.parent + 1);
    if (states[id] !== is || (entry === hole && isHeardOf(tree, id))) isChanged = true;
  }
  if (!isChanged && length === blocks.length) return tree;
  return { ...tree, blocks: entries.slice(0, length), status: states.slice(0, length) };
}

/** @internal */
export const firstTable: BlockTable = [genesisBlock];

/** What is summed up along the chains of one table. Never kept by block: what is below a block may differ from table to table. */
interface Sums {
  readonly total: number[];
  readonly level: number[];
}

const sums = new WeakMap<BlockTable, Sums>();

function sumsOf(blocks: BlockTable): Sums {
  const known = sums.get(blocks);
  if (known !== undefined) return known;
  const made: Sums = { total: [0], level: [0] };
  sums.set(blocks, made);
  return made;
}

/** A table that has more than another, so that all that was summed up is still right. */
function inherited(blocks: BlockTable, from: BlockTable): void {
  const known = sums.get(from);
  if (known !== undefined) sums.set(blocks, { total: known.total.slice(), level: known.level.slice() });
}

function summed(blocks: BlockTable, id: BlockId, of: 'total' | 'level'): number {
  const made = sumsOf(blocks);
  const so = made[of][id];
  if (so !== undefined) return so;
  const way: BlockId[] = [];
  for (let at = id; made.total[at] === undefined; at = (blocks[at] as Block).parent) way.push(at);
  for (let i = way.length - 1; i >= 0; i--) {
    const at = way[i] as BlockId;
    const { parent, work } = blocks[at] as Block;
    made.total[at] = (made.total[parent] as number) + work;
    made.level[at] = (made.level[parent] as number) + 1;
  }
  return made[of][id] as number;
}

/** The work of the whole chain that ends in a block, all of which must have been heard of. @public */
export const totalOf = (blocks: BlockTable, id: BlockId): number => summed(blocks, id, 'total');

/** The height of such a block. @public */
export const levelOf = (blocks: BlockTable, id: BlockId): number => summed(blocks, id, 'level');

/** Whether a block is part of an active chain, given as the index of it by height. @public */
export const isOn = (active: readonly BlockId[], blocks: BlockTable, id: BlockId): boolean =>
  active[levelOf(blocks, id)] === id;

/** @internal */
export const headerOf = (blocks: BlockTable, id: BlockId): Header => ({
  id,
  parent: parentOf(blocks, id),
  work: (blocks[id] as Block).work,
});

/**
 * The blocks of a tree, as one immutable table: who is whose parent, how much work each proves, what is wrong with it. What a
 * node knows of them is elsewhere.
 */

/** Its place in the table; {@link genesis} is 0. Stands for the hash as well: a lower number is a lower hash. @public */
export type BlockId = number;

/**
 * `headerInvalid`: it fails the checks that need nothing else. `bodyInvalid`: its transactions are not well-formed.
 * `ctxInvalid`: only the attempt to connect it shows that it is invalid. The last two are valid, but not yet welcome: `future`
 * has a time ahead of the node's clock, `large` is beyond a limit that the node sets itself.
 * @public
 */
export type Kind = 'ok' | 'headerInvalid' | 'bodyInvalid' | 'ctxInvalid' | 'future' | 'large';

/** @public */
export interface Block {
  /** Of genesis: itself. */
  readonly parent: BlockId;
  /** Of this block alone; 0 for genesis. */
  readonly work: number;
  readonly kind: Kind;
}

/** By {@link BlockId}. @public */
export type BlockTable = readonly Block[];

/** @public */
export const genesis: BlockId = 0;

/** @public */
export const genesisBlock: Block = { parent: genesis, work: 0, kind: 'ok' };

const blockOf = (blocks: BlockTable, id: BlockId): Block => blocks[id] as Block;

/** @public */
export const parentOf = (blocks: BlockTable, id: BlockId): BlockId => blockOf(blocks, id).parent;

/** @public */
export const kindOf = (blocks: BlockTable, id: BlockId): Kind => blockOf(blocks, id).kind;

/** Blocks below it, down to genesis. @public */
export function heightOf(blocks: BlockTable, id: BlockId): number {
  let height = 0;
  for (let at = id; at !== genesis; at = parentOf(blocks, at)) height++;
  return height;
}

/** The work of the whole chain that ends in it. @public */
export function cumulativeWork(blocks: BlockTable, id: BlockId): number {
  let work = 0;
  for (let at = id; at !== genesis; at = parentOf(blocks, at)) work += blockOf(blocks, at).work;
  return work;
}

/** From genesis to the block, both included: its place in the list is its height. @public */
export function chainTo(blocks: BlockTable, id: BlockId): readonly BlockId[] {
  const chain = [id];
  for (let at = id; at !== genesis; at = parentOf(blocks, at)) chain.push(parentOf(blocks, at));
  return chain.reverse();
}

/** Whether the chain that ends in `id` contains `ancestor`; a block is an ancestor of itself. @public */
export function isAncestor(blocks: BlockTable, ancestor: BlockId, id: BlockId): boolean {
  let at = id;
  while (at !== ancestor && at !== genesis) at = parentOf(blocks, at);
  return at === ancestor;
}

/** The last block that two chains have in common. @public */
export function forkOf(blocks: BlockTable, a: BlockId, b: BlockId): BlockId {
  let [one, other] = [a, b];
  let ahead = heightOf(blocks, a) - heightOf(blocks, b);
  for (; ahead > 0; ahead--) one = parentOf(blocks, one);
  for (; ahead < 0; ahead++) other = parentOf(blocks, other);
  while (one !== other) {
    one = parentOf(blocks, one);
    other = parentOf(blocks, other);
  }
  return one;
}

/** The first block on the way from an ancestor up to `id`; `undefined` if it is none, or `id` itself. @public */
export function nextTo(blocks: BlockTable, ancestor: BlockId, id: BlockId): BlockId | undefined {
  for (let at = id; at !== genesis; at = parentOf(blocks, at)) if (parentOf(blocks, at) === ancestor) return at;
  return undefined;
}

/** The blocks after an ancestor up to `id`, in the order in which they are connected. @public */
export const pathTo = (blocks: BlockTable, ancestor: BlockId, id: BlockId): readonly BlockId[] =>
  chainTo(blocks, id).slice(heightOf(blocks, ancestor) + 1);

/** The blocks above `id`, itself not included, in order of their numbers. @public */
export const descendantsOf = (blocks: BlockTable, id: BlockId): readonly BlockId[] =>
  blocks.flatMap((_, other) => (other !== id && isAncestor(blocks, id, other) ? [other] : []));

/** Whether every block of the chain that ends in it keeps the rules; whoever holds them all can find out. @public */
export const isValidChain = (blocks: BlockTable, id: BlockId): boolean =>
  chainTo(blocks, id).every((at) => !invalidKinds.includes(kindOf(blocks, at)));

const invalidKinds: readonly Kind[] = ['headerInvalid', 'bodyInvalid', 'ctxInvalid'];

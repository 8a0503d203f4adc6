/**
 * A picture of what a node has of the block tree: its chain on the first line, what branches off below, what is not connected
 * to anything last. Drawn for any node of a blockchain, so that one picture can show several.
 */
import type { Frame } from '../../src/kernel/index.js';
import { type BlockId, type BlockTable, isAncestor } from './blocks.js';
import type { ChainState, Status } from './state.js';

/** What a node makes of a block that it has; `stale`: in order as far as it knows, and not on its chain. @public */
export type Mark = 'active' | 'stale' | 'orphan' | 'invalid' | 'header';

/** A tree as one node has it. @public */
export interface DrawnTree {
  /** By block; of genesis, itself. */
  readonly parents: readonly BlockId[];
  /** By block; `null` for those that are not to be seen. A block whose parent is not seen stands alone. */
  readonly marks: readonly (Mark | null)[];
  readonly tip: BlockId;
  /** Default: its number. */
  label?(id: BlockId): string;
}

const signs: { readonly [mark in Mark]: string } = { active: '', stale: '~', orphan: '?', invalid: '!', header: '.' };

/** What the signs mean. @public */
export const legend = '[n] tip  n~ stale  n? orphan  n! invalid  n. header only';

/** The tree from left to right, one height a column, one leaf a line. @public */
export function treeLines({ parents, marks, tip, label = String }: DrawnTree): readonly string[] {
  const isSeen = (id: BlockId) => marks[id] != null;
  const seen = parents.flatMap((_, id) => (isSeen(id) ? [id] : []));
  const isRoot = (id: BlockId) => parents[id] === id || !isSeen(parents[id] as BlockId);
  const text = (id: BlockId) => `${id === tip ? `[${label(id)}]` : label(id)}${signs[marks[id] as Mark]}`;
  const width = Math.max(0, ...seen.map((id) => text(id).length)) + 2;
  const isOnChain = (id: BlockId) => marks[id] === 'active';
  const childrenOf = (id: BlockId) =>
    seen
      .filter((other) => !isRoot(other) && parents[other] === id)
      .sort((a, b) => Number(isOnChain(b)) - Number(isOnChain(a)) || a - b);

  /** What stands right of a block, a line each; the first goes on in the block's own line. */
  const from = (id: BlockId): readonly string[] => {
    const branches = childrenOf(id).map(from);
    if (branches.length === 0) return [text(id)];
    return branches.flatMap((lines, branch) =>
      lines.map((line, row) => {
        const isLast = branch === branches.length - 1;
        if (branch === 0 && row === 0) return `${text(id).padEnd(width, '-')}${line}`;
        if (row === 0) return `${(isLast ? '`' : '+').padEnd(width, '-')}${line}`;
        return `${(isLast ? '' : '|').padEnd(width)}${line}`;
      }),
    );
  };
  return seen.filter(isRoot).flatMap(from);
}

const markOf: { readonly [status in Status]: Mark | null } = {
  unknown: null,
  'header-ok': 'header',
  'data-ok': 'stale',
  'connected-ok': 'stale',
  failed: 'invalid',
  'failed-ancestor': 'invalid',
  'header-failed-ancestor': 'invalid',
};

/** How one node sees the blocks of a table. @public */
export function marksOf(
  blocks: BlockTable,
  { status, tip, orphans, todo }: Pick<ChainState, 'status' | 'tip' | 'orphans' | 'todo'>,
): readonly (Mark | null)[] {
  return status.map((is, id): Mark | null => {
    if (isAncestor(blocks, id, tip)) return 'active';
    return orphans.includes(id) || todo.includes(id) ? 'orphan' : markOf[is];
  });
}

/** Frames of which something can be drawn, each with the step that led to it; those that look like the one before are left out. @public */
export function film(frames: readonly Frame[], draw: (frame: Frame) => readonly string[]): readonly string[] {
  let before = '';
  return frames.flatMap((frame) => {
    const lines = draw(frame);
    const now = lines.join('\n');
    if (now === before) return [];
    before = now;
    const gutter = `${frame.step}.`.padStart(4);
    return lines.map((line, at) => `${at === 0 ? gutter : '    '} ${line}`);
  });
}

type Drawn = Pick<ChainState, 'status' | 'tip' | 'orphans' | 'todo'> & { readonly blocks: BlockTable };

/** The tree of the one node, over time. @public */
export const chainChart = (frames: readonly Frame[]): readonly string[] => [
  `     ${legend}`,
  ...film(frames, ({ picture }) => {
    const node = picture.peers.find(({ name, status }) => name === 'node' && status === 'up')?.context as
      | Drawn
      | undefined;
    if (node === undefined) return ['down'];
    const { blocks, tip } = node;
    return treeLines({ parents: blocks.map(({ parent }) => parent), marks: marksOf(blocks, node), tip });
  }),
];

/** Every tree of n blocks in which a block has a higher number than its parent, with every choice of work and of one flaw. */
import { type Block, type BlockTable, genesisBlock, type Kind } from './blocks.js';

/** @public */
export interface TreeOptions {
  readonly n: number;
  /** Each block proves 1 to this much work. */
  readonly maxWork: number;
  /** How many blocks are not in order: none, one in every place, or both. */
  readonly flawed: 'none' | 'one' | 'upToOne';
  readonly flaw: Kind;
}

/** The n! increasing trees, and their variations; order is contract. @public */
export function treesOf({ n, maxWork, flawed, flaw }: TreeOptions): readonly BlockTable[] {
  let tables: readonly BlockTable[] = [[genesisBlock]];
  for (let id = 1; id <= n; id++) {
    tables = tables.flatMap((table) =>
      table.flatMap((_, parent) =>
        Array.from({ length: maxWork }, (_, less): BlockTable => [...table, { parent, work: less + 1, kind: 'ok' }]),
      ),
    );
  }
  return tables.flatMap((table) => [
    ...(flawed === 'one' ? [] : [table]),
    ...(flawed === 'none' ? [] : table.slice(1).map((_, at) => flawedAt(table, at + 1, flaw))),
  ]);
}

const flawedAt = (table: BlockTable, id: number, kind: Kind): BlockTable =>
  table.map((block, at): Block => (at === id ? { ...block, kind } : block));

/** Such as `1<0 2<0*3 3<1 ctxInvalid`: each block, its parent, its work where it is not 1, what is wrong with it. @public */
export const labelOf = (table: BlockTable): string =>
  table
    .slice(1)
    .map(
      ({ parent, work, kind }, at) =>
        `${at + 1}<${parent}${work === 1 ? '' : `*${work}`}${kind === 'ok' ? '' : ` ${kind}`}`,
    )
    .join(' ');

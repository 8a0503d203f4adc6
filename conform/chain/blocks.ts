/**
 * Real blocks for the trees of the model: each block of a table becomes one of the implementation's own, mined once and used in
 * every schedule. What is kept by is the way to it: parents, heaviness and flaws from genesis up.
 */
import { type BlockId, type BlockTable, chainTo, genesis, heightOf, type Kind } from '../../models/chain/index.js';

/**
 * What a block is, as far as its bytes go: equal texts, equal blocks. Siblings that are otherwise alike differ by how many of them
 * come before.
 */
export function pathOf(blocks: BlockTable, id: BlockId): string {
  return chainTo(blocks, id)
    .slice(1)
    .map((at) => {
      const { parent, work, kind } = blocks[at] as BlockTable[number];
      const before = blocks.filter((other, index) => index !== genesis && index < at && other.parent === parent).length;
      return `${before}${kind === 'ok' ? '' : kind}${work === 1 ? '' : `*${work}`}`;
    })
    .join('/');
}

/** A real block for each of a table. */
export interface RealBlocks<B> {
  readonly byId: ReadonlyMap<BlockId, B>;
  /** The model's number of a real block, by its hash. */
  readonly idOf: ReadonlyMap<string, BlockId>;
}

/** What a block has to be like; `serial` tells it from others that are otherwise the same. */
export interface Making {
  readonly kind: Kind;
  readonly work: number;
  readonly height: number;
  readonly serial: number;
}

/** Keeps the blocks that were made, by {@link pathOf}. */
export class BlockFactory<B> {
  private readonly made = new Map<string, B>();

  constructor(
    private readonly make: (parent: B | undefined, making: Making) => Promise<B>,
    private readonly hashOf: (block: B) => string,
  ) {}

  async blocksOf(table: BlockTable): Promise<RealBlocks<B>> {
    const byId = new Map<BlockId, B>();
    const idOf = new Map<string, BlockId>();
    for (const [id, { parent, kind, work }] of table.entries()) {
      if (id === genesis) continue;
      const path = pathOf(table, id);
      let block = this.made.get(path);
      if (block === undefined) {
        block = await this.make(byId.get(parent), { kind, work, height: heightOf(table, id), serial: this.made.size });
        this.made.set(path, block);
      }
      byId.set(id, block);
      idOf.set(this.hashOf(block), id);
    }
    return { byId, idOf };
  }
}

/**
 * `blockchain-spv`: a chain of headers, the longest wins. It wants a whole branch in one call, from the fork up, and so leaves to
 * its caller to keep the headers that have come; the adapter does that, and no more than that.
 */
import {
  type BlockId,
  type BlockTable,
  type ChainPeers,
  forkOf,
  genesis,
  heightOf,
  parentOf,
  pathTo,
} from '../../models/chain/index.js';
import { type Adapter, adapter, type Session } from '../../src/index.js';
import { load, versionOf } from '../installed.js';
import { height, tip } from './aspects.js';
import { BlockFactory, type Making } from './blocks.js';

/** As much of the package as is used here. */
interface Header {
  readonly height: number;
  readonly version: number;
  readonly prevHash: Buffer;
  readonly merkleRoot: Buffer;
  readonly timestamp: number;
  readonly bits: number;
  readonly nonce: number;
}
interface SpvChain {
  add(headers: readonly Header[]): void;
  height(): number;
  getByHeight(height: number): Header;
}
interface Spv {
  (options: { readonly start: Header; readonly maxTarget: Buffer; readonly noRetargeting: true }): SpvChain;
  getHash(header: Header): Buffer;
}

/** Half of all hashes are below it. */
const maxTarget = Buffer.from(`7fffff${'00'.repeat(29)}`, 'hex');
const start: Header = {
  height: 0,
  version: 1,
  prevHash: Buffer.alloc(32),
  merkleRoot: Buffer.alloc(32),
  timestamp: 1_500_000_000,
  bits: 0x207fffff,
  nonce: 0,
};

const hashOf = (header: Header): string => load<Spv>('blockchain-spv').getHash(header).toString('hex');

async function make(parent: Header | undefined, { kind, serial }: Making): Promise<Header> {
  const above = parent ?? start;
  const header = {
    ...start,
    height: above.height + 1,
    prevHash: Buffer.from(hashOf(above), 'hex'),
    // Not after the median of those before it. Siblings differ by their time.
    timestamp: kind === 'headerInvalid' ? start.timestamp - serial : above.timestamp + 600 + serial,
  };
  for (let nonce = 0; ; nonce++) {
    const mined = { ...header, nonce };
    if (Buffer.from(hashOf(mined), 'hex').reverse().compare(maxTarget) <= 0) return mined;
  }
}

const factory = new BlockFactory(make, hashOf);

/** The adapter; the package is loaded when the first instance is opened. */
export const spv: Adapter<ChainPeers, BlockTable> = adapter<ChainPeers, BlockTable>({
  name: 'blockchain-spv',
  version: versionOf('blockchain-spv') ?? 'not installed',
  declares: [
    'the longest chain, not the heaviest',
    'of equals the first seen',
    'no pool of orphans: a branch comes whole',
  ],
  drives: ['block'],
  aspects: { height, tip },
  setup: ({ peers: { node } }) => node?.blocks ?? [],
  async open(table): Promise<Session> {
    const { byId, idOf } = await factory.blocksOf(table);
    const chain = load<Spv>('blockchain-spv')({ start, maxTarget, noRetargeting: true });
    /** Headers that have come and stand on others that have; which of them are right is for the implementation to say. */
    const came = new Set<BlockId>([genesis]);
    const tipOf = () => idOf.get(hashOf(chain.getByHeight(chain.height()))) ?? genesis;
    return {
      perform(move) {
        if (move.kind !== 'operation') throw new Error(`cannot do ${move.kind}`);
        const id = Number(move.args.id);
        if (!came.has(parentOf(table, id))) return undefined;
        came.add(id);
        // It takes no branch that is not higher than what it has.
        if (heightOf(table, id) <= chain.height()) return undefined;
        const branch = pathTo(table, forkOf(table, tipOf(), id), id);
        try {
          chain.add(branch.map((at) => byId.get(at) as Header));
        } catch {
          // Some header of the branch is wrong. Which one is not said, so only the one that has just come is dropped.
          came.delete(id);
        }
        return undefined;
      },
      observe: () => ({ height: chain.height(), tip: tipOf() }),
    };
  },
});

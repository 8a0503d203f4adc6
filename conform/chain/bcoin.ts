/** bcoin's full node without its network: `Chain` in memory, on regtest, where every block weighs the same. */
import type { BlockTable, ChainPeers } from '../../models/chain/index.js';
import { type Adapter, adapter, type Session } from '../../src/index.js';
import { load, versionOf } from '../installed.js';
import { type Answer, answers, height, tip } from './aspects.js';
import { BlockFactory, type Making } from './blocks.js';

/** As much of bcoin 1.0 as is used here. */
interface BcoinBlock {
  hash(encoding: 'hex'): string;
}
interface BcoinEntry {
  readonly hash: string;
  readonly height: number;
}
interface BcoinChain {
  readonly tip: BcoinEntry;
  open(): Promise<void>;
  close(): Promise<void>;
  add(block: BcoinBlock): Promise<BcoinEntry | null>;
  getEntry(hash: string): Promise<BcoinEntry | null>;
}
interface BcoinJob {
  readonly attempt: { fees: number };
  refresh(): void;
  mineAsync(): Promise<BcoinBlock>;
}
interface BcoinMiner {
  open(): Promise<void>;
  readonly cpu: { createJob(tip: BcoinEntry): Promise<BcoinJob> };
}
type ChainClass = new (options: { readonly memory: true; readonly network: 'regtest' }) => BcoinChain;
type MinerClass = new (options: { readonly chain: BcoinChain }) => BcoinMiner;
interface VerifyError {
  readonly type?: string;
  readonly reason?: string;
  readonly score?: number;
}

/** Higher than any tree, so that whatever is mined in the factory goes to a side branch, whose inputs nobody looks at. */
const factoryHeight = 8;

async function open(): Promise<BcoinChain> {
  const Chain = load<ChainClass>('bcoin/lib/blockchain/chain');
  const chain = new Chain({ memory: true, network: 'regtest' });
  await chain.open();
  return chain;
}

let factory: Promise<BlockFactory<BcoinBlock>> | undefined;

async function createFactory(): Promise<BlockFactory<BcoinBlock>> {
  const Miner = load<MinerClass>('bcoin/lib/mining/miner');
  const chain = await open();
  const start = chain.tip;
  const miner = new Miner({ chain });
  await miner.open();
  for (let at = 0; at < factoryHeight; at++) await chain.add(await (await miner.cpu.createJob(chain.tip)).mineAsync());
  const make = async (parent: BcoinBlock | undefined, { kind }: Making): Promise<BcoinBlock> => {
    const above = parent === undefined ? start : await chain.getEntry(parent.hash('hex'));
    if (above === null) throw new Error('the parent of a block was not kept');
    const job = await miner.cpu.createJob(above);
    // A coinbase that takes more than it may: seen only when the block is connected.
    if (kind === 'ctxInvalid') job.attempt.fees += 1;
    job.refresh();
    const block = await job.mineAsync();
    await chain.add(block);
    return block;
  };
  return new BlockFactory(make, (block) => block.hash('hex'));
}

/** How bcoin answers a block. */
async function send(chain: BcoinChain, block: BcoinBlock): Promise<Answer> {
  try {
    return (await chain.add(block)) === null ? 'orphan' : 'accepted';
  } catch (error) {
    const { type, reason, score } = error as VerifyError;
    if (type !== 'VerifyError') throw error;
    // What stands on a block known to be invalid is a `duplicate` as well, but blamed on who sent it.
    return reason === 'duplicate' && score === 0 ? 'duplicate' : 'rejected';
  }
}

/** The adapter; bcoin itself is loaded when the first instance is opened. */
export const bcoin: Adapter<ChainPeers, BlockTable> = adapter<ChainPeers, BlockTable>({
  name: 'bcoin',
  version: versionOf('bcoin') ?? 'not installed',
  declares: ['of chains of equal work the first seen', 'at most 20 orphans'],
  drives: ['block'],
  aspects: { height, tip, answer: answers('duplicate') },
  setup: ({ peers: { node } }) => node?.blocks ?? [],
  async open(table): Promise<Session> {
    factory ??= createFactory();
    const { byId, idOf } = await (await factory).blocksOf(table);
    const chain = await open();
    return {
      async perform(move) {
        if (move.kind !== 'operation') throw new Error(`cannot do ${move.kind}`);
        return { answer: await send(chain, byId.get(Number(move.args.id)) as BcoinBlock) };
      },
      observe: () => ({ height: chain.tip.height, tip: idOf.get(chain.tip.hash) ?? 0, answer: undefined }),
      close: () => chain.close(),
    };
  },
});

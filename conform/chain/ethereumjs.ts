/**
 * `@ethereumjs/blockchain`: the chain with the greatest total difficulty, no pool of orphans. On Ethereum before its merge, with
 * the checks of headers but without proof of work, so that a block weighs what its header says.
 */
import { type BlockTable, type ChainPeers, genesis } from '../../models/chain/index.js';
import { type Adapter, adapter, type Session } from '../../src/index.js';
import { load, versionOf } from '../installed.js';
import { type Answer, answers, tip, work } from './aspects.js';
import { BlockFactory, type Making, type RealBlocks } from './blocks.js';

/** As much of the packages as is used here. */
interface EthBlock {
  readonly header: { readonly number: bigint; readonly timestamp: bigint; readonly gasLimit: bigint };
  hash(): Uint8Array;
}
interface EthChain {
  readonly genesisBlock: EthBlock;
  putBlock(block: EthBlock): Promise<void>;
  getCanonicalHeadBlock(): Promise<EthBlock>;
  getTotalDifficulty(hash: Uint8Array): Promise<bigint>;
}
interface Packages {
  readonly createBlockchain: (options: object) => Promise<EthChain>;
  readonly createBlock: (data: { readonly header: object }, options: object) => EthBlock;
  readonly MapDB: new () => object;
  readonly common: object;
}

function packages(): Packages {
  const { Common, Hardfork, Mainnet } = load<{
    readonly Common: new (options: object) => object;
    readonly Hardfork: { readonly Chainstart: string };
    readonly Mainnet: object;
  }>('@ethereumjs/common');
  return {
    ...load<Pick<Packages, 'createBlockchain'>>('@ethereumjs/blockchain'),
    ...load<Pick<Packages, 'createBlock'>>('@ethereumjs/block'),
    ...load<Pick<Packages, 'MapDB'>>('@ethereumjs/util'),
    common: new Common({ chain: Mainnet, hardfork: Hardfork.Chainstart }),
  };
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const open = ({ createBlockchain, common }: Packages, db: object): Promise<EthChain> =>
  createBlockchain({ common, db, validateBlocks: true, validateConsensus: false });

interface Ready {
  readonly of: Packages;
  readonly factory: BlockFactory<EthBlock>;
  /** Of genesis alone, which every chain has and the model does not count. */
  readonly base: bigint;
}

let ready: Promise<Ready> | undefined;

async function prepare(): Promise<Ready> {
  const of = packages();
  const chain = await open(of, new of.MapDB());
  const root = chain.genesisBlock;
  const make = async (parent: EthBlock | undefined, { kind, work: difficulty, serial }: Making) => {
    const above = parent ?? root;
    const { number, timestamp, gasLimit } = above.header;
    // One that is no later than its parent is refused for its header. Siblings differ by their time.
    const time = kind === 'headerInvalid' ? timestamp : timestamp + 10n + BigInt(serial);
    const header = {
      number: number + 1n,
      parentHash: above.hash(),
      difficulty: BigInt(difficulty),
      timestamp: time,
      gasLimit,
    };
    return of.createBlock({ header }, { common: of.common, setHardfork: false });
  };
  return {
    of,
    factory: new BlockFactory(make, (block) => hex(block.hash())),
    base: await chain.getTotalDifficulty(root.hash()),
  };
}

async function send(chain: EthChain, block: EthBlock): Promise<Answer> {
  try {
    await chain.putBlock(block);
    return 'accepted';
  } catch (error) {
    return /not found in DB/.test((error as Error).message) ? 'orphan' : 'rejected';
  }
}

async function look(chain: EthChain, { idOf }: RealBlocks<EthBlock>, base: bigint) {
  const hash = (await chain.getCanonicalHeadBlock()).hash();
  const total = await chain.getTotalDifficulty(hash);
  return { work: Number(total - base), tip: idOf.get(hex(hash)) ?? genesis, answer: undefined };
}

/** The adapter; the packages are loaded when the first instance is opened. */
export const ethereumjs: Adapter<ChainPeers, BlockTable> = adapter<ChainPeers, BlockTable>({
  name: '@ethereumjs/blockchain',
  version: versionOf('@ethereumjs/blockchain') ?? 'not installed',
  declares: [
    'of chains of equal total difficulty the first seen',
    'a block whose parent is not known is refused',
    'a block may be put again',
  ],
  drives: ['block', 'crash', 'restart'],
  aspects: { work, tip, answer: answers('accepted') },
  setup: ({ peers: { node } }) => node?.blocks ?? [],
  async open(table): Promise<Session> {
    ready ??= prepare();
    const { of, factory, base } = await ready;
    const blocks = await factory.blocksOf(table);
    const db = new of.MapDB();
    let chain: EthChain | undefined = await open(of, db);
    return {
      async perform(move) {
        if (move.kind === 'crash') chain = undefined;
        else if (move.kind === 'restart') chain = await open(of, db);
        else if (move.kind === 'operation' && chain !== undefined) {
          return { answer: await send(chain, blocks.byId.get(Number(move.args.id)) as EthBlock) };
        } else throw new Error(`cannot do ${move.kind}`);
        return undefined;
      },
      observe: () =>
        chain === undefined ? { work: undefined, tip: undefined, answer: undefined } : look(chain, blocks, base),
    };
  },
});

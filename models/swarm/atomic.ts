/**
 * The same swarm one level up: a block is asked for, sent and stored in one move, whoever is interested is unchoked, and everybody
 * sees at once what the others have. Which block is fetched, what is hashed and who is to blame is decided by the functions that
 * decide it on the wire. So a peer keeps nothing of its neighbours but whom it suspects or has banned.
 */
import { assign, setup } from 'xstate';
import { type Churn, type Offer, type Peer, peer, type System, system, type World } from '../../src/kernel/index.js';
import { allOf, has, verifierOf } from './content.js';
import { newHalf } from './half.js';
import { blank } from './machine.js';
import { choices } from './picker.js';
import { type Rules, soundRules } from './rules.js';
import type { PeerContext, Setting } from './state.js';
import { checkOptions, isCorrupter, isLeecher, isSeedName, namesOf, type SwarmOptions, settingOf } from './system.js';
import { type Logic, received, refOf, requested } from './transfer.js';

/** @public */
export type TraderContext = Pick<PeerContext, 'have' | 'spoiled' | 'partials' | 'banned' | 'suspects'> & {
  /** The pieces of `partials`, a bit each: all that others need to look at. */
  readonly begun: number;
};

/** A block comes from the neighbour at a place, good or bad. @public */
export interface Fetch {
  readonly type: 'fetch';
  readonly at: number;
  readonly block: number;
  readonly good: boolean;
}

/** @public */
export type AtomicPeers = { readonly [name: string]: Peer<TraderContext> };

/** @public */
export type AtomicWorld = World<AtomicPeers, true>;

/** @public */
export type AtomicOptions = Pick<
  SwarmOptions,
  'seeds' | 'leechers' | 'corrupters' | 'pieces' | 'blocks' | 'deselected' | 'crashes' | 'mortal' | 'variation'
> & {
  /** Blocks that may come corrupted. */
  readonly corruptions: number;
  /** Whether behaviours that differ only by the names of pieces and leechers are looked at once. */
  readonly cut: boolean;
};

/** Nobody is suspected by one who needs nothing any more. */
function kept(setting: Setting, { have, spoiled, partials, banned, suspects }: PeerContext): TraderContext {
  const isDone = (setting.wants & ~have) === 0;
  const begun = partials.reduce((set, { piece }) => set | (1 << piece), 0);
  return { have, spoiled, partials, begun, banned: isDone ? 0 : banned, suspects: isDone ? 0 : suspects };
}

/** A block more; from a suspect, who is asked for whole pieces alone, all that is lacking of the piece. @public */
export function fetched(logic: Logic, before: TraderContext, { at, block, good }: Fetch): TraderContext {
  const { setting } = logic;
  const end = has(before.suspects, at) ? (Math.floor(block / setting.blocks) + 1) * setting.blocks : block + 1;
  let after = begunAnew(logic, before, at, block);
  for (let next = block; next < end; next++) {
    const halves = setting.neighbours.map((_, place) => (place === at ? { ...newHalf, out: next } : null));
    after = received(logic, { ...after, halves }, at, { ...refOf(setting, next), good }).peer;
  }
  return kept(setting, after);
}

/** What the wire does when a block is asked for whose piece has to be begun anew. */
const begunAnew = ({ rules, setting }: Logic, trader: TraderContext, at: number, block: number): PeerContext => {
  const halves = setting.neighbours.map((_, place) => (place === at ? newHalf : null));
  const { begun: _, ...known } = trader;
  return requested(rules, setting, { ...blank(setting), ...known, halves }, at, block).peer;
};

/** @public */
export const trader = (logic: Logic) =>
  setup({
    types: { context: {} as TraderContext, input: {} as { readonly have: number }, events: {} as Fetch },
    actions: { store: assign(({ context }, fetch: Fetch) => fetched(logic, context, fetch)) },
  }).createMachine({
    id: 'peer of a swarm whose exchanges are atomic',
    context: ({ input: { have } }) => ({ have, spoiled: 0, partials: [], begun: 0, banned: 0, suspects: 0 }),
    initial: 'sharing',
    states: { sharing: { on: { fetch: { actions: { type: 'store', params: ({ event }) => event } } } } },
  });

/** @public */
export function atomicSwarm(options: AtomicOptions): System<AtomicPeers, true> {
  const { crashes, mortal, cut, variation = {} } = options;
  const shape = { pieces: options.pieces, blocks: options.blocks, short: false };
  const whole: SwarmOptions = { ...wire, ...options, ...shape };
  checkOptions(whole);
  const rules: Rules = { ...soundRules, ...variation };
  const names = namesOf(options);
  const leechers = names.filter(isLeecher);
  const verifies = verifierOf(shape);
  const all = allOf(shape);
  const logics = new Map(
    names.map((name): [string, Logic] => [name, { rules, setting: settingOf(whole, names, name), verifies }]),
  );
  /** Of several that have done nothing yet, the first: the others are like it but for their names. */
  const isFirst = (world: AtomicWorld, self: string): boolean =>
    !cut ||
    !isUntouched(world.peers[self]) ||
    leechers.every((name) => name >= self || !isUntouched(world.peers[name]));
  const churn: Churn<AtomicPeers> = {
    crash: {
      limit: crashes,
      peers: names.filter((name) => mortal === 'all' || (mortal === 'seeds' ? isSeedName(name) : isLeecher(name))),
      when: (world, self) => !isLeecher(self) || isFirst(world, self),
    },
  };
  const offers = (world: AtomicWorld, self: string, isGood: (from: string, piece: number) => boolean | undefined) =>
    fetches(world, self, logics.get(self) as Logic, cut ? leechers : [], isGood);
  return system<AtomicPeers>({
    name: `swarm, atomic, ${names.length} peers, ${options.pieces} pieces of ${options.blocks}`,
    network: 'synchronous',
    peers: Object.fromEntries(
      names.map((name) => [name, peer(trader(logics.get(name) as Logic), { have: isLeecher(name) ? 0 : all })]),
    ),
    operations: [
      {
        name: 'fetch',
        by: 'protocol',
        peers: leechers,
        offer: (world, self) =>
          isFirst(world, self) ? offers(world, self, (from, piece) => !isSpoiled(world, from, piece)) : [],
      },
      // Not the protocol's: a corrupter may be honest for ever.
      ...(options.corrupters > 0 && options.corruptions > 0
        ? [
            {
              name: 'poison',
              peers: leechers,
              limit: options.corruptions,
              offer: (world: AtomicWorld, self: string) =>
                isFirst(world, self) ? offers(world, self, (from) => (isCorrupter(from) ? false : undefined)) : [],
            },
          ]
        : []),
    ],
    ...(crashes > 0 ? { churn } : {}),
  });
}

const wire = {
  freeRiders: 0,
  degree: Number.POSITIVE_INFINITY,
  network: 'synchronous',
  capacity: 1,
  choking: 'open',
  serving: 'atOnce',
  slots: 1,
  connected: true,
  gains: 0,
  timeouts: 0,
  ties: 'all',
  joins: 0,
} as const;

const isUntouched = (one: TraderContext | undefined): boolean =>
  one !== undefined && one.have === 0 && one.begun === 0 && one.suspects === 0 && one.banned === 0;

const isSpoiled = (world: AtomicWorld, from: string, piece: number): boolean =>
  has(world.peers[from]?.spoiled ?? 0, piece);

/** Every block that this leecher may fetch now and from whom; `isGood` says what comes, `undefined` that nothing does. */
function fetches(
  world: AtomicWorld,
  self: string,
  logic: Logic,
  cutAmong: readonly string[],
  isGood: (from: string, piece: number) => boolean | undefined,
): readonly Offer[] {
  const { rules, setting } = logic;
  const me = world.peers[self] as TraderContext;
  const missing = setting.wants & ~me.have;
  if (missing === 0) return [];
  const halves = setting.neighbours.map((name, at) => {
    const other = world.peers[name];
    if (other === undefined || has(me.banned, at)) return null;
    return { ...newHalf, choked: false, interested: (other.have & missing) !== 0, has: other.have };
  });
  const availability = Array.from({ length: setting.pieces }, (_, piece) =>
    halves.reduce((copies, half) => (half !== null && has(half.has, piece) ? copies + 1 : copies), 0),
  );
  const peerNow: PeerContext = { ...blank(setting), ...me, halves, availability };
  return halves.flatMap((half, at): readonly Offer[] => {
    if (half === null || !half.interested) return [];
    const from = setting.neighbours[at] as string;
    const blocks = choices(rules, setting, peerNow, at);
    const taken = cutAmong.length > 0 && blocks.length > 1 ? oneOfAKind(world, blocks, setting, cutAmong) : blocks;
    return taken.flatMap((block): readonly Offer[] => {
      const piece = Math.floor(block / setting.blocks);
      const good = isGood(from, piece);
      if (good === undefined) return [];
      return [{ args: { from, piece, block: block % setting.blocks }, event: { type: 'fetch', at, block, good } }];
    });
  });
}

/** Two pieces that the same leechers have, and of which nobody has a part, can change names: the first is enough. */
function oneOfAKind(
  world: AtomicWorld,
  blocks: readonly number[],
  { blocks: perPiece }: Setting,
  leechers: readonly string[],
): readonly number[] {
  const kinds = new Set<number>();
  return blocks.filter((block) => {
    const piece = Math.floor(block / perPiece);
    let kind = 0;
    for (const [i, name] of leechers.entries()) {
      const one = world.peers[name];
      if (has(one?.begun ?? 0, piece)) return true;
      if (one !== undefined && has(one.have, piece)) kind |= 1 << i;
    }
    if (kinds.has(kind)) return false;
    kinds.add(kind);
    return true;
  });
}

/** What is claimed of connections: who may say what when, and that both sides agree once everything was heard. */
import {
  type Half,
  isBlock,
  isCorrupter,
  isEndgame,
  isFreeRider,
  isLeecher,
  isSeedName,
  type PeerContext,
  type Shape,
} from '../../models/swarm/index.js';
import { always, alwaysStep, derivePeer, never, sometimes, type World } from '../../src/kernel/index.js';
import { atStake, titled } from '../common/law.js';
import {
  type Claimed,
  halvesOf,
  has,
  haveOf,
  isComplete,
  isHonest,
  neighbourTable,
  none,
  type Size,
  wantsOf,
} from './view.js';

const isOpen = (half: Half | null): half is Half => half !== null && !half.calling;

/** Both sides of every connection that is open on both: mine, the other's, and who. */
function pairs(world: World, size: Size, table: ReadonlyMap<string, readonly string[]>) {
  return size.names.flatMap((name) =>
    (halvesOf(world, name) ?? []).flatMap((mine, at) => {
      const other = (table.get(name) ?? [])[at] as string;
      const theirs = halvesOf(world, other)?.[(table.get(other) ?? []).indexOf(name)] ?? null;
      return isOpen(mine) && isOpen(theirs) ? [{ name, other, mine, theirs }] : [];
    }),
  );
}

/** @public */
export function onlyVerifiedAnnounced(size: Size): Claimed {
  const table = neighbourTable(size);
  return always(titled('W1', 'whatever a peer is known to have it has verified'), (world: World) =>
    pairs(world, size, table).every(({ mine, other }) => (mine.has & ~(haveOf(world, other) ?? 0)) === 0),
  );
}

/** @public */
export const heardOfPiece: Claimed = sometimes(atStake('W1', 'a leecher is known to have a piece'), (world: World) =>
  world.names.some((name) => (haveOf(world, name) ?? 0) !== 0 && !isSeedName(name) && !isCorrupter(name)),
);

const owes = derivePeer(({ halves }: PeerContext) =>
  halves.some((half) => half?.choking === true && half.in.length > 0),
);
const asksChoked = derivePeer(({ halves }: PeerContext) =>
  halves.some((half) => half !== null && half.out !== none && half.choked),
);
const isOwing = derivePeer(({ halves }: PeerContext) => halves.some((half) => half !== null && half.in.length > 0));
const isAsking = derivePeer(({ halves }: PeerContext) => halves.some((half) => half !== null && half.out !== none));

/** @public */
export const nothingOwedToChoked: Claimed = never(
  titled('W3', 'nothing is queued for one who is choked'),
  (world: World) => world.names.some((name) => owes(world, name) === true),
);

/** @public */
export const somethingOwed: Claimed = sometimes(atStake('W3', 'a request waits to be served'), (world: World) =>
  world.names.some((name) => isOwing(world, name) === true),
);

/** @public */
export const nothingAskedWhileChoked: Claimed = never(
  titled('W4', 'nothing is asked of one who chokes, nor stays reserved there'),
  (world: World) => world.names.some((name) => asksChoked(world, name) === true),
);

/** @public */
export const somethingAsked: Claimed = sometimes(atStake('W4', 'a block was asked for'), (world: World) =>
  world.names.some((name) => isAsking(world, name) === true),
);

/** @public */
export const requestsValid = (shape: Shape): Claimed =>
  always(titled('W4v', 'a request names a block inside its piece that its hearer has'), (world: World) =>
    world.inFlight().every(({ to, message }) => {
      if (message.type !== 'request') return true;
      const { piece, begin, length } = message as unknown as { piece: number; begin: number; length: number };
      return isBlock(shape, { piece, begin, length }) && has(haveOf(world, to) ?? -1, piece);
    }),
  );

/** @public */
export function askedOnce(size: Size): Claimed {
  const outs = derivePeer(({ halves }: PeerContext) => halves.map((half) => half?.out ?? none));
  const settings = new Map(size.names.map((name) => [name, { blocks: size.blocks, wants: wantsOf(size, name) }]));
  const endgame = derivePeer((context: PeerContext, name: string) =>
    isEndgame(context, settings.get(name) as Parameters<typeof isEndgame>[1]),
  );
  return alwaysStep(
    titled('W4d', 'outside endgame no block is asked for that another was asked for'),
    (before: World, after: World) =>
      after.names.every((name) => {
        const [then, now] = [outs(before, name), outs(after, name)];
        if (then === undefined || now === undefined || then === now) return true;
        return now.every(
          (out, at) => out === none || then[at] === out || !then.includes(out) || endgame(before, name) === true,
        );
      }),
  );
}

/** @public */
export const endgame: Claimed = sometimes(atStake('W4d', 'the same block was asked of two (endgame)'), (world: World) =>
  world.names.some((name) => {
    const outs = (halvesOf(world, name) ?? []).flatMap((half) =>
      half === null || half.out === none ? [] : [half.out],
    );
    return new Set(outs).size < outs.length;
  }),
);

/** @public */
export function interestExact(size: Size): Claimed {
  const wants = new Map(size.names.map((name) => [name, wantsOf(size, name)]));
  const isExact = derivePeer(({ halves, have }: PeerContext, name: string) =>
    halves.every((half) => !isOpen(half) || half.interested === ((half.has & (wants.get(name) ?? 0) & ~have) !== 0)),
  );
  return always(titled('W5', 'a peer is interested exactly in those who have what it lacks'), (world: World) =>
    world.names.every((name) => isExact(world, name) !== false),
  );
}

/** @public */
export function interestKnown(size: Size): Claimed {
  const table = neighbourTable(size);
  return always(
    titled('W5q', 'when nothing is on its way, both sides know who chokes and who is interested'),
    (world: World) =>
      world.inFlight().length > 0 ||
      pairs(world, size, table).every(
        ({ mine, theirs }) => mine.interested === theirs.wanted && mine.choked === theirs.choking,
      ),
  );
}

/** @public */
export const interestArises: Claimed = sometimes(
  atStake('W5', 'interest in one who had nothing before'),
  (world: World) => world.names.some((name) => (halvesOf(world, name) ?? []).some((half) => half?.interested === true)),
);

/** @public */
export function fewUnchoked({ slots }: Size): Claimed {
  const unchoked = derivePeer(
    ({ halves }: PeerContext) => halves.filter((half) => isOpen(half) && !half.choking && half.wanted).length,
  );
  return always(titled('W6', 'no more are unchoked than there are slots, and one'), (world: World) =>
    world.names.every((name) => (unchoked(world, name) ?? 0) <= slots + 1),
  );
}

/** @public */
export const nobodyCutOff: Claimed = never(titled('NoCut', 'an honest peer cuts no other off'), (world: World) =>
  world.inFlight().some(({ from, to, message }) => message.type === 'close' && isHonest(from) && isHonest(to)),
);

/** @public */
export function countsRight(): Claimed {
  // Written as loops, for a simulation asks it of whoever moved.
  const isRight = derivePeer(({ halves, availability }: PeerContext) => {
    for (let piece = 0; piece < availability.length; piece++) {
      let copies = 0;
      for (const half of halves) if (half !== null && has(half.has, piece)) copies++;
      if (copies !== availability[piece]) return false;
    }
    return true;
  });
  return always(titled('Counts', 'a piece is as rare as the neighbours say that are connected'), (world: World) =>
    world.names.every((name) => isRight(world, name) !== false),
  );
}

/** Who gave how much since the last round, and who is unchoked, by place. */
const serving = derivePeer(({ halves, have }: PeerContext) => ({
  have,
  halves: halves.map((half) => (half === null ? null : { choking: half.choking, gave: half.credit > 0 })),
}));

/** Tit for tat: what bounds a free-rider's share. Said of a round, in which somebody is unchoked. @public */
export function onlyOneForFree(size: Size): Claimed {
  const all = size.pieces === 32 ? -1 : (1 << size.pieces) - 1;
  return alwaysStep(
    titled('L5', 'in a round a leecher unchokes one at most who has given it nothing since the last'),
    (before: World, after: World) =>
      after.names.every((name) => {
        const [then, now] = [serving(before, name), serving(after, name)];
        if (!isLeecher(name) || then === undefined || now === undefined || then === now || then.have === all)
          return true;
        const isRound = now.halves.some((half, at) => half?.choking === false && then.halves[at]?.choking === true);
        if (!isRound) return true;
        const free = now.halves.filter((half, at) => half?.choking === false && then.halves[at]?.gave === false);
        return free.length <= 1;
      }),
  );
}

/** @public */
export const twoForFree = (size: Size): Claimed =>
  sometimes(atStake('L5', 'two want something of a leecher to whom they have given nothing'), (world: World) =>
    world.names.some(
      (name) =>
        isLeecher(name) &&
        !isFreeRider(name, size) &&
        (halvesOf(world, name) ?? []).filter((half) => half?.wanted === true && half.credit === 0).length >= 2,
    ),
  );

/** What is known of free-riders: they get there, on optimistic unchokes and seeds. @public */
export const freeRiderCompletes = (size: Size): Claimed =>
  sometimes('a free-rider has every piece', (world: World) =>
    world.names.some((name) => isFreeRider(name, size) && world.isUp(name) && isComplete(world, size, name)),
  );

/**
 * A seed unchokes in the order of its neighbours, from where it was last. A step in which somebody is unchoked is a round; one that
 * chokes alone may as well be a connection that begins anew. @public
 */
export function nobodyPassedOver(size: Size): Claimed {
  const seeds = size.names.filter(isSeedName);
  const turns = derivePeer(({ turn, halves }: PeerContext) => ({ turn, halves }));
  return alwaysStep(
    titled('W6r', 'a seed that goes round passes nobody over who is interested'),
    (before: World, after: World) =>
      seeds.every((name) => {
        const [then, now] = [turns(before, name), turns(after, name)];
        if (then === undefined || now === undefined || then === now) return true;
        const isRound =
          then.turn !== now.turn || then.halves.some((half, at) => half?.choking && now.halves[at]?.choking === false);
        const places = then.halves.length;
        const distance = (at: number) => (at - then.turn - 1 + 2 * places) % places;
        return (
          !isRound ||
          then.halves.every(
            (half, at) =>
              !isOpen(half) || !half.wanted || distance(at) > distance(now.turn) || now.halves[at]?.choking !== true,
          )
        );
      }),
  );
}

/** @public */
export const lateBlock: Claimed = sometimes('a block comes that is not asked for any more', (world: World) =>
  world
    .inFlight()
    .some(
      ({ to, message }) =>
        message.type === 'piece' && (halvesOf(world, to) ?? []).every((half) => (half?.out ?? none) === none),
    ),
);

/** What is never lost, never invented and never taken back. */

import { nameOf } from '../../models/chord/index.js';
import {
  acknowledged,
  contextOf,
  failed,
  holdersOf,
  holds,
  type Items,
  isWhole,
  type KeysPeers,
  type KeysWorld,
  mayLeave,
  ringOf,
  serversOf,
} from '../../models/chord-keys/index.js';
import { liesIn, placeOf } from '../../models/consistent-hashing/index.js';
import {
  always,
  alwaysStep,
  derive,
  type Envelope,
  type Message,
  type Property,
  whenQuiet,
} from '../../src/kernel/index.js';
import { titled } from '../common/law.js';

/** @public */
export type Claimed = Property<KeysPeers, true>;

/** @internal */
export type Size = { readonly bits: number; readonly r: number };

const promised = derive((world): Items => acknowledged(world as unknown as KeysWorld));

/** Given that fewer than r members fail from one time at which the network is whole to the next. @public */
export const noKeyLost: Claimed = always(
  titled('NoKeyLost', 'every acknowledged version, or a newer one, is with some member that is up'),
  (world) => {
    const { ids } = ringOf(world);
    return Object.entries(promised(world)).every(([key, version]) => ids.some((id) => holds(world, id, key, version)));
  },
);

/** Equal versions mean equal values: a version is put once. @public */
export const noInvention: Claimed = always(
  titled('NoInvention', 'what a get finds was put under that key, or is nothing'),
  (world) =>
    world.inFlight('client').every(({ message: { type, key, version } }) => {
      const issued = world.peers.client?.issued[String(key)] ?? [];
      return type !== 'found' || version === 0 || issued.includes(Number(version));
    }),
);

/** A member that has handed a key over to its predecessor does not keep it, when there is one copy of each. @public */
export const versionsRise: Claimed = alwaysStep(
  titled('VersionsRise', 'the version of a key at a member never falls, but that it hands the key over'),
  (before, after) =>
    ringOf(before).ids.every((id) => {
      const was = contextOf(before, id);
      const is = contextOf(after, id);
      if (was === undefined || is === undefined || was.items === is.items) return true;
      return Object.entries(was.items).every(([key, version]) => {
        const now = is.items[key];
        if (now !== undefined) return now >= version;
        const place = placeOf(key, was.bits);
        return was.r === 1 && is.pred !== null && was.pred !== null && liesIn(was.pred, place, is.pred);
      });
    }),
);

/** Without failures; with them, who takes over from a dead member may serve what a joiner got from that one. @public */
export const oneServer: Claimed = always(
  titled('OneServer', 'two members serve the same key only while one hands it over to the other'),
  (world) =>
    Object.keys(promised(world)).every((key) => {
      const servers = serversOf(world, key);
      const handsOver = (a: number, b: number) => contextOf(world, a)?.heir === b;
      return servers.every((a) => servers.every((b) => a === b || handsOver(a, b) || handsOver(b, a)));
    }),
);

/** @public */
export const oneOwnerAtRest = ({ bits }: Size): Claimed =>
  whenQuiet(
    titled('OneOwner', 'when nothing is left to do but to leave, the first member at or after a key serves it, alone'),
    (world) => {
      const { ids, members } = ringOf(world);
      if (ids.some((id) => mayLeave(world, id))) return true;
      return Object.keys(promised(world)).every((key) => {
        const place = placeOf(key, bits);
        const owner = members.find((id) => id >= place) ?? members[0];
        const servers = serversOf(world, key);
        return servers.length === 1 && servers[0] === owner;
      });
    },
  );

/** @public */
export const wholeAtRest = (size: Size): Claimed =>
  whenQuiet(
    titled(
      'InPlace',
      'when nothing is left to do but to leave, each acknowledged version is with its owner and the r-1 after that one',
    ),
    (world) => isWhole(world, size) || ringOf(world).ids.some((id) => mayLeave(world, id)),
  );

/** Whoever asked before may have been told of a member that no longer has to do with the key. @public */
export const wholeFinds = (size: Size): Claimed =>
  alwaysStep(
    titled(
      'Found',
      'while the network is whole a key’s owner and those with copies answer with the newest acknowledged version',
    ),
    (before, after) => {
      const answers = newAnswers(before, after);
      return (
        answers.length === 0 || !isWhole(before, size) || answers.every((answer) => isNewest(before, answer, size))
      );
    },
  );

function isNewest(world: KeysWorld, { from, message }: Envelope, { bits, r }: Size): boolean {
  const key = String(message.key);
  const isHolder = holdersOf(key, ringOf(world), bits, r).includes(Number(from));
  return !isHolder || Number(message.version) >= (promised(world)[key] ?? 0);
}

const newAnswers = (before: KeysWorld, after: KeysWorld): readonly Envelope[] => {
  const found = (world: KeysWorld) => world.inFlight('client').filter(({ message }) => message.type === 'found');
  const [was, is] = [found(before), found(after)];
  return is.length > was.length ? is : [];
};

/** Only what belongs to the joiner, and all of it; only from the member after it. @public */
export const onlyTheArcMoves: Claimed = alwaysStep(
  titled(
    'OnlyTheArcMoves',
    'a joiner is handed the keys after its predecessor up to its own place, by its successor unless that failed, and no others',
  ),
  (before, after) =>
    ringOf(after).ids.every((to) => {
      const handed = (world: KeysWorld) => world.inFlight(nameOf(to)).filter(({ message }) => message.type === 'keys');
      const [was, is] = [handed(before), handed(after)];
      if (is.length <= was.length) return true;
      return is
        .filter((one) => !was.includes(one))
        .every(({ from, message }) => isHisArc(before, Number(from), to, message));
    }),
);

function isHisArc(before: KeysWorld, from: number, to: number, { items: told }: Message): boolean {
  const giver = contextOf(before, from);
  if (giver === undefined || giver.pred === null) return false;
  const { pred, bits, items } = giver;
  const isTheirs = (key: string) => liesIn(pred, placeOf(key, bits), to);
  const handed = told as Items;
  const between = ringOf(before).members.filter((id) => id !== from && id !== to && liesIn(to, id, from));
  return (
    (between.length === 0 || failed(before) > 0) &&
    [...Object.keys(items), ...Object.keys(handed)].every(
      (key) => handed[key] === (isTheirs(key) ? items[key] : undefined),
    )
  );
}

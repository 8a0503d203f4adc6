/** The suite of keys on the Chord ring. */

import { bitsFor, chordKeys, type KeysMutant, type KeysOptions, mutants } from '../../models/chord-keys/index.js';
import { keysView } from '../../models/chord-keys/view.js';
import { seeded } from '../../models/mutant.js';
import type { Claim, Suite, Values } from '../../src/kernel/index.js';
import { answered, becomesWhole, canBecomeWhole, findsAnyway, findsWhatWasPut } from './progress.js';
import * as safety from './safety.js';
import * as witness from './witnesses.js';

/** A ring of two of three; what is to happen is added. */
const still = {
  n: 3,
  founders: 2,
  r: 1,
  keys: 1,
  puts: 0,
  gets: 0,
  leaves: 0,
  crashes: 0,
  losses: 0,
  network: 'unordered',
} as const satisfies KeysOptions;

function claims(options: KeysOptions): readonly Claim[] {
  const { n, founders, r, puts, gets, leaves, crashes, losses } = options;
  const size = { r, bits: bitsFor(n) };
  const joins = n > founders;
  const failures = crashes > 0 && r > 1;
  const properties = [
    safety.noKeyLost,
    safety.versionsRise,
    safety.oneOwnerAtRest(size),
    safety.wholeAtRest(size),
    becomesWhole(size),
    canBecomeWhole(size),
    ...(failures ? [] : [safety.oneServer]),
    ...(joins
      ? [safety.onlyTheArcMoves, witness.keysMove, witness.twoServe, witness.wholeAfterJoin(size, founders)]
      : []),
    ...(puts > 0 ? [witness.putAcknowledged] : []),
    ...(puts > 0 && joins ? [witness.putMeanwhile] : []),
    ...(gets > 0 ? [safety.noInvention, safety.wholeFinds(size), findsWhatWasPut(size)] : []),
    ...(gets > 0 && failures && crashes < r && !joins && leaves + losses === 0 ? [findsAnyway(size)] : []),
    ...(gets > 0 && puts > 0 ? [witness.getsFound] : []),
    ...(gets + puts > 0 ? [answered] : []),
    ...(gets + puts > 0 && joins ? [witness.goesAstray] : []),
    // A joiner that fails before it has taken part would be witness enough.
    ...(failures && n > r && !joins ? [witness.wholeAfterFailure(size)] : []),
    ...(failures && gets > 0 ? [witness.copyServes(size)] : []),
    ...(failures && puts > 0 ? [witness.livesOn(size)] : []),
    ...(failures && crashes >= r && n > r && !joins ? [witness.failsAgain] : []),
    ...(failures && joins ? [witness.handedAgain] : []),
    ...(leaves > 0 && n > r ? [witness.wholeAfterLeave(size)] : []),
    ...(leaves > 0 && joins && n > 2 && r === 1 ? [witness.givenHome] : []),
  ];
  return properties.map((property) => ({ property }));
}

const integer = (doc: string, value: number, min: number, max: number) =>
  ({ type: 'integer', doc, default: value, min, max }) as const;

/** @public */
export const suite: Suite = {
  model: 'chord-keys',
  summary: 'keys on the Chord ring: hand-over, copies on r members, put and get under churn',
  parameters: {
    n: integer('identifiers, each a peer that may take part', still.n, 1, 8),
    founders: integer('members of the first ring', still.founders, 1, 8),
    r: integer('copies of each key', still.r, 1, 4),
    keys: integer('how many keys there are', still.keys, 1, 4),
    puts: integer('how often the client may put', still.puts, 0, 4),
    gets: integer('how often the client may get', still.gets, 0, 4),
    leaves: integer('how many members may leave', still.leaves, 0, 8),
    crashes: integer('how many members may fail', still.crashes, 0, 8),
    losses: integer('how many messages may be lost', still.losses, 0, 4),
    network: {
      type: 'choice',
      doc: 'how messages travel',
      default: still.network,
      options: ['fifo', 'unordered'],
    },
  },
  configurations: {
    join: {
      doc: 'one copy of each of two keys, a joiner, a lost message',
      quick: true,
      set: { ...still, keys: 2, puts: 1, gets: 1, losses: 1 },
    },
    joins: {
      doc: 'two joiners, one of whom may take from the other',
      quick: true,
      set: { ...still, n: 4, puts: 1, losses: 1 },
    },
    leave: { doc: 'a joiner, and one who leaves', quick: true, set: { ...still, puts: 1, gets: 1, leaves: 1 } },
    fail: {
      doc: 'two copies, and two failures, the second when the first is repaired',
      quick: true,
      set: { ...still, n: 4, founders: 4, r: 2, puts: 1, gets: 1, crashes: 2 },
    },
    r3: {
      doc: 'three copies, and two failures at once',
      quick: true,
      set: { ...still, n: 4, founders: 4, r: 3, gets: 1, crashes: 2 },
    },
    churn: {
      doc: 'two copies, a joiner, a failure and a lost message',
      quick: true,
      set: { ...still, r: 2, gets: 1, crashes: 1, losses: 1 },
    },
    put: { doc: 'two copies, a joiner and a failure during a put', set: { ...still, r: 2, puts: 1, crashes: 1 } },
    double: { doc: 'two copies, two joiners and a failure', set: { ...still, n: 4, r: 2, crashes: 1 } },
    large: {
      doc: 'two copies, and one of everything: a put, a joiner, one who leaves, a failure',
      set: { ...still, r: 2, puts: 1, leaves: 1, crashes: 1 },
    },
  },
  system: (values) => chordKeys(optionsOf(values)),
  claims: (values) => claims(optionsOf(values)),
  view: (frames, { n }) => keysView(Number(n))(frames),
  mutants: seeded<KeysMutant>(mutants, ({ values, variation }) => chordKeys({ ...values, variation })),
};

const optionsOf = (values: Values): KeysOptions => {
  const number = (name: string) => Number(values[name]);
  return {
    n: number('n'),
    founders: number('founders'),
    r: number('r'),
    keys: number('keys'),
    puts: number('puts'),
    gets: number('gets'),
    leaves: number('leaves'),
    crashes: number('crashes'),
    losses: number('losses'),
    network: values.network === 'fifo' ? 'fifo' : 'unordered',
  };
};

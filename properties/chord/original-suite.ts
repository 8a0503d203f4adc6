/**
 * What is claimed of the original Chord, and which of it is known to be false. Zave found that none of the seven properties
 * which the papers call invariants is one (ACM CCR 42(2), 2012); for each the table says from which size on, and how soon.
 */

import {
  chordOriginal,
  type OriginalContext,
  type OriginalMutant,
  type OriginalOptions,
  originalMutants,
  originalRing,
} from '../../models/chord/index.js';
import { originalView } from '../../models/chord/views.js';
import { seeded } from '../../models/mutant.js';
import type { Claim, Parameter, Suite, Values } from '../../src/kernel/index.js';
import { state } from '../common/law.js';
import { idealIn } from './ideal.js';
import { antecedentPredecessors, avenger, pointersOf } from './predecessors.js';
import {
  idealOfAll,
  idealStays,
  originalSettled,
  quietIsIdeal,
  quietRingIsIdeal,
  recovers,
  stabilizes,
} from './progress.js';
import { ringLaws } from './rings.js';
import {
  distinctSuccessors,
  oneLiveSuccessor,
  orderedSuccessors,
  reachableSuccessor2,
  validSuccessorList,
} from './successors.js';

/** What refutes a law: the least circle and what else must be allowed, with the moves of the shortest counterexample. */
interface Refutation {
  readonly n: number;
  readonly rejoin?: true;
  /** A repair that must be missing. */
  readonly without?: 'jfix' | 'sfix';
  /** Absent where no counterexample keeps notifications within the operation that sends them. */
  readonly atomic?: number;
  /** Absent where it is not known; an atomic counterexample is also one with a delivery after each notification. */
  readonly split?: number;
}

/** Order is of no account: the shortest that applies is the one that a search finds. */
const refutations: Readonly<Record<string, readonly Refutation[]>> = {
  OrderedMerges: [{ n: 3, atomic: 4, split: 5 }],
  OrderedAppendages: [
    { n: 3, rejoin: true, atomic: 9, split: 10 },
    { n: 4, atomic: 9, split: 11 },
  ],
  ValidSuccessorList: [{ n: 3, atomic: 8, split: 10 }],
  AtMostOneRing: [
    { n: 3, rejoin: true, atomic: 11, split: 14 },
    { n: 4, atomic: 13, split: 17 },
  ],
  OrderedRing: [
    { n: 3, rejoin: true, atomic: 13, split: 15 },
    { n: 5, atomic: 16 },
  ],
  AtLeastOneRing: [
    { n: 2, without: 'sfix', atomic: 4, split: 5 },
    { n: 3, without: 'jfix', atomic: 7, split: 8 },
  ],
  ConnectedAppendages: [
    { n: 2, without: 'sfix', atomic: 4, split: 5 },
    { n: 3, without: 'jfix', atomic: 6, split: 7 },
  ],
  OneLiveSuccessor: [
    { n: 2, without: 'sfix', atomic: 4, split: 5 },
    { n: 3, without: 'jfix', atomic: 6, split: 7 },
  ],
  DistinctSuccessors: [{ n: 2, atomic: 5, split: 6 }],
  OrderedSuccessors: [{ n: 3, atomic: 5, split: 6 }],
  ReachableSuccessor2: [
    { n: 3, atomic: 9, split: 11 },
    { n: 3, rejoin: true, atomic: 9, split: 10 },
    { n: 3, without: 'sfix', atomic: 8, split: 10 },
  ],
  AntecedentPredecessors: [
    { n: 2, rejoin: true, split: 9 },
    { n: 3, rejoin: true, atomic: 6, split: 8 },
  ],
  Avenger: [
    { n: 3, rejoin: true, atomic: 9, split: 11 },
    { n: 3, rejoin: true, without: 'sfix', atomic: 8, split: 10 },
    { n: 4, atomic: 9, split: 12 },
  ],
  Recoverable: [
    { n: 2, without: 'sfix', atomic: 4, split: 5 },
    { n: 3, without: 'jfix', atomic: 6, split: 7 },
    { n: 3, rejoin: true, atomic: 15, split: 17 },
    { n: 4, atomic: 13, split: 17 },
  ],
  NonIdealImpliesChangeEnabled: [
    { n: 2, without: 'sfix', atomic: 5 },
    { n: 3, without: 'jfix', atomic: 7 },
    { n: 3, rejoin: true, atomic: 21 },
    { n: 4, atomic: 21 },
  ],
};

/** A larger circle and more freedom only add counterexamples. The lengths were measured up to here. */
const isMeasured = ({ n, rejoin, split, jfix, sfix }: OriginalOptions): boolean =>
  n <= (rejoin || !jfix || !sfix ? 3 : split ? 4 : 5);

function expected(name: string, options: OriginalOptions): Pick<Claim, 'expect' | 'length'> {
  const applying = (refutations[name] ?? []).filter(
    ({ n, rejoin, without, atomic }) =>
      n <= options.n &&
      (rejoin === undefined || options.rejoin) &&
      (without === undefined || !options[without]) &&
      (atomic !== undefined || options.split),
  );
  if (applying.length === 0) return {};
  const lengths = applying.flatMap(({ atomic, split }) => (options.split ? split : atomic) ?? []);
  return isMeasured(options) && lengths.length > 0
    ? { expect: 'violated', length: Math.min(...lengths) }
    : { expect: 'violated' };
}

/** Two members are too few for these to be at stake. */
const needsThree = ['OrderedRing', 'OrderedAppendages', 'OrderedMerges'];

const pointers = pointersOf(originalRing);
const ideal = idealIn(originalRing, pointers, 2);

const laws = [
  ...[
    ...ringLaws,
    validSuccessorList,
    distinctSuccessors,
    orderedSuccessors,
    reachableSuccessor2,
    oneLiveSuccessor,
  ].map((law) => state(law, originalRing)),
  ...[antecedentPredecessors, avenger].map((law) => state(law, pointers)),
];

/** The members' own moves; of deliveries there are none unless notifications take time. */
const upkeep = ['stabilize', 'flush', 'update', 'reconcile', 'deliver'];

const recovery = recovers(ideal, upkeep);

const expectOf = ({ expect }: Pick<Claim, 'expect'>): Pick<Claim, 'expect'> => (expect === undefined ? {} : { expect });

function claims(options: OriginalOptions): readonly Claim[] {
  return [
    ...laws.map(({ name, property }): Claim => ({ property, ...expected(name, options), source })),
    // With notifications on their way the original is never quiet either.
    ...(options.split
      ? []
      : [
          {
            property: quietIsIdeal(ideal),
            ...expected('NonIdealImpliesChangeEnabled', options),
          },
          { property: quietRingIsIdeal(originalRing, ideal), source },
        ]),
    { property: idealStays<OriginalContext>(originalRing, ideal, originalSettled), source },
    { property: recovery.property, ...expected('Recoverable', options), source },
    // Where there is a way back, upkeep takes it sooner or later.
    { property: stabilizes(ideal, upkeep), ...expectOf(expected('Recoverable', options)) },
    { property: recovery.witness },
    ...laws.map(
      ({ name, witness }): Claim =>
        options.n < 3 && needsThree.includes(name)
          ? { property: witness, expect: 'neverWitnessed' }
          : { property: witness },
    ),
    { property: idealOfAll(originalRing, ideal) },
  ];
}

const source = 'Zave, chordfull.als';

const yesNo = (doc: string, value: boolean): Parameter => ({ type: 'boolean', doc, default: value });

const published = { n: 3, rejoin: true, split: false, jfix: true, sfix: true } satisfies OriginalOptions;

/** @public */
export const originalSuite: Suite = {
  model: 'chord-orig',
  summary: 'The original Chord, whose ring comes apart: atomic operations, successor lists of two entries',
  parameters: {
    n: { type: 'integer', doc: 'identifiers on the circle', default: published.n, min: 2, max: 6 },
    rejoin: yesNo('whether an identifier that failed may join again', published.rejoin),
    split: yesNo('whether a notification is heard some time after it was sent', published.split),
    jfix: yesNo('whether join asks if the successor is live', published.jfix),
    sfix: yesNo('whether stabilize asks if the new successor is live', published.sfix),
  },
  configurations: {
    reuse: { doc: 'identifiers are used again: the shortest counterexamples', quick: true, set: published },
    'no-reuse': { doc: 'who failed is gone for good', quick: true, set: { ...published, n: 4, rejoin: false } },
    split: { doc: 'notifications take time', quick: true, set: { ...published, split: true } },
    unrepaired: {
      doc: 'as it was published, without either repair',
      quick: true,
      set: { ...published, jfix: false, sfix: false },
    },
    large: { doc: 'five identifiers, none used again', set: { ...published, n: 5, rejoin: false } },
  },
  system: (values) => chordOriginal(optionsOf(values)),
  claims: (values) => claims(optionsOf(values)),
  view: (frames, { n }) => originalView(Number(n))(frames),
  mutants: seeded<OriginalMutant>(originalMutants, ({ values, variation = {} }) =>
    chordOriginal({ ...values, variation }),
  ),
};

const optionsOf = ({ n, rejoin, split, jfix, sfix }: Values): OriginalOptions => ({
  n: Number(n),
  rejoin: rejoin === true,
  split: split === true,
  jfix: jfix === true,
  sfix: sfix === true,
});

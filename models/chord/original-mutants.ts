/**
 * The original Chord got wrong: rows of a catalogue of mistakes, published ones for the most part. Those that change nothing, or
 * too little, are the protocol itself, which is a wrong sibling of the corrected one.
 */
import type { Seeded } from '../mutant.js';
import { askingForBoth, bestMember } from './best.js';
import { between } from './identifiers.js';
import { isLive } from './observe.js';
import { originalMember, unrepaired } from './original.js';
import type { OriginalOptions, OriginalVariation } from './system.js';

type Size = Omit<OriginalOptions, 'variation'> & Seeded['values'];

/** @public */
export interface OriginalMutant extends Seeded<Size> {
  /** Nothing: the protocol as it was published, with both repairs. */
  readonly variation?: OriginalVariation;
}

const chordfull = 'Zave, chordfull.als';
const ccr = 'Zave, ACM CCR 42(2), 2012';
const stableBase = 'Zave, arXiv:1502.06461, 2015: a stable base alone';

const asPublished = { rejoin: false, split: false, jfix: true, sfix: true };
const reusing = { ...asPublished, rejoin: true };

/** @public */
export const originalMutants = {
  P1: {
    doc: 'stabilize adopts its successor’s predecessor without asking whether it is live',
    values: { ...asPublished, n: 2 },
    variation: { machine: unrepaired({ join: false, stabilize: true }) },
    kills: { AtLeastOneRing: 4, ConnectedAppendages: 4, OneLiveSuccessor: 4, Recoverable: 4 },
    source: chordfull,
  },
  P2: {
    doc: 'join takes a successor without asking whether it is live',
    values: { ...asPublished, n: 3 },
    variation: { machine: unrepaired({ join: true, stabilize: false }) },
    kills: { ConnectedAppendages: 6, AtLeastOneRing: 7, Recoverable: 6 },
    source: chordfull,
  },
  P3: {
    doc: 'the protocol with both repairs: two rings, for ever',
    values: { ...asPublished, n: 4 },
    kills: { AtMostOneRing: 13, Recoverable: 13 },
    source: ccr,
  },
  P4: {
    doc: 'the same, begun by r+1 members that never fail',
    values: { ...asPublished, n: 6 },
    variation: { base: [0, 2, 4] },
    kills: { OrderedRing: 12, AtMostOneRing: 14, Recoverable: 12 },
    source: stableBase,
  },
  'P4-reuse': {
    doc: 'the same, where an identifier that failed may join again',
    values: { ...reusing, n: 5 },
    variation: { base: [0, 1, 3] },
    kills: { OrderedRing: 14, AtMostOneRing: 14 },
    source: stableBase,
  },
  P5: {
    doc: 'the protocol with both repairs: an appendage merges at the wrong place',
    values: { ...asPublished, n: 3 },
    kills: { OrderedMerges: 4 },
    source: ccr,
  },
  P6: {
    doc: 'the protocol with both repairs: a list skips a live member that its antecedent has',
    values: { ...asPublished, n: 3 },
    kills: { ValidSuccessorList: 8 },
    source: ccr,
  },
  P7: {
    doc: 'the "best" version: join and stabilize take the second successor along with the first',
    values: { ...reusing, n: 3 },
    variation: { machine: bestMember, distort: askingForBoth },
    kills: {
      DistinctSuccessors: 1,
      OrderedSuccessors: 1,
      ReachableSuccessor2: 7,
      Avenger: 8,
      AtMostOneRing: 11,
      OrderedRing: 13,
      Recoverable: 14,
    },
    source: 'Zave, chordbestccr.pml',
  },
  P8: {
    doc: 'reconcile asks whether the second successor is live, which helps nothing',
    values: { ...reusing, n: 3 },
    variation: {
      distort: (world, event) => (event.type === 'reconcile' && !isLive(world, Number(event.succ)) ? null : event),
    },
    kills: { AtMostOneRing: 11, OrderedRing: 13, Recoverable: 15 },
    source: 'weft, LEVEL_2_RESULTS.md',
  },
  X2: {
    doc: 'nobody ever reconciles',
    values: { ...asPublished, n: 3 },
    variation: { distort: (_, event) => (event.type === 'reconcile' ? null : event) },
    kills: { NonIdealImpliesChangeEnabled: 1, ValidRingIsImprovable: 1, Recoverable: 0, Stabilizes: 1 },
  },
  X4: {
    doc: 'a member takes itself for a closer successor than the one that names it as predecessor',
    values: { ...asPublished, n: 3 },
    variation: {
      machine: originalMember.provide({
        guards: {
          prdcIsCloser: ({ context: { id, succ } }, { prdc, prdcIsLive }) =>
            succ !== null && prdc !== null && (prdc === id || between(id, prdc, succ)) && prdcIsLive,
        },
      }),
    },
    kills: { AtMostOneRing: 3, AntecedentPredecessors: 3, OrderedAppendages: 5, IdealImpliesNoChangeEnabled: 6 },
  },
} as const satisfies Readonly<Record<string, OriginalMutant>>;

/**
 * What is claimed of the corrected Chord, and holds: the invariant that Zave proved, and what follows from it, each checked
 * by itself so that a mistake in one cannot hide in the others.
 */

import {
  chordZave,
  type ZaveContext,
  type ZaveMutant,
  type ZaveOptions,
  zaveMutants,
  zaveRing,
} from '../../models/chord/index.js';
import { zaveView } from '../../models/chord/views.js';
import { seeded } from '../../models/mutant.js';
import type { Claim, Suite, Values } from '../../src/kernel/index.js';
import { state } from '../common/law.js';
import { correctedLaws, needTwoEntries } from './corrected.js';
import { idealIn } from './ideal.js';
import { pointersOf } from './predecessors.js';
import { lossOfPrincipal } from './principals.js';
import {
  idealOfAll,
  idealStays,
  recovers,
  stabilizes,
  stabilizesInTime,
  zaveProgress,
  zaveSettled,
} from './progress.js';

const pointers = pointersOf(zaveRing);

/** The members' own moves. */
const upkeep = ['stabilizeFromSuccessor', 'stabilizeFromPredecessor', 'rectify'];

function claims({ r, patient = false }: ZaveOptions): readonly Claim[] {
  const ideal = idealIn(zaveRing, pointers, r);
  const laws = [
    ...correctedLaws(r).map((law) => state(law, zaveRing)),
    lossOfPrincipal(r, zaveRing),
    zaveProgress(r, zaveRing, pointers, ideal),
    recovers(ideal, upkeep),
  ];
  return [
    ...laws.map(({ property }): Claim => ({ property, source })),
    { property: idealStays<ZaveContext>(zaveRing, ideal, zaveSettled), source },
    // A notification that interrupts its hearer can do so for ever: weak fairness does not see to it that a round ends.
    { property: stabilizes(ideal, upkeep), ...(patient ? {} : { expect: 'violated' }) },
    { property: stabilizesInTime(ideal, upkeep), source },
    ...laws.map(
      ({ name, witness }): Claim =>
        r === 1 && needTwoEntries.includes(name)
          ? { property: witness, expect: 'neverWitnessed' }
          : { property: witness },
    ),
    { property: idealOfAll(zaveRing, ideal) },
  ];
}

const source = 'Zave, IEEE TSE 43(12), 2017; correctChord.als';

const five = { n: 5, r: 2, rejoin: false, patient: false } satisfies ZaveOptions;

/** @public */
export const zaveSuite: Suite = {
  model: 'chord-zave',
  summary: 'Chord as corrected by Zave: atomic operations, successor lists of r entries',
  parameters: {
    n: { type: 'integer', doc: 'identifiers on the circle, at least r+2', default: five.n, min: 3, max: 8 },
    r: { type: 'integer', doc: 'entries of a successor list', default: five.r, min: 1, max: 4 },
    rejoin: { type: 'boolean', doc: 'whether an identifier that failed may join again', default: five.rejoin },
    patient: { type: 'boolean', doc: 'whether a notification waits and interrupts nobody', default: five.patient },
  },
  configurations: {
    five: { doc: 'five identifiers', quick: true, set: five },
    reuse: { doc: 'four identifiers, used again', quick: true, set: { ...five, n: 4, rejoin: true } },
    patient: { doc: 'notifications that interrupt nobody', quick: true, set: { ...five, patient: true } },
    r3: { doc: 'six identifiers, successor lists of three', quick: true, set: { ...five, n: 6, r: 3 } },
    large: { doc: 'six identifiers', set: { ...five, n: 6 } },
    'large-reuse': { doc: 'five identifiers, used again', set: { ...five, rejoin: true } },
  },
  system: (values) => chordZave(optionsOf(values)),
  claims: (values) => claims(optionsOf(values)),
  view: (frames, { n }) => zaveView(Number(n))(frames),
  mutants: seeded<ZaveMutant>(zaveMutants, ({ values, variation }) => chordZave({ ...values, variation })),
};

const optionsOf = ({ n, r, rejoin, patient }: Values): ZaveOptions => ({
  n: Number(n),
  r: Number(r),
  rejoin: rejoin === true,
  patient: patient === true,
});

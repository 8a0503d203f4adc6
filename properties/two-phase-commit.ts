/** What is claimed of two-phase commit: nobody ends up apart from the others, and a decision stays one. */

import { seeded } from '../models/mutant.js';
import {
  mutants,
  type TwoPhaseMutant,
  type TwoPhasePeers,
  twoPhaseCommit,
  type Variant,
} from '../models/two-phase-commit/index.js';
import {
  always,
  alwaysStep,
  derive,
  type Property,
  type Suite,
  sometimes,
  type Values,
  type World,
  whenQuiet,
} from '../src/kernel/index.js';

type TwoPhaseWorld = World<TwoPhasePeers, false>;
type Claimed = Property<TwoPhasePeers, false>;

/** Where everybody stands; the transaction manager's own state is not among them. */
const standings = derive((world) => world.names.filter((name) => name !== 'tm').map((name) => world.state(name)));

const committed = (world: TwoPhaseWorld) => standings(world).includes('committed');
const aborted = (world: TwoPhaseWorld) => standings(world).includes('aborted');
const working = (world: TwoPhaseWorld) => standings(world).includes('working');
const allAre = (world: TwoPhaseWorld, state: string) => standings(world).every((one) => one === state);

/** `TCConsistent` of the specification. @public */
export const consistent: Claimed = always(
  'no resource manager commits while another aborts',
  (w) => !(committed(w) && aborted(w)),
);

/** @public */
export const unanimous: Claimed = always(
  'nothing is committed before everybody is prepared',
  (w) => !(committed(w) || w.state('tm') === 'committed') || !(working(w) || aborted(w)),
);

/** @public */
export const agreed: Claimed = whenQuiet('when nothing is left to do, everybody has done what was decided', (w) =>
  allAre(w, String(w.state('tm'))),
);

/** @public */
export const decisionIsFinal: Claimed = alwaysStep(
  'a decision is final',
  (before, after) => before.state('tm') === 'init' || before.state('tm') === after.state('tm'),
);

const staysIn = (state: string): Claimed =>
  alwaysStep(`who has ${state} stays ${state}`, (before, after) =>
    before.names.every((name) => before.state(name) !== state || after.state(name) === state),
  );

/** @public */
export const committedIsStable: Claimed = staysIn('committed');
/** @public */
export const abortedIsStable: Claimed = staysIn('aborted');

/** @public */
export const commits: Claimed = sometimes('everybody commits', (w) => allAre(w, 'committed'));
/** @public */
export const aborts: Claimed = sometimes('everybody aborts', (w) => allAre(w, 'aborted'));
/** @public */
export const giveUp: Claimed = sometimes('one that was prepared is told to abort', (w) =>
  w.peers.tm.prepared.some((name) => w.state(name) === 'aborted'),
);

const gray = 'Gray and Lamport, Consensus on transaction commit, 2006';

const rmsOf = (values: Values): number => Number(values.rms);

const sized = (rms: number, doc: string) => ({ doc, set: { rms } });

/** @public */
export const suite: Suite = {
  model: 'two-phase-commit',
  summary: 'Two-phase commit over a message set, as in the TLA+ specification TwoPhase',
  parameters: {
    rms: { type: 'integer', doc: 'how many resource managers', default: 5, min: 2, max: 10 },
  },
  configurations: {
    five: { ...sized(5, '8,832 states'), quick: true },
    three: sized(3, '288 states'),
    seven: sized(7, '296,448 states'),
    eight: sized(8, '1,745,408 states'),
  },
  system: (values) => twoPhaseCommit({ rms: rmsOf(values) }),
  claims: (values) => [
    { property: consistent, source: `${gray}: TCConsistent` },
    { property: unanimous, source: gray },
    { property: agreed },
    { property: decisionIsFinal },
    { property: committedIsStable },
    { property: abortedIsStable },
    // Each prepares and hears the decision, and is heard before it.
    { property: commits, length: 3 * rmsOf(values) + 1 },
    { property: aborts, length: rmsOf(values) },
    { property: giveUp, length: 4 },
  ],
  mutants: seeded<TwoPhaseMutant>(mutants, ({ values }, name) =>
    twoPhaseCommit({ rms: rmsOf(values), variant: name as Variant }),
  ),
};

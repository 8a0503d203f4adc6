/**
 * What is claimed of the corrected Chord whose queries take time: the laws of the atomic protocol, of the lists that count.
 * They hold as long as a busy member answers nobody. Two neighbours show what the two conditions are for: without the rule
 * they are broken, and judged by the lists that members have at the moment they seem to be.
 */

import type { EventsContext } from '../../models/chord/events.js';
import { type EventsMutant, eventsMutants } from '../../models/chord/events-mutants.js';
import { chordEvents, type EventsOptions, eventsRing, eventsUpkeep } from '../../models/chord/events-system.js';
import type { ChordPeers, ChordWorld } from '../../models/chord/index.js';
import { zaveView } from '../../models/chord/views.js';
import { seeded } from '../../models/mutant.js';
import type { Claim, Suite, Values } from '../../src/kernel/index.js';
import { state } from '../common/law.js';
import { correctedLaws } from './corrected.js';
import { idealIn } from './ideal.js';
import { pointersOf } from './predecessors.js';
import { lossOfPrincipal } from './principals.js';
import { idealOfAll, idealStays, recovers, stabilizes, stabilizesInTime, zaveProgress } from './progress.js';

/** The least circle on which a neighbour of the protocol breaks a law, and the moves of the shortest counterexample. */
interface Refutation {
  readonly when: 'visible' | 'hasty';
  readonly r: number;
  readonly n: number;
  readonly length: number;
}

const visibleAlone = { when: 'visible', r: 1, n: 3, length: 9 } as const;
const visibleAll = { when: 'visible', r: 2, n: 5, length: 17 } as const;

/** As measured on circles of up to r+3 identifiers, for lists of three up to r+2. */
const refutations: Readonly<Record<string, readonly Refutation[]>> = {
  OneLiveSuccessor: [visibleAlone, visibleAll],
  PrincipalsInRing: [visibleAlone, visibleAll],
  AtLeastOneRing: [visibleAlone, visibleAll],
  ConnectedAppendages: [visibleAlone, visibleAll],
  SufficientPrincipals: [visibleAll, { when: 'hasty', r: 2, n: 5, length: 11 }],
  NoDuplicates: [
    { ...visibleAll, length: 19 },
    { when: 'hasty', r: 2, n: 5, length: 15 },
  ],
  LossOfPrincipal: [
    { ...visibleAll, length: 16 },
    { when: 'hasty', r: 1, n: 4, length: 8 },
    { when: 'hasty', r: 2, n: 5, length: 10 },
  ],
  IdealImpliesNoChangeEnabled: [
    { when: 'visible', r: 2, n: 4, length: 13 },
    { when: 'visible', r: 3, n: 5, length: 13 },
    { when: 'hasty', r: 3, n: 5, length: 15 },
  ],
};

function expected(name: string, { n, r, busy, failures }: EventsOptions): Pick<Claim, 'expect' | 'length'> {
  const applies = { visible: failures === 'visible', hasty: !busy && failures === 'effective' };
  const known = (refutations[name] ?? []).filter((known) => applies[known.when] && known.r === r && known.n <= n);
  if (known.length === 0) return {};
  const isMeasured = (busy || !applies.visible) && n <= (r === 3 ? 5 : r + 3);
  return isMeasured
    ? { expect: 'violated', length: Math.min(...known.map(({ length }) => length)) }
    : { expect: 'violated' };
}

/** What is on its way changes nothing where all is as it should be: no old answer, no old notification. @public */
export const eventsSettled = (world: ChordWorld<EventsContext>): boolean =>
  world.names.every((name) => {
    const member = world.peers[name];
    if (member === undefined) return true;
    const { id, prdc, saved, answer, notifier } = member;
    const isOld = answer !== null && 'prdc' in answer && answer.prdc !== id;
    return saved === null && !isOld && (notifier === null || notifier === prdc);
  });

/** With lists of one entry: nothing to order or to repeat, and nobody to turn to when that one is dead. */
const isNeverAtStake = (name: string, { r, failures }: EventsOptions): boolean =>
  r === 1 &&
  (['OrderedSuccessorLists', 'NoDuplicates'].includes(name) ||
    (name === 'OneLiveSuccessor' && failures === 'effective'));

function claims(options: EventsOptions): readonly Claim[] {
  const { n, r, busy, failures } = options;
  const ring = eventsRing[failures];
  const pointers = pointersOf(ring);
  const ideal = idealIn(ring, pointers, r);
  const laws = [
    ...correctedLaws(r).map((law) => state(law, ring)),
    lossOfPrincipal<ChordPeers<EventsContext>, true>(r, ring),
    zaveProgress(r, ring, pointers, ideal),
    recovers(ideal, eventsUpkeep),
  ];
  return [
    ...laws.map(({ name, property }): Claim => ({ property, ...expected(name, options), source })),
    {
      property: idealStays<EventsContext>(ring, ideal, eventsSettled),
      ...expected('IdealImpliesNoChangeEnabled', options),
    },
    // Nobody is told later what it asked a busy member, and of two notifications the newer is kept: whoever always comes at
    // the wrong moment never gets through, though every member goes on with its rounds.
    { property: stabilizes(ideal, eventsUpkeep), expect: 'violated' },
    { property: stabilizesInTime(ideal, eventsUpkeep), ...(busy || n > r + 2 ? { expect: 'violated' as const } : {}) },
    ...laws.map(
      ({ name, witness }): Claim =>
        isNeverAtStake(name, options) ? { property: witness, expect: 'neverWitnessed' } : { property: witness },
    ),
    { property: idealOfAll(ring, ideal) },
  ];
}

const source = 'Zave, IEEE TSE 43(12), 2017; the conditions on queries: Verdi Chord';

const four = { n: 4, r: 2, busy: true, failures: 'effective' } satisfies EventsOptions;
const five = { ...four, n: 5 } satisfies EventsOptions;

/** @public */
export const eventsSuite: Suite = {
  model: 'chord-msg',
  summary: 'Chord as corrected by Zave, whose queries take time: one event answers, another applies',
  parameters: {
    n: { type: 'integer', doc: 'identifiers on the circle, at least r+2', default: four.n, min: 3, max: 6 },
    r: { type: 'integer', doc: 'entries of a successor list', default: four.r, min: 1, max: 3 },
    busy: { type: 'boolean', doc: 'whether a busy member answers nobody', default: four.busy },
    failures: {
      type: 'choice',
      doc: 'the lists by which failures and laws are judged: with every answer that was given, or as members have them',
      default: four.failures,
      options: ['effective', 'visible'],
    },
  },
  configurations: {
    four: { doc: 'four identifiers', quick: true, set: four },
    r3: { doc: 'five identifiers, successor lists of three', quick: true, set: { ...five, r: 3 } },
    'visible-r1': {
      doc: 'three identifiers, lists of one entry, judged as members have them: a false alarm in few moves',
      quick: true,
      set: { ...four, n: 3, r: 1, failures: 'visible' },
    },
    large: { doc: 'five identifiers', set: five },
    visible: { doc: 'five identifiers, judged by the lists that members have', set: { ...five, failures: 'visible' } },
    hasty: { doc: 'five identifiers, and busy members answer', set: { ...five, busy: false } },
  },
  system: (values) => chordEvents(optionsOf(values)),
  claims: (values) => claims(optionsOf(values)),
  view: (frames, { n }) => zaveView(Number(n))(frames),
  mutants: seeded<EventsMutant>(eventsMutants, ({ values, options, variation }) =>
    chordEvents({ ...values, ...options, ...(variation && { variation }) }),
  ),
};

const optionsOf = ({ n, r, busy, failures }: Values): EventsOptions => ({
  n: Number(n),
  r: Number(r),
  busy: busy === true,
  failures: failures === 'visible' ? 'visible' : 'effective',
});

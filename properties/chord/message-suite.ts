/**
 * What is claimed of the corrected Chord with real messages: the laws of the atomic protocol, of the lists that count. They
 * hold as long as nobody is taken for dead who is not, and nobody answers while it waits. That members come to wait for each
 * other in a circle, all of them, is kept from happening only by a limit on how many stabilize at a time; without it the ring
 * is safe, and stands still.
 */

import type { MemberContext } from '../../models/chord/message-member.js';
import { type MessageMutant, messageMutants } from '../../models/chord/message-mutants.js';
import { chordMessages, type MessageOptions, trusting } from '../../models/chord/message-system.js';
import { effectiveRing } from '../../models/chord/message-view.js';
import type { ChordPeers } from '../../models/chord/observe.js';
import { messageView } from '../../models/chord/views.js';
import { seeded } from '../../models/mutant.js';
import { type Claim, type Property, type Suite, stable, type Values } from '../../src/kernel/index.js';
import { state, titled } from '../common/law.js';
import { correctedLaws, needTwoEntries } from './corrected.js';
import { idealIn } from './ideal.js';
import { noCircularWait, selfPredecessor, waitsOf } from './message-laws.js';
import { pointersOf } from './predecessors.js';
import { lossOfPrincipal } from './principals.js';
import { idealOfAll, recovers, stabilizes } from './progress.js';

/** The members' own moves. */
const upkeep = ['deliver', 'timeout'];

const pointers = pointersOf(effectiveRing);

function claims({ r, rounds, busy }: Pick<MessageOptions, 'r' | 'rounds' | 'busy'>): readonly Claim[] {
  const yields = busy === 'yields';
  const ideal = idealIn(effectiveRing, pointers, r);
  const laws = [
    ...correctedLaws(r).map((law) => state(law, effectiveRing)),
    lossOfPrincipal<ChordPeers<MemberContext>, true>(r, effectiveRing),
    state(selfPredecessor, pointers),
    // Where no question is put off there is nothing to wait for.
    ...(yields ? [] : [state(noCircularWait, waitsOf)]),
    recovers(ideal, upkeep),
  ];
  const timely: Property = stable(
    titled(
      'StabilizesInTime',
      'once churn stops and whoever may begin a round now and again does, the network becomes ideal and stays so',
    ),
    (world) => ideal(world),
    { weak: ['deliver'], strong: ['timeout'], ceases: ['join', 'crash'] },
  );
  // r+1 members in a circle, each with a round of its own, wait for each other.
  const stands = rounds > r && !yields ? ({ expect: 'violated' } as const) : {};
  // Who yields can do so for ever, if whom it asks begins a round of its own each time just before: chance alone sees to that.
  const late = rounds > r ? ({ expect: 'violated' } as const) : {};
  const needsRest = ['NoCircularWait', 'Recoverable'];
  return [
    ...laws.map(
      ({ name, property }): Claim => ({
        property,
        source: sources[name] ?? zave,
        ...(needsRest.includes(name) ? stands : {}),
      }),
    ),
    // Members that may begin a round only while few others are within one can be kept from it by these for ever.
    { property: stabilizes(ideal, upkeep), expect: 'violated' },
    { property: timely, ...late },
    ...laws.map(
      ({ name, witness }): Claim =>
        r === 1 && needTwoEntries.includes(name)
          ? { property: witness, expect: 'neverWitnessed' }
          : { property: witness },
    ),
    { property: idealOfAll(effectiveRing, ideal) },
  ];
}

const zave = 'Zave, IEEE TSE 43(12), 2017; correctChord.als';

const sources: { readonly [law: string]: string } = {
  SelfPredecessor: 'Mace, services/Chord/Chord.mac',
  NoCircularWait: 'Verdi-Chord, systems/chord-props/QueriesEventuallyStop.v, which assumes it',
};

const four = { ...trusting, n: 4, r: 2, rounds: 2 } as const;

/** @public */
export const messageSuite: Suite = {
  model: 'chord-net',
  summary: 'Chord as corrected by Zave, with real messages: requests, answers, timers, and members that are busy',
  parameters: {
    n: { type: 'integer', doc: 'identifiers on the circle, at least r+2', default: four.n, min: 3, max: 8 },
    r: { type: 'integer', doc: 'entries of a successor list', default: four.r, min: 1, max: 4 },
    rounds: {
      type: 'integer',
      doc: 'how many members may stabilize at a time; more than r can come to wait in a circle',
      default: four.rounds,
      min: 1,
      max: 8,
    },
    network: {
      type: 'choice',
      doc: 'whether messages from one peer to another stay in order',
      default: four.network,
      options: ['fifo', 'unordered'],
    },
    lose: { type: 'integer', doc: 'messages that are lost', default: four.lose, min: 0, max: 3 },
    duplicate: { type: 'integer', doc: 'messages that arrive twice', default: four.duplicate, min: 0, max: 3 },
    matched: {
      type: 'boolean',
      doc: 'whether an answer is matched with its request, and not known by its sender alone',
      default: four.matched,
    },
    timeouts: {
      type: 'choice',
      doc: 'whether a request times out only when its answer is certain not to come',
      default: four.timeouts,
      options: ['certain', 'any'],
    },
    busy: {
      type: 'choice',
      doc: 'whether who asks a busy member waits for its answer, or gives its round up',
      default: four.busy,
      options: ['waits', 'yields'],
    },
    failures: {
      type: 'choice',
      doc: 'whether the lists that count decide who may fail, or those that the members have',
      default: four.failures,
      options: ['effective', 'visible'],
    },
    lastWords: {
      type: 'choice',
      doc: 'whether what a member said before it failed is still delivered',
      default: four.lastWords,
      options: ['kept', 'lost'],
    },
  },
  configurations: {
    four: { doc: 'three founders and a joiner, two of whom may stabilize at a time', quick: true, set: four },
    crowd: { doc: 'the same, and all may stabilize at a time', quick: true, set: { ...four, rounds: 4 } },
    yields: {
      doc: 'all may stabilize at a time, and who asks a busy member gives its round up',
      quick: true,
      set: { ...four, rounds: 4, busy: 'yields' },
    },
    unordered: {
      doc: 'messages overtake each other, one member stabilizes at a time',
      quick: true,
      set: { ...four, rounds: 1, network: 'unordered' },
    },
    twice: {
      doc: 'two founders and a joiner, lists of one; a message arrives twice, and answers are matched with requests',
      quick: true,
      set: { ...four, n: 3, r: 1, rounds: 1, duplicate: 1, matched: true },
    },
    r1: { doc: 'two founders and two joiners, lists of one', set: { ...four, r: 1, rounds: 1 } },
    large: {
      doc: 'three founders and two joiners, one of whom stabilizes at a time',
      set: { ...four, n: 5, rounds: 1 },
    },
    r3: { doc: 'four founders and a joiner, lists of three', set: { ...four, n: 5, r: 3, rounds: 3 } },
  },
  system: (values) => chordMessages(optionsOf(values)),
  claims: (values) => claims(optionsOf(values)),
  view: (frames, { n }) => messageView(Number(n))(frames),
  mutants: seeded<MessageMutant>(messageMutants, ({ values, options, variation }) =>
    chordMessages({ ...values, ...options, ...(variation === undefined ? {} : { variation }) }),
  ),
};

const optionsOf = ({
  n,
  r,
  rounds,
  network,
  lose,
  duplicate,
  matched,
  timeouts,
  busy,
  failures,
  lastWords,
}: Values): MessageOptions => ({
  n: Number(n),
  r: Number(r),
  rounds: Number(rounds),
  network: network === 'unordered' ? 'unordered' : 'fifo',
  lose: Number(lose),
  duplicate: Number(duplicate),
  matched: matched === true,
  timeouts: timeouts === 'any' ? 'any' : 'certain',
  busy: busy === 'yields' ? 'yields' : 'waits',
  failures: failures === 'visible' ? 'visible' : 'effective',
  lastWords: lastWords === 'lost' ? 'lost' : 'kept',
});

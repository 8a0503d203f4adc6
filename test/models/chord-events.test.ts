/**
 * Chord whose queries take time: one member's machine, the sizes of the network, what its two neighbours break and how soon, and
 * the story of a false alarm.
 */
import { describe, expect, test } from 'vitest';
import { getInitialSnapshot, transition } from 'xstate';
import {
  type EventsContext,
  type EventsEvent,
  effectiveList,
  eventsMember,
  hastyMember,
} from '../../models/chord/events.js';
import { chordEvents, eventsRing } from '../../models/chord/events-system.js';
import { eventsSuite } from '../../properties/chord/events-suite.js';
import { atLeastOneRing, oneLiveSuccessor } from '../../properties/chord.js';
import { state } from '../../properties/common/law.js';
import { expectedOf, type Values } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';
import { trialsOf, tryOut } from '../../src/run/mutants.js';
import { notified, play } from '../support/chord-story.js';

const base: EventsContext = { id: 3, n: 8, list: [5, 7], prdc: 1, saved: null, answer: null, notifier: null };

/** State, then what became of the context, then whom it notified; `refused` without a transition. */
function outcome(value: string, context: Partial<EventsContext>, event: EventsEvent, machine = eventsMember) {
  const before = machine.resolveState({ value: value as 'idle', context: { ...base, ...context } });
  if (!before.can(event)) return 'refused';
  const [next, actions] = transition(machine, before, event);
  const { id: _, n: __, ...rest } = next.context;
  return [next.value, rest, ...notified(actions)];
}

const { id: _, n: __, ...resting } = base;
const told = { list: [6, 7], prdc: 3 };
const silence = { answer: null };
const notification: EventsEvent = { type: 'notify', id: 2, from: '2' };

describe('a member', () => {
  test('joins with the whole list of the member that it asked', () => {
    const outside = getInitialSnapshot(eventsMember, { id: 3, n: 8 });
    const [next] = transition(eventsMember, outside, { type: 'join', via: 1, list: [5, 7] });
    expect([next.value, next.context]).toEqual(['idle', base]);
    expect(outside.can({ type: 'join', via: 1, list: [2, 5] })).toBe(false);
    expect(outside.can(notification)).toBe(false);
  });

  test('keeps the answer of its successor, whose list counts from then on', () => {
    expect(outcome('idle', {}, { type: 'askSuccessor', answer: told })).toEqual([
      'answered',
      { ...resting, answer: told },
    ]);
    expect(effectiveList({ ...base, answer: told })).toEqual([5, 6]);
    expect(effectiveList(base)).toEqual([5, 7]);
  });

  test('applies it, and ends its round with a notification', () => {
    expect(outcome('answered', { answer: told }, { type: 'apply' })).toEqual([
      'idle',
      { ...resting, list: [5, 6] },
      '5',
    ]);
  });

  test('goes on to its successor’s predecessor where that is closer, and lets a notification go for it', () => {
    const context = { answer: { list: [6, 7], prdc: 4 }, notifier: 2 };
    expect(outcome('answered', context, { type: 'apply' })).toEqual([
      'stabilizing',
      { ...resting, list: [5, 6], saved: 4 },
    ]);
  });

  test('adopts that, and notifies it', () => {
    const answer = { list: [5, 6] };
    const asking: EventsEvent = { type: 'askPredecessor', answer };
    expect(outcome('stabilizing', { saved: 4 }, asking)).toEqual(['adopting', { ...resting, saved: 4, answer }]);
    expect(effectiveList({ ...base, saved: 4, answer })).toEqual([4, 5]);
    expect(outcome('adopting', { saved: 4, answer }, { type: 'apply' })).toEqual([
      'idle',
      { ...resting, list: [4, 5] },
      '4',
    ]);
  });

  test('knows at once that somebody is dead', () => {
    expect(outcome('idle', {}, { type: 'askSuccessor', ...silence })).toEqual([
      'idle',
      { ...resting, list: [7, 0] },
      '7',
    ]);
    expect(outcome('stabilizing', { saved: 4 }, { type: 'askPredecessor', ...silence })).toEqual([
      'idle',
      resting,
      '5',
    ]);
  });

  test('looks at the newest notification as soon as its round is over', () => {
    expect(outcome('idle', {}, notification)).toEqual(['notified', { ...resting, notifier: 2 }]);
    expect(outcome('notified', { notifier: 0 }, notification)).toEqual(['notified', { ...resting, notifier: 2 }]);
    expect(outcome('answered', { answer: told, notifier: 2 }, { type: 'apply' })).toEqual([
      'notified',
      { ...resting, list: [5, 6], notifier: 2 },
      '5',
    ]);
    expect(outcome('notified', { notifier: 2 }, { type: 'askSuccessor', answer: told })).toBe('refused');
  });

  test('takes no notification in the second half of a round', () => {
    const answer = { list: [5, 6] };
    for (const value of ['stabilizing', 'adopting'])
      expect(outcome(value, { saved: 4, answer }, notification)).toBe('refused');
  });

  test('adopts a predecessor that is closer, or any if its own is dead', () => {
    const rectify = (notifier: number, prdcIsLive: boolean) => {
      const [value, context] = outcome('notified', { notifier }, { type: 'rectify', prdcIsLive });
      return [value, context];
    };
    expect(rectify(2, true)).toEqual(['idle', { ...resting, prdc: 2 }]);
    expect(rectify(0, true)).toEqual(['idle', resting]);
    expect(rectify(0, false)).toEqual(['idle', { ...resting, prdc: 0 }]);
  });

  test('does so while an answer waits only if it is hasty', () => {
    const context = { answer: told, notifier: 2 };
    const rectify: EventsEvent = { type: 'rectify', prdcIsLive: true };
    expect(outcome('answered', context, rectify)).toBe('refused');
    const hasty = hastyMember as unknown as typeof eventsMember;
    expect(outcome('answered', context, rectify, hasty)).toEqual(['answered', { ...resting, prdc: 2, answer: told }]);
  });
});

const right = { busy: true, failures: 'effective' } as const;
const hasty = { busy: false, failures: 'effective' } as const;
const visible = { busy: true, failures: 'visible' } as const;

/** Those of lists of two were also reached by an explorer in another language, written from the definitions alone. */
test.each([
  [{ n: 3, r: 1, ...right }, [274, 772, 13]],
  [{ n: 4, r: 1, ...right }, [14_985, 62_308, 26]],
  [{ n: 4, r: 2, ...right }, [4_762, 18_329, 21]],
  [{ n: 5, r: 2, ...right }, [666_749, 3_499_013, 39]],
  [{ n: 5, r: 3, ...right }, [34_678, 157_362, 29]],
  [{ n: 4, r: 2, ...hasty }, [10_635, 57_050, 23]],
  [{ n: 4, r: 2, ...visible }, [4_588, 17_237, 22]],
] as const)('states, transitions and depth of %o', (options, counts) => {
  const { coverage } = check(chordEvents(options), []);
  expect([coverage.kind, coverage.states, coverage.transitions, coverage.depth]).toEqual(['exhaustive', ...counts]);
});

/** Violated claims by the word before the colon, with the moves of each counterexample. */
function violations(values: Values, ...words: readonly string[]) {
  const properties = eventsSuite.claims(values).map(({ property }) => property);
  const asked = properties.filter(({ name }) => words.includes(name.split(':')[0] as string));
  const { findings } = check(eventsSuite.system(values), asked, { stopWhenDecided: true });
  return Object.fromEntries(
    findings.map(({ property, verdict, trace }) => [property.split(':')[0], [verdict, trace?.moves.length]]),
  );
}

test('judged by the lists that members have, the ring seems to be lost', () => {
  expect(violations({ n: 5, r: 2, ...visible }, 'OneLiveSuccessor', 'SufficientPrincipals', 'AtLeastOneRing')).toEqual({
    OneLiveSuccessor: ['violated', 17],
    SufficientPrincipals: ['violated', 17],
    AtLeastOneRing: ['violated', 17],
  });
});

test('where busy members answer, too few principals are left', () => {
  expect(violations({ n: 5, r: 2, ...hasty }, 'LossOfPrincipal', 'SufficientPrincipals')).toEqual({
    LossOfPrincipal: ['violated', 10],
    SufficientPrincipals: ['violated', 11],
  });
});

/** What was found where a claim says otherwise. */
function surprises(values: Values) {
  const claims = eventsSuite.claims(values);
  const { findings } = check(
    eventsSuite.system(values),
    claims.map(({ property }) => property),
  );
  return claims.flatMap((claim, at) => {
    const { property, verdict, trace } = findings[at] ?? {};
    const isExpected =
      verdict === expectedOf(claim) && (claim.length === undefined || claim.length === trace?.moves.length);
    return isExpected ? [] : [{ property, verdict, length: trace?.moves.length }];
  });
}

test.each([
  { n: 3, r: 1, ...right },
  { n: 3, r: 1, ...hasty },
  { n: 3, r: 1, ...visible },
  { n: 3, r: 1, ...visible, busy: false },
  { n: 4, r: 2, ...right },
  { n: 4, r: 2, ...hasty },
  { n: 4, r: 2, ...visible },
  { n: 4, r: 2, ...visible, busy: false },
])('claims of %o', (values) => expect(surprises(values)).toEqual([]));

test('successor lists that are too long for the circle are refused', () => {
  expect(() => chordEvents({ n: 4, r: 3, ...right })).toThrow('a circle of 4 identifiers cannot be checked');
});

describe('a false alarm', () => {
  const story = [
    ...['3: join via 2', '4: join via 3', '4: askSuccessor', '4: apply', '0: rectify notifier 4'],
    ...[
      '2: askSuccessor',
      '2: apply',
      '2: askPredecessor',
      '2: apply',
      '1: askSuccessor',
      '2: askSuccessor',
      '1: apply',
    ],
    // 2 is told [0,1] by 3, and will have [3,0] as its list: without 3, and without 0 then, nobody who is live.
    ...['2: apply', '2: askPredecessor', '3: crash', '0: crash', '2: apply'],
  ];

  test('two members fail whom an answer on its way had named', () => {
    const { falseAfter, end } = play(chordEvents({ n: 5, r: 2, ...visible }), story, 'ring 0 1 2');
    for (const law of [oneLiveSuccessor, atLeastOneRing]) {
      expect(falseAfter(state(law, eventsRing.effective).property)).toBe(16);
      expect(falseAfter(state(law, eventsRing.visible).property)).toBe(17);
    }
    expect(story).toHaveLength(17);
    expect(end).toBe('1:[2,4] p=0 2:[3,0] p=1 4:[0,1] p=3');
  });

  test('by the lists that count, the second of them may not', () => {
    const playing = () => play(chordEvents({ n: 5, r: 2, ...right }), story, 'ring 0 1 2');
    expect(playing).toThrow("move 16 '0: crash' is not enabled");
  });
});

describe('mutants on four identifiers', () => {
  const trials = trialsOf(eventsSuite, () => []).filter(({ values }) => Number(values.n) <= 4);

  test.each(trials.map((trial) => [trial.mutant.name, trial] as const))('%s', (_name, trial) => {
    const { findings } = tryOut(trial);
    const kills = trial.claims.flatMap((claim, at) => {
      const { verdict, trace } = findings[at] ?? {};
      const moves = verdict === 'neverWitnessed' ? 'never' : trace?.moves.length;
      return verdict === expectedOf(claim) ? [] : [[claim.property.name.split(':')[0], moves]];
    });
    expect(Object.fromEntries(kills)).toMatchObject(trial.mutant.kills);
    expect(kills.length === 0).toBe(trial.mutant.survivor === true);
  });
});

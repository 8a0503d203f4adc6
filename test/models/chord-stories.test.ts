/** The published counterexamples and the shortest known ones, replayed move by move: each law is false exactly when they say. */
import { describe, expect, test } from 'vitest';
import { chordOriginal, chordZave, originalRing, zaveMutants, zaveRing } from '../../models/chord/index.js';
import * as laws from '../../properties/chord.js';
import { type Law, state } from '../../properties/common/law.js';
import { heard, play } from '../support/chord-story.js';

const published = { n: 4, rejoin: false, split: true, jfix: true, sfix: true };
const shortest = { n: 3, rejoin: true, split: false, jfix: true, sfix: true };

type Ring = ReturnType<typeof originalRing>;
const ofOriginal = (law: Law<Ring>) => state(law, originalRing).property;
const ofZave = (law: Law<Ring>) => state(law, zaveRing).property;

/** A round of stabilizing whose notification is heard at once. */
const round = (id: number, successor: number) => [`${id}: stabilize`, heard(id, successor)];

describe('the counterexamples of chordfull.als, in which hearing a notification is a move', () => {
  const ringOf = (a: number, b: number) => [`${b}: join via ${a}`, ...round(b, a), ...round(a, b)];

  test('OrderedMerges', () => {
    const story = [...ringOf(0, 3), '1: join via 0', '2: join via 0', ...round(1, 3), ...round(2, 3), ...round(0, 2)];
    const { falseAfter, end } = play(chordOriginal(published), story);
    expect(story).toHaveLength(13);
    expect(falseAfter(ofOriginal(laws.orderedMerges))).toBe(12);
    expect(end).toBe('0:[2,-] p=3 1:[3,-] p=- 2:[3,-] p=0 3:[0,-] p=2');
  });

  test('OrderedAppendages', () => {
    const joins = ['1: join via 0', '2: join via 0', '3: join via 0'];
    const rounds = [...round(2, 0), ...round(0, 2), ...round(3, 0), ...round(1, 3)];
    const failure = ['2: reconcile', '3: reconcile', '0: crash', '2: update', '3: update', ...round(3, 2)];
    // The nineteenth event there is a flush that changes nothing, which here is not a move.
    const { falseAfter } = play(chordOriginal(published), [...joins, ...rounds, ...failure]);
    expect(falseAfter(ofOriginal(laws.orderedAppendages))).toBe(14);
  });

  test('ValidSuccessorList', () => {
    const story = [
      ...ringOf(0, 2),
      ...['1: join via 0', '1: reconcile', '3: join via 2'],
      ...round(3, 0),
      ...round(2, 3),
      '0: reconcile',
      ...round(1, 2),
      ...round(0, 1),
      ...['2: crash', '1: update'],
    ];
    const { falseAfter, end } = play(chordOriginal(published), story);
    expect(story).toHaveLength(19);
    expect(falseAfter(ofOriginal(laws.validSuccessorList))).toBe(16);
    // 3 lives, and nobody's list has it.
    expect(end).toBe('0:[1,3] p=3 1:[0,-] p=0 3:[0,-] p=2');
  });

  test('ConnectedAppendages, without the repair of join', () => {
    const story = [...ringOf(0, 2), '0: reconcile', '2: crash', '1: join via 0', '0: update'];
    const { falseAfter } = play(chordOriginal({ ...published, jfix: false }), story);
    expect(story).toHaveLength(9);
    expect(falseAfter(ofOriginal(laws.connectedAppendages))).toBe(8);
    expect(() => play(chordOriginal(published), story)).toThrow("move 8 '1: join via 0' is not enabled");
  });

  test('AtLeastOneRing, without the repair of stabilize', () => {
    const story = [...ringOf(0, 2), '1: join via 0', ...round(1, 2), '1: crash', ...round(0, 1), '2: flush'];
    const { falseAfter } = play(chordOriginal({ ...published, sfix: false }), story);
    expect(story).toHaveLength(12);
    expect(falseAfter(ofOriginal(laws.atLeastOneRing))).toBe(10);
  });
});

describe('the shortest counterexamples, in which it is not', () => {
  const merged = ['1: join via 0', '2: join via 0', '2: stabilize', '0: stabilize'];

  test('OrderedMerges', () => {
    const { falseAfter, end } = play(chordOriginal(shortest), merged);
    expect(falseAfter(ofOriginal(laws.orderedMerges))).toBe(4);
    expect(end).toBe('0:[2,-] p=2 1:[0,-] p=- 2:[0,-] p=0');
  });

  test('OrderedAppendages', () => {
    const then = ['1: reconcile', '2: reconcile', '0: crash', '2: update', '0: join via 2'];
    const { falseAfter } = play(chordOriginal(shortest), [...merged, ...then]);
    expect(falseAfter(ofOriginal(laws.orderedAppendages))).toBe(9);
  });

  test('ValidSuccessorList', () => {
    const { falseAfter, end } = play(chordOriginal(shortest), [
      ...['1: join via 0', '2: join via 0', '0: reconcile', '1: stabilize', '0: stabilize', '1: reconcile'],
      ...['2: stabilize', '1: stabilize'],
    ]);
    expect(falseAfter(ofOriginal(laws.validSuccessorList))).toBe(8);
    expect(end).toBe('0:[1,0] p=2 1:[2,1] p=0 2:[0,-] p=1');
  });

  test('AntecedentPredecessors', () => {
    const pointers = laws.pointersOf(originalRing);
    const { falseAfter } = play(chordOriginal(shortest), [
      ...['1: join via 0', '2: join via 0', '2: stabilize', '1: stabilize', '1: crash', '1: join via 0'],
    ]);
    expect(falseAfter(state(laws.antecedentPredecessors, pointers).property)).toBe(6);
  });

  test('ConnectedAppendages and AtLeastOneRing, without the repair of join', () => {
    const { falseAfter } = play(chordOriginal({ ...shortest, jfix: false }), [
      ...['1: join via 0', '1: stabilize', '0: stabilize', '1: reconcile', '0: crash', '2: join via 1', '1: crash'],
    ]);
    expect(falseAfter(ofOriginal(laws.connectedAppendages))).toBe(6);
    expect(falseAfter(ofOriginal(laws.atLeastOneRing))).toBe(7);
  });

  test('AtLeastOneRing, without the repair of stabilize', () => {
    const story = ['1: join via 0', '1: stabilize', '1: crash', '0: stabilize'];
    const { falseAfter, end } = play(chordOriginal({ ...shortest, n: 2, sfix: false }), story);
    expect(falseAfter(ofOriginal(laws.atLeastOneRing))).toBe(4);
    expect(end).toBe('0:[1,-] p=1');
  });
});

describe('the corrected protocol, got wrong', () => {
  const first = (id: number) => `${id}: stabilizeFromSuccessor`;
  const second = (id: number) => `${id}: stabilizeFromPredecessor`;
  const rectify = (id: number, notifier: number) => `${id}: rectify notifier ${notifier}`;
  const wrong = (id: keyof typeof zaveMutants, story: readonly string[], start = 'ring 0 1 2') =>
    play(chordZave({ ...zaveMutants[id].values, variation: zaveMutants[id].variation }), story, start);

  test('S1: too few principals', () => {
    const { falseAfter, end } = wrong(
      'S1',
      [
        ...['2: join via 1', '0: crash', first(3), '4: join via 3', rectify(1, 3), first(4)],
        ...['1: crash', first(3), rectify(2, 3), first(2), first(4), '3: crash'],
      ],
      'ring 0 1 3',
    );
    expect(falseAfter(ofZave(laws.sufficientPrincipals(2)))).toBe(2);
    expect(falseAfter(ofZave(laws.atMostOneRing))).toBe(12);
    expect(end).toMatch(/^2:\[3,2\] .* 4:\[3,4\]/);
  });

  test('S3: somebody is left without a live entry', () => {
    const { falseAfter } = wrong('S3', [
      ...['3: join via 2', '4: join via 2', first(3), rectify(0, 3), first(2), first(4), rectify(0, 4), first(3)],
      ...[second(3), second(2), '3: crash', '4: crash'],
    ]);
    expect(falseAfter(ofZave(laws.oneLiveSuccessor))).toBe(12);
  });

  test('S4: a joiner with one entry', () => {
    const { falseAfter, end } = wrong('S4', [
      ...['4: join via 2', first(4), rectify(0, 4), first(2), second(2), '4: crash', '3: join via 2'],
    ]);
    expect(falseAfter(ofZave(laws.connectedAppendages))).toBe(7);
    expect(end).toMatch(/2:\[4,0\] p=1 3:\[4\] p=2$/);
  });

  test('S7: a joiner that is its own successor', () => {
    const { falseAfter, end } = wrong('S7', [
      ...['3: join via 2', first(3), rectify(0, 3), first(2), second(2), '3: crash', '3: join via 2'],
    ]);
    expect(falseAfter(ofZave(laws.sufficientPrincipals(2)))).toBe(7);
    expect(end).toMatch(/3:\[3,0\] p=2$/);
  });
});

/** Deletion: needless moves go, the verdict stays, and a piece takes along what hangs on it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { watcher } from '../../src/check/watch.js';
import { intentOf, type Model, type Property, type Trace } from '../../src/kernel/index.js';
import { withoutNeedless } from '../../src/shrink/deletion.js';
import { Rehearsal } from '../../src/shrink/rehearsal.js';
import { follow, operation, timer, toyModel, valued, valuedStep } from '../support/toy-model.js';

/** `key` must be turned three times before `door` opens; the rest is noise. */
const house = toyModel({
  names: ['key', 'door', 'noise'],
  rules: [
    operation('key', 'turn', ([key = 0, door = 0, noise = 0]) => [key + 1, door, noise]),
    operation('door', 'open', ([key = 0, door = 0, noise = 0]) => (key >= 3 ? [key, door + 1, noise] : undefined)),
    operation('door', 'shut', ([key = 0, door = 0, noise = 0]) => (door > 0 ? [key, door - 1, noise] : undefined)),
    timer('noise', 'bark', ([key = 0, door = 0, noise = 0]) => [key, door, (noise + 1) % 3]),
  ],
});

/** The trace of a list of naturals up to the move that decides the property. */
function traceOf(model: Model, property: Property, choices: readonly number[]): Trace {
  const { moves } = follow(model, 0, choices);
  const trace = new Rehearsal(model, property, watcher(model)).play(0, moves.map(intentOf));
  if (trace === undefined) throw new Error('the behaviour does not decide the property');
  return trace;
}

const shrink = (model: Model, property: Property, trace: Trace) =>
  withoutNeedless(new Rehearsal(model, property, watcher(model)), trace);

const operations = ({ moves }: Trace) => moves.map((move) => (move.kind === 'operation' ? move.operation : move.kind));

describe('deletion', () => {
  const shut = valued('always', 'the door is shut', ([, door = 0]) => door === 0);

  test('leaves what is needed, in its order', () => {
    // turn, bark x 4, turn, turn, bark, turn, bark, open
    const trace = traceOf(house, shut, [0, 1, 1, 1, 1, 0, 0, 2, 0, 2, 1]);
    expect(trace.moves).toHaveLength(11);
    const shorter = shrink(house, shut, trace);
    expect(operations(shorter)).toEqual(['turn', 'turn', 'turn', 'open']);
    expect(follow(house, 0, shorter.choices).moves).toEqual(shorter.moves);
  });

  test('takes along what is no longer enabled', () => {
    const twice = valued('sometimes', 'the key is turned twice and the dog has barked', ([key = 0, , noise = 0]) => {
      return key >= 2 && noise === 1;
    });
    // turn x 2, bark x 3, turn, open, shut, bark
    const trace = traceOf(house, twice, [0, 0, 1, 1, 1, 0, 1, 2, 2]);
    expect(operations(shrink(house, twice, trace)).sort()).toEqual(['timeout', 'turn', 'turn']);
  });

  test('works on thousands of moves', () => {
    const many = valued('always', 'the key is turned less than twenty times', ([key = 0]) => key < 20);
    // One turn in a hundred; the dog barks meanwhile, which is choice 1 as long as the door cannot be opened.
    const choices = Array.from({ length: 2000 }, (_, i) => (i % 100 === 0 ? 0 : i < 200 ? 1 : 2));
    const trace = traceOf(house, many, choices);
    expect(trace.moves.length).toBeGreaterThan(1800);
    expect(operations(shrink(house, many, trace))).toEqual(Array.from({ length: 20 }, () => 'turn'));
  });

  test('never changes the verdict, and leaves no move that could go alone', () => {
    const properties = [
      shut,
      valued('sometimes', 'three barks and a turn', ([key = 0, , noise = 0]) => key > 0 && noise === 2),
      valuedStep('the door is not shut again', ([, before = 0], [, after = 0]) => after >= before),
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...properties),
        fc.array(fc.nat({ max: 3 }), { maxLength: 60 }),
        (property, wishes) => {
          const rehearsal = new Rehearsal(house, property, watcher(house));
          const meant = wishes.map((wish) => ['turn', 'open', 'shut', 'bark'][wish]);
          const long = rehearsal.play(
            0,
            meant.map((name) => intents.get(name ?? '') ?? ''),
          );
          fc.pre(long !== undefined);
          const short = withoutNeedless(rehearsal, long);
          const again = rehearsal.play(0, short.moves.map(intentOf));
          expect(again).toEqual(short);
          expect(short.moves.length).toBeLessThanOrEqual(long.moves.length);
          for (const left of short.moves.keys()) {
            const rest = short.moves.filter((_, i) => i !== left).map(intentOf);
            expect(rehearsal.play(0, rest)).toBeUndefined();
          }
        },
      ),
    );
  });
});

const intents = new Map<string, string>([
  ['turn', intentOf({ kind: 'operation', peer: 'key', operation: 'turn', args: {}, event: { type: 'turn' } })],
  ['open', intentOf({ kind: 'operation', peer: 'door', operation: 'open', args: {}, event: { type: 'open' } })],
  ['shut', intentOf({ kind: 'operation', peer: 'door', operation: 'shut', args: {}, event: { type: 'shut' } })],
  ['bark', intentOf({ kind: 'timeout', peer: 'noise', timer: 'bark' })],
]);

describe('an intent', () => {
  const asked = { kind: 'operation', peer: '1', operation: 'stabilize', args: { with: 2 } } as const;

  test('leaves out what was observed, but not the choice', () => {
    const one = intentOf({ ...asked, event: { type: 'stabilize', seen: [1, 2] } });
    expect(intentOf({ ...asked, event: { type: 'stabilize', seen: [3] } })).toBe(one);
    expect(intentOf({ ...asked, args: { with: 3 }, event: { type: 'stabilize', seen: [1, 2] } })).not.toBe(one);
  });

  test('is the message and its link, for what travels', () => {
    const heard = { kind: 'deliver', from: 'a', to: 'b', message: { type: 'data', bit: 0 } } as const;
    const same = intentOf({ ...heard, message: { bit: 0, type: 'data' } });
    expect(same).toBe(intentOf(heard));
    for (const other of [{ from: 'c' }, { to: 'c' }, { message: { type: 'data', bit: 1 } }, { kind: 'lose' as const }])
      expect(intentOf({ ...heard, ...other })).not.toBe(same);
  });
});

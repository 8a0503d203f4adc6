/**
 * What a client of the Chord store puts and gets, as histories of registers. While nobody comes or goes they are linearizable; that
 * they are not under churn is what the model's README says, and here it is seen.
 */
import { expect, test } from 'vitest';
import { type ClientContext, chordKeys, type KeysOptions } from '../../models/chord-keys/index.js';
import { type Call, checkLinearizable, type SequentialSpec } from '../../src/conform/index.js';
import { type Model, Moves } from '../../src/kernel/index.js';
import { compose } from '../../src/system/index.js';
import { chance } from '../support/random.js';

type Asked = NonNullable<ClientContext['request']>;

/** Each key is a register that holds a version; in the beginning the one that everybody has. */
const store = (model: Model): SequentialSpec<{ readonly [key: string]: number }, Asked, number> => ({
  start: clientOf(model, (model.starts[0] as Model['starts'][number]).state).acked,
  after: (state, { kind, key, version }, output) => {
    if (kind === 'put') return [{ ...state, [key]: version }];
    return output === undefined || output === (state[key] ?? 0) ? [state] : [];
  },
  part: ({ key }) => key,
});

const clientOf = (model: Model, state: Int32Array): ClientContext =>
  model.picture(state).peers.find(({ name }) => name === 'client')?.context as unknown as ClientContext;

/** A behaviour of so many random moves, as its client saw it; times are moves. */
function historyOf(model: Model, seed: number, moves: number): readonly Call<Asked, number>[] {
  const { below } = chance(seed);
  const calls: Call<Asked, number>[] = [];
  const enabled = new Moves();
  const state = (model.starts[below(model.starts.length)] as Model['starts'][number]).state.slice();
  let { request } = clientOf(model, state);
  for (let called = 0, now = 1; now <= moves; now++) {
    model.expand(state, enabled);
    if (enabled.count === 0) break;
    const choice = below(enabled.count);
    const move = model.move(enabled, choice);
    enabled.apply(choice, state);
    const after = clientOf(model, state).request;
    if (request === null && after !== null) {
      called = now;
    } else if (request !== null && after === null) {
      const output = move.kind === 'deliver' ? Number(move.message.version) : 0;
      calls.push({ client: 'client', input: request, called, returned: now, output });
    }
    if (after !== null && now === moves) calls.push({ client: 'client', input: after, called });
    request = after;
  }
  return calls;
}

const still: KeysOptions = {
  n: 3,
  founders: 3,
  r: 2,
  keys: 2,
  puts: 3,
  gets: 3,
  leaves: 0,
  crashes: 0,
  losses: 1,
  network: 'unordered',
};

function judged(options: KeysOptions, runs: number, moves: number) {
  const model = compose(chordKeys(options));
  const histories = Array.from({ length: runs }, (_, seed) => historyOf(model, seed, moves));
  const gets = histories.flat().filter(({ input, output }) => input.kind === 'get' && output !== undefined).length;
  const verdicts = histories.map((history) => checkLinearizable(store(model), history));
  return { gets, verdicts };
}

test('while nobody comes or goes, whatever is lost or overtaken', () => {
  const { gets, verdicts } = judged(still, 150, 120);
  expect(gets).toBeGreaterThan(100);
  expect(verdicts.every(({ verdict }) => verdict === 'linearizable')).toBe(true);
});

test('not when members join and fail: a get finds a version that was overwritten, or nothing', () => {
  const { verdicts } = judged({ ...still, n: 4, crashes: 1, losses: 2 }, 400, 120);
  const wrong = verdicts.flatMap((one) => (one.verdict === 'not linearizable' ? [one] : []));
  expect(wrong.length).toBeGreaterThan(0);
  for (const { culprit } of wrong) expect(culprit.input.kind).toBe('get');
});

/** The config: what is refused, with the field at fault and what would be right, and how a profile is filled in. */
import { describe, expect, test } from 'vitest';
import { type Config, defineConfig, readConfig, settleProfile } from '../../src/ci/index.js';
import { ChurnproofError } from '../../src/kernel/index.js';

function refusal(config: unknown) {
  try {
    readConfig(config, 'c.js');
  } catch (error) {
    expect(error).toBeInstanceOf(ChurnproofError);
    const { code, message, where, expected } = error as ChurnproofError;
    expect(code).toBe('CONFIG_INVALID');
    return { message, where, expected };
  }
  throw new Error('it was not refused');
}

const whole: Config = defineConfig({
  suites: ['bundled', 'chord-zave/five', './claims.js', { suite: 'chain', configurations: ['six'], share: 2 }],
  counterexamples: 'old',
  profiles: {
    pr: { configurations: 'quick', timeLimit: 60, maxStates: 1000, fuzz: { seeds: [1, 2], runs: 10, moves: 20 } },
    nightly: { suites: [{ suite: 'chain', set: { blocks: 5, loud: true }, properties: ['Best'] }], fuzz: false },
    soak: { fuzz: { seeds: 'fresh' } },
  },
});

test('everything that a config may say is read back', () => {
  expect(readConfig(whole, 'c.js')).toEqual(whole);
});

describe('what is refused', () => {
  test.each<[string, unknown, string, string, string]>([
    ['no default export', undefined, 'the config is missing its default export', 'c.js', 'export default'],
    ['no object', 7, 'the config is 7', 'c.js', 'Object'],
    ['an unknown field', { suite: [] }, 'suite is an unknown field', 'suite', 'suites, counterexamples, profiles'],
    ['no suites in the list', { suites: [] }, 'suites is []', 'suites', 'a list that is not empty'],
    ['a suite that is a number', { suites: [7] }, 'suites[0] is 7', 'suites[0]', 'a model, a path, or an object'],
    ['an empty word', { suites: [''] }, 'suites[0] is ""', 'suites[0]', 'not empty'],
    [
      'an unknown profile',
      { profiles: { weekly: {} } },
      'profiles.weekly is an unknown',
      'profiles.weekly',
      'pr, nightly',
    ],
    [
      'an unknown field of a suite',
      { suites: [{ suite: 'a', sets: 1 }] },
      'suites[0].sets is an',
      'suites[0].sets',
      'share',
    ],
    ['a suite without a name', { suites: [{ share: 1 }] }, 'suites[0].suite is missing', 'suites[0].suite', 'suite'],
    [
      'a time below zero',
      { profiles: { pr: { timeLimit: -1 } } },
      'timeLimit is -1',
      'profiles.pr.timeLimit',
      'greater',
    ],
    ['no number', { profiles: { pr: { timeLimit: '60' } } }, 'is "60"', 'profiles.pr.timeLimit', 'number'],
    ['half a state', { profiles: { pr: { maxStates: 1.5 } } }, 'is 1.5', 'profiles.pr.maxStates', 'whole number'],
    [
      'another word for quick',
      { profiles: { pr: { configurations: 'few' } } },
      'is "few"',
      'configurations',
      'quick or all',
    ],
    ['a seed out of range', { profiles: { pr: { fuzz: { seeds: [2 ** 31] } } } }, '2147483648', 'seeds[0]', 'below'],
    ['fuzz that is true', { profiles: { pr: { fuzz: true } } }, 'fuzz is true', 'profiles.pr.fuzz', 'Object'],
    [
      'a field of fuzz',
      { profiles: { pr: { fuzz: { seed: 1 } } } },
      'fuzz.seed is an',
      'fuzz.seed',
      'seeds, runs, moves',
    ],
    ['a set of lists', { suites: [{ suite: 'a', set: { n: [1] } }] }, 'set is', 'suites[0].set', 'numbers'],
  ])('%s', (_what, config, message, where, expected) => {
    const refused = refusal(config);
    expect(refused.message).toContain(message);
    expect(refused.where).toContain(where);
    expect(refused.expected).toContain(expected);
  });

  test.each([
    '{"__proto__": {"suites": ["bundled"]}}',
    '{"constructor": 1, "suites": ["bundled"]}',
    '{"suites": [{"suite": "a", "set": {"__proto__": 1}}]}',
    '{"profiles": {"__proto__": {"pr": {}}}}',
    '{"suites": ["a"], "profiles": {"toString": {}}}',
  ])('what could reach a prototype: %s', (text) => {
    refusal(JSON.parse(text));
    expect(({} as { suites?: unknown }).suites).toBeUndefined();
  });
});

describe('a profile', () => {
  test('what it leaves open is as usual', () => {
    expect(settleProfile({ suites: ['a'] }, 'pr', 'c.js')).toEqual({
      name: 'pr',
      suites: ['a'],
      configurations: 'quick',
      timeLimit: 300,
      maxStates: 10_000_000,
      fuzz: { seeds: [1] },
      usually: { runs: 200, moves: 200 },
      counterexamples: 'counterexamples',
    });
  });

  test('pull requests fuzz from fixed seeds, nights from fresh ones', () => {
    const seeds = (name: 'pr' | 'nightly' | 'soak') => {
      const { fuzz } = settleProfile({ suites: ['a'] }, name, 'c.js');
      return fuzz === false ? undefined : fuzz.seeds;
    };
    expect([seeds('pr'), seeds('nightly'), seeds('soak')]).toEqual([[1], 'fresh', 'fresh']);
  });

  test('its own suites come before those of the config, and fuzzing can be switched off', () => {
    expect(settleProfile(whole, 'nightly', 'c.js')).toMatchObject({ suites: [{ suite: 'chain' }], fuzz: false });
    expect(settleProfile(whole, 'soak', 'c.js')).toMatchObject({ fuzz: { seeds: 'fresh' }, counterexamples: 'old' });
  });

  test('without suites there is nothing to run', () => {
    expect(() => settleProfile({}, 'pr', 'c.js')).toThrow('suites is missing');
  });
});

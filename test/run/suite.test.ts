/** Selections: defaults, configuration and settings in that order; every mistake has its code. */
import { describe, expect, test } from 'vitest';
import {
  always,
  type Claim,
  leadsTo,
  peer,
  recoverable,
  type Suite,
  stable,
  system,
  type Values,
} from '../../src/kernel/index.js';
import { findClaims, findSuite, readSettings, select } from '../../src/run/suite.js';

const claim = (name: string): Claim => ({ property: always(name, () => true) });
const machine = { getInitialSnapshot: () => ({ context: {} }) };

const seen: Values[] = [];
const suite: Suite = {
  model: 'ring',
  summary: 'A ring',
  parameters: {
    n: { type: 'integer', doc: 'peers', default: 4, min: 2, max: 8 },
    fair: { type: 'boolean', doc: 'fairness', default: true },
    network: { type: 'choice', doc: 'links', default: 'fifo', options: ['fifo', 'unordered'] },
  },
  configurations: { small: { doc: 'small', set: { n: 3 } }, large: { doc: 'large', set: { n: 8, fair: false } } },
  system: (values) => {
    seen.push(values);
    return system({ name: 'ring', peers: { a: peer(machine) } });
  },
  claims: () => [claim('one ring'), claim('One ring rules'), claim('two rings')],
};

const near = (wanted: string, known: readonly string[]) => known.filter((name) => name[0] === wanted[0]);
const code = (expected: string) => expect.objectContaining({ code: expected });

describe('finding', () => {
  test('a model has its first configuration by default', () => {
    expect(findSuite([suite], 'ring', near)).toEqual({ suite, configuration: 'small' });
    expect(findSuite([suite], 'ring/large', near)).toEqual({ suite, configuration: 'large' });
  });

  test('unknown names tell the known ones and the near ones', () => {
    expect(() => findSuite([suite], 'rung', near)).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_MODEL', expected: 'one of: ring', hint: 'ring' }),
    );
    expect(() => findSuite([suite], 'ring/huge', near)).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_CONFIGURATION', expected: 'one of: small, large' }),
    );
    for (const hostile of ['', '/', '__proto__', 'ring/', 'ring/__proto__', 'ring/toString'])
      expect(() => findSuite([suite], hostile, near)).toThrow(expect.objectContaining({ name: 'ChurnproofError' }));
  });

  test('claims by name, by beginning, in small letters; in the order of the suite', () => {
    const claims = suite.claims({});
    const names = (...wanted: string[]) => findClaims(claims, wanted, near).map(({ property }) => property.name);
    expect(names('two', 'one ring rules')).toEqual(['One ring rules', 'two rings']);
    expect(names('ONE RING')).toEqual(['one ring']);
    expect(() => names('one')).toThrow(code('UNKNOWN_PROPERTY'));
    expect(() => names('ring')).toThrow(code('UNKNOWN_PROPERTY'));
  });
});

describe('selecting', () => {
  test('defaults, then the configuration, then the settings', () => {
    expect(select(suite, 'large', {}, near).values).toEqual({ n: 8, fair: false, network: 'fifo' });
    expect(select(suite, 'large', { n: 5, network: 'unordered' }, near).values).toEqual({
      n: 5,
      fair: false,
      network: 'unordered',
    });
    expect(seen.at(-1)).toEqual({ n: 5, fair: false, network: 'unordered' });
  });

  test('settings are read by the type of their parameter', () => {
    expect(readSettings(suite, ['n=+7', 'fair=false', 'network=a=b', 'n=6'])).toEqual({
      n: 6,
      fair: false,
      network: 'a=b',
    });
    for (const word of ['n', '=3', '']) expect(() => readSettings(suite, [word])).toThrow(code('USAGE'));
  });

  test.each([
    [{ n: 1 }, 'a whole number from 2 to 8'],
    [{ n: 9 }, 'a whole number from 2 to 8'],
    [{ n: 2.5 }, 'a whole number from 2 to 8'],
    [{ n: '3' }, 'a whole number from 2 to 8'],
    [{ n: Number.NaN }, 'a whole number from 2 to 8'],
    [{ fair: 'yes' }, 'true or false'],
    [{ network: 'set' }, 'one of fifo, unordered'],
  ] as const)('%o is out of range', (set, expected) => {
    expect(() => select(suite, 'small', set, near)).toThrow(
      expect.objectContaining({ code: 'PARAMETER_OUT_OF_RANGE', expected }),
    );
  });

  test('an unknown parameter', () => {
    expect(() => select(suite, 'small', { nn: 3 }, near)).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_PARAMETER', hint: 'n, network' }),
    );
    expect(() => select({ ...suite, parameters: {} }, 'none', { n: 3 }, near)).toThrow(
      expect.objectContaining({ expected: 'none: it takes none' }),
    );
  });

  test('a suite that throws, claims nothing or says the same twice is invalid', () => {
    const broken = (change: Partial<Suite>) => () => select({ ...suite, ...change }, 'small', {}, near);
    const fail = () => {
      throw new Error('no');
    };
    expect(broken({ system: fail })).toThrow(code('SUITE_INVALID'));
    expect(broken({ claims: fail })).toThrow(code('SUITE_INVALID'));
    expect(broken({ claims: () => [] })).toThrow(code('SUITE_INVALID'));
    expect(broken({ claims: () => [claim('x'), claim('x')] })).toThrow(code('SUITE_INVALID'));
    expect(broken({ claims: () => [{} as Claim] })).toThrow(code('SUITE_INVALID'));
  });

  describe('temporal claims', () => {
    const claiming = (property: object) => () =>
      select({ ...suite, claims: () => [{ property } as Claim] }, 'small', {}, near);
    const leads = leadsTo(
      'one thing leads to another',
      () => true,
      () => true,
      { weak: ['deliver'] },
    );
    const back = recoverable('there is a way back', () => true, ['stabilize']);

    test('are taken as they are written, with any fairness', () => {
      const all = [leads, back, stable('in the end all is well', () => true, {})];
      const claims = () => all.map((property) => ({ property }));
      expect(select({ ...suite, claims }, 'small', {}, near).claims).toEqual(claims());
      const full = { weak: ['a'], strong: [], ceases: undefined };
      expect(claiming({ ...leads, fairness: full })).not.toThrow();
    });

    test.each([
      ['given is undefined', { ...leads, given: undefined }, 'a function of the world'],
      [
        'fairness is undefined',
        { ...leads, fairness: undefined },
        '{ weak: [...], strong: [...], ceases: [...] }, or {}',
      ],
      ['fairness is ["deliver"]', { ...leads, fairness: ['deliver'] }, '{ weak: [...]'],
      ['fairness is "weak"', { ...leads, fairness: 'weak' }, '{ weak: [...]'],
      ['fairness has a field "week"', { ...leads, fairness: { week: ['deliver'] } }, 'weak, strong and ceases alone'],
      ['fairness.weak is "deliver"', { ...leads, fairness: { weak: 'deliver' } }, 'classes of move'],
      ['fairness.ceases is [1]', { ...leads, fairness: { ceases: [1] } }, 'classes of move'],
      ['by is undefined', { ...back, by: undefined }, 'classes of move'],
      ['by is "stabilize"', { ...back, by: 'stabilize' }, 'classes of move'],
      ['by is []', { ...back, by: [] }, 'classes of move'],
      ['by is [""]', { ...back, by: [''] }, 'classes of move'],
    ])('%s is invalid', (message, property, expected) => {
      const where = `claims of ring, property ${JSON.stringify(property.name)}`;
      expect(claiming(property)).toThrow(
        expect.objectContaining({ code: 'SUITE_INVALID', message, where, expected: expect.stringContaining(expected) }),
      );
    });

    test('an unknown kind is no property', () => {
      expect(claiming({ ...leads, kind: 'until' })).toThrow('claim 1 has no property');
    });
  });
});

/** Spin judges the engine: it puts exported parts together, counts the states, and finds what we find, as deep as we find it. */
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../properties/catalogue.js';
import { isTemporal } from '../../src/kernel/index.js';
import { promelaOf } from '../../src/promela/index.js';
import { check } from '../../src/run/check.js';
import { findSuite, select } from '../../src/run/suite.js';
import { compile, missing, type Pan } from '../support/spin.js';

function chosen(title: string) {
  const { suite, configuration } = findSuite(catalogue, title, () => []);
  return select(suite, configuration, {}, () => []);
}

function exported(title: string) {
  const { system, claims } = chosen(title);
  const made = promelaOf(system, claims, 100_000);
  if (made === undefined) throw new Error(`${title} is too large`);
  return made;
}

async function using<T>(text: string, ask: (pan: Pan) => Promise<T>): Promise<T> {
  const pan = await compile(text);
  try {
    return await ask(pan);
  } finally {
    pan.close();
  }
}

const why = missing.length === 0 ? '' : ` (skipped: no ${missing.join(', no ')} here; apt-get install spin gcc)`;

describe.skipIf(missing.length > 0)(`Spin${why}`, () => {
  test.each([
    ['stop-and-wait/fifo', 'fifo links, loss, duplication'],
    ['stop-and-wait/unordered', 'unordered links; claims fall'],
    ['two-phase-commit/three', 'a message set'],
    ['leader-election/five', 'fifo links'],
    ['chord-orig/reuse', 'a synchronous network, churn; claims fall'],
    ['chord-zave/reuse', 'a synchronous network, churn, four identifiers'],
    ['chord-keys/join', 'unordered links, limited operations, a loss'],
    ['tracker/recount', 'rules of timers'],
  ])('%s: %s', async (title) => {
    const { system, claims } = chosen(title);
    const { text, claims: judged } = exported(title);
    const decidable = claims.map(({ property }) => property).filter((property) => !isTemporal(property));
    const { coverage, findings } = check(system, decidable);
    expect(judged.map(({ name }) => name)).toEqual(findings.map(({ property }) => property));
    const ours = findings.map(({ property, trace }) => [property, trace?.moves.length]);
    const theirs = await using(text, async (pan) => {
      expect(await pan.count()).toBe(coverage.states + 1);
      const depths: unknown[] = [];
      for (const [i, { name }] of judged.entries()) depths.push([name, await pan.depth(i + 1)]);
      return depths;
    });
    expect(theirs).toEqual(ours);
  });

  describe('is a judge that can say no', () => {
    const { text, states } = exported('stop-and-wait/unordered');

    test('a move that is left out', async () => {
      const without = text.replace(/ {2}:: TAKE\(0\).*\n/, '');
      expect(await using(without, (pan) => pan.count())).toBeLessThan(states + 1);
    });

    test('links that are something else', async () => {
      const ordered = text.replace('#define NETWORK 1', '#define NETWORK 0');
      expect(ordered).not.toBe(text);
      expect(await using(ordered, (pan) => pan.count())).toBeGreaterThan(states + 1);
    });

    test('links that hold more than was ever seen in one', async () => {
      const roomy = text.replace(/#define CAPACITY \d+/, '#define CAPACITY 9');
      expect(roomy).not.toBe(text);
      await expect(using(roomy, (pan) => pan.count())).rejects.toThrow('DISAGREES: a link holds what it never held');
    });
  });
});

test('half of a system is refused', () => {
  const { system, claims } = chosen('stop-and-wait/fifo');
  expect(promelaOf(system, claims, 212)?.states).toBe(212);
  expect(promelaOf(system, claims, 211)).toBeUndefined();
});

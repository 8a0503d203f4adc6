/** Near names: slips of the finger, beginnings and parts of sentences; nothing when nothing is near. */
import { expect, test } from 'vitest';
import { nearest } from '../../src/cli/nearest.js';

const models = ['two-phase-commit', 'stop-and-wait', 'chord-orig', 'chord-zave'];

test.each([
  ['two-phase-comit', ['two-phase-commit']],
  ['twophasecommit', ['two-phase-commit']],
  ['chord', ['chord-orig', 'chord-zave']],
  ['Chord-Orig', ['chord-orig']],
  ['chrod-zave', ['chord-zave']],
  ['paxos', []],
  ['', []],
])('%s', (wanted, expected) => {
  expect(nearest(wanted, models)).toEqual(expected);
});

test('of a sentence, its beginning or a word of it', () => {
  const claims = ['bob never delivers more than alice sent', 'every packet arrives'];
  expect(nearest('bob nevr delivers', claims)).toEqual([claims[0]]);
  expect(nearest('packet', claims)).toEqual([claims[1]]);
});

test('at most three', () => {
  expect(nearest('abcd', ['abc1', 'abc2', 'abc3', 'abc4'])).toHaveLength(3);
});

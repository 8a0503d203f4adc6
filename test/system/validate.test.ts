/** Systems that contradict themselves are refused before anything runs, with what was expected. */

import { expect, test } from 'vitest';
import { setup } from 'xstate';
import { peer, type SystemSpec } from '../../src/kernel/index.js';
import { compose } from '../../src/system/index.js';

const idle = setup({}).createMachine({ on: { poke: {} } });
const peers = { a: peer(idle), b: peer(idle) };

const refused: readonly [string, Partial<SystemSpec>, RegExp][] = [
  ['no peers', { peers: {} }, /at least one peer/],
  ['a peer without a machine', { peers: { a: { machine: {} as never, input: 0, stable: [] } } }, /no xstate machine/],
  ['an unknown network', { network: 'carrier pigeon' as never }, /carrier pigeon/],
  ['a capacity of 0', { capacity: 0 }, /capacity is 0/],
  ['a capacity without links', { network: 'set', capacity: 1 }, /no links/],
  ['loss in a set', { network: 'set', faults: { lose: 1 } }, /neither loses nor duplicates/],
  ['loss within a move', { network: 'synchronous', faults: { lose: 1 } }, /neither loses nor duplicates/],
  ['a negative limit', { faults: { lose: -1 } }, /faults.lose is -1/],
  ['half a limit', { churn: { crash: { limit: 0.5 } } }, /churn.crash.limit is 0.5/],
  ['a cut with strangers', { faults: { partition: { limit: 1, cuts: [['z']] } } }, /names 'z'/],
  [
    'messages held within a move',
    { network: 'synchronous', faults: { partition: { limit: 1, crossing: 'held' } } },
    /nowhere to hold/,
  ],
  ['a cut of everybody', { faults: { partition: { limit: 1, cuts: [['a', 'b']] } } }, /nobody on one side/],
  ['restart without crash', { churn: { restart: { limit: 1 } } }, /nobody would ever restart/],
  ['restart with reuse', { churn: { crash: { limit: 1 }, restart: { limit: 1 }, reuse: true } }, /never restarts/],
  ['join when nobody is absent', { churn: { join: { limit: 1 } } }, /every peer is up/],
  ['an operation of strangers', { operations: [{ name: 'poke', peers: ['z'] }] }, /names 'z'/],
  ['two operations of one name', { operations: [{ name: 'poke' }, { name: 'poke' }] }, /called 'poke'/],
  ['an operation called like a move', { operations: [{ name: 'crash' }] }, /called 'crash'/],
  ['no starts', { starts: [] }, /starts is empty/],
  ['a start of strangers', { starts: [{ up: { z: {} } }] }, /names 'z'/],
];

test.each(refused)('%s', (_, wrong, message) => {
  const spec = { name: 'wrong', peers, ...wrong } as SystemSpec;
  expect(() => compose(spec)).toThrow(
    expect.objectContaining({ code: 'SYSTEM_INVALID', message: expect.stringMatching(message) }),
  );
});

test('more than six peers need their cuts named', () => {
  const many = Object.fromEntries([...'abcdefg'].map((name) => [name, peer(idle)]));
  expect(() => compose({ name: 'many', peers: many, faults: { partition: { limit: 1 } } })).toThrow(
    /more than 6 peers/,
  );
});

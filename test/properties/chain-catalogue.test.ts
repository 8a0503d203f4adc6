/**
 * The catalogue of mistakes that nodes of blockchains have made, V01 to V25: each is a mutant of some suite of the family. That
 * each is caught, by which claim and how soon, is tried suite by suite; `churnproof mutants chain` tells it of all.
 */
import { expect, test } from 'vitest';
import { catalogue } from '../../properties/catalogue.js';

const family = catalogue.filter(({ model, family: name }) => model === 'chain' || name === 'chain');

/** Where each is, those with letters of their own among them. */
const places: { readonly [row: string]: readonly string[] } = {
  V01: ['chain-ledger'],
  V02: ['chain', 'chain-network'],
  V03: ['chain-ledger'],
  V04: ['chain-ledger'],
  V05: ['chain', 'chain-network'],
  V06: ['chain-ledger', 'chain-network'],
  V07: ['chain-difficulty'],
  V08: ['chain'],
  V09: ['chain'],
  V10: ['chain-network'],
  V11: ['chain', 'chain-network'],
  V12: ['chain-network'],
  V13: ['chain-network'],
  V14: ['chain'],
  V15: ['chain'],
  V16: ['chain'],
  V17: ['chain'],
  V18: ['chain'],
  V19: ['chain-ledger'],
  V20: ['chain'],
  V21: ['chain-ledger'],
  V22: ['chain-network'],
  V23: ['chain-ledger'],
  V24: ['chain', 'chain-network'],
  V25: ['chain-network'],
};

const rows = Array.from({ length: 25 }, (_, at) => `V${String(at + 1).padStart(2, '0')}`);

test.each(rows)('%s', (row) => {
  const found = family.filter(({ mutants = [] }) =>
    mutants.some(({ name, survivor }) => name.replace(/[a-z]$/, '') === row && survivor !== true),
  );
  expect(found.map(({ model }) => model).sort()).toEqual(places[row]);
});

/**
 * Prints for each depth of a payment which budget of blocks takes it back, and in how many moves, as the search finds it; and how
 * likely an attacker is to have the blocks: the tables of `models/chain-race/README.md`. An argument is the greatest depth searched.
 */
import { budgets, chanceHead, chancesOf, circumstances, depths, likelyDepths, rowOf } from './race-table.js';

const upTo = Number(process.argv[2] ?? 3);
const line = (cells: readonly unknown[]): void => void process.stdout.write(`| ${cells.join(' | ')} |\n`);

line(['race', 'z', ...budgets.map((budget) => `b=${budget}`)]);
process.stdout.write(`|---|---|${budgets.map(() => '---|').join('')}\n`);
for (const circumstance of circumstances) {
  for (const depth of depths) if (depth <= upTo) line([circumstance.label, depth, ...rowOf(circumstance, depth)]);
}

process.stdout.write('\n');
line(['z', ...chanceHead]);
process.stdout.write(`|---|${chanceHead.map(() => '---|').join('')}\n`);
for (const depth of likelyDepths) line([depth, ...chancesOf(depth)]);

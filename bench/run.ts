/**
 * Times the engine beside other tools on the same problems and prints JSON: medians over some rounds, each measurement in a
 * process of its own, all taking turns so that a slow minute of the machine slows all alike.
 *
 *     npm run --silent bench > panel.json               a short look: the smaller problems, one round
 *     npm run --silent bench -- --large > panel.json    all problems, three rounds
 *     npm run bench -- --large --write                  docs/performance.md and its picture as well
 *
 * BENCH_ROUNDS=2 and BENCH_ONLY="commit [5-8]|chord" choose otherwise.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { explore, turns } from './own.js';
import { pageWith } from './page.js';
import { measure } from './panel.js';
import { pictureOf } from './picture.js';
import { problems } from './problems.js';
import { gnuTime } from './timing.js';
import { tools } from './tools.js';

const [mode, name, what] = process.argv.slice(2);
const known = ['--large', '--write'];
if (mode === '--one') one();
else {
  const unknown = process.argv.slice(2).filter((option) => !known.includes(option));
  if (unknown.length > 0) throw new Error(`unknown: ${unknown.join(' ')}; there are ${known.join(' and ')}`);
  everything(process.argv.includes('--large'), process.argv.includes('--write'));
}

function one(): void {
  const problem = problems.find((known) => known.name === name);
  const turn = turns.find((known) => known === what);
  if (problem === undefined || turn === undefined) throw new Error(`no turn ${what} of problem ${name}`);
  process.stdout.write(JSON.stringify(explore(problem, turn)));
}

function everything(large: boolean, write: boolean): void {
  if (gnuTime === undefined) throw new Error('GNU time is missing (apt-get install time)');
  const { BENCH_ROUNDS = large ? '3' : '1', BENCH_ONLY } = process.env;
  const chosen = problems.filter((problem) =>
    BENCH_ONLY === undefined ? large || !problem.large : new RegExp(BENCH_ONLY).test(problem.name),
  );
  const panel = measure(chosen, tools, Number(BENCH_ROUNDS), (line) => process.stderr.write(`${line}\n`));
  process.stdout.write(`${JSON.stringify(panel, null, 2)}\n`);
  if (write) {
    const page = 'docs/performance.md';
    writeFileSync(page, pageWith(readFileSync(page, 'utf8'), panel));
    writeFileSync('docs/images/bench.svg', pictureOf(panel));
  }
  if (panel.rows.some(({ result }) => result.kind === 'failed')) process.exitCode = 1;
}

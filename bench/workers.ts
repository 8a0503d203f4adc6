/**
 * Times one search alone and shared by workers, on the same problems, in one run, and prints JSON: processor time of all threads, wall
 * time and memory, medians over some rounds, each measurement in a process of its own, all taking turns.
 *
 *     npm run --silent bench:workers > workers.json
 *
 * BENCH_ROUNDS=5, BENCH_WORKERS="1 2 4" and BENCH_ONLY="commit 8|chord" choose otherwise.
 */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { isTemporal, type Report, type Search } from '../src/kernel/index.js';
import { begin } from '../src/run/check.js';
import { compose } from '../src/system/index.js';
import { WorkerSearch } from '../src/workers/index.js';
import { type Problem, problems, systemOf, valuesOf } from './problems.js';
import { timed, type Usage } from './timing.js';

/** Watching nothing, or all claims of the suite about states and steps. */
const turns = ['states', 'claims'] as const;
type Turn = (typeof turns)[number];

/** One search by the ordinary engine, or by so many workers. */
type Searcher = 'alone' | number;

interface Measurement extends Usage {
  readonly states: number;
  /** From the first state to the last, without starting Node and loading modules. */
  readonly searchSeconds: number;
}

const worth = (states: number) => states > 200_000 && states < 2_000_000;

const [mode, name, turn, searcher] = process.argv.slice(2);
if (mode === '--one') await one();
else everything();

async function one(): Promise<void> {
  const problem = problems.find((known) => known.name === name) as Problem;
  const started = performance.now();
  const { coverage } = await explore(problem, turn as Turn, searcher === 'alone' ? searcher : Number(searcher));
  const searchSeconds = (performance.now() - started) / 1000;
  process.stdout.write(JSON.stringify({ states: coverage.states, searchSeconds }));
}

async function explore(problem: Problem, what: Turn, by: Searcher): Promise<Report> {
  const claims = what === 'claims' ? problem.suite.claims(valuesOf(problem)) : [];
  const properties = claims.map(({ property }) => property).filter((property) => !isTemporal(property));
  const system = systemOf(problem);
  if (by === 'alone') return ended(begin(system, properties));
  const recipe = {
    catalogue: new URL('../properties/catalogue.js', import.meta.url).href,
    model: problem.suite.model,
    configuration: Object.keys(problem.suite.configurations)[0],
    values: valuesOf(problem),
    asked: properties.map((property) => property.name),
  };
  const entry = new URL('../src/cli/worker.js', import.meta.url);
  const search = new WorkerSearch({ entry, recipe, workers: by }, compose(system), properties, {});
  while (!search.done) {
    search.advance();
    await search.pause();
  }
  await search.close();
  return search.report();
}

function ended(search: Search): Report {
  while (!search.done) search.advance(100_000);
  return search.report();
}

function everything(): void {
  const { BENCH_ROUNDS = '3', BENCH_WORKERS = '1 2', BENCH_ONLY } = process.env;
  const chosen = problems.filter(({ states, name: called }) =>
    BENCH_ONLY === undefined ? worth(states) : new RegExp(BENCH_ONLY).test(called),
  );
  const searchers: readonly Searcher[] = ['alone', ...BENCH_WORKERS.split(' ').map(Number)];
  const entries = chosen.flatMap((problem) =>
    turns.flatMap((what) => searchers.map((by) => ({ problem, what, by, taken: [] as Measurement[] }))),
  );
  for (let round = 0; round < Number(BENCH_ROUNDS); round++)
    for (const { problem, what, by, taken } of entries) {
      const measured = measure(problem, what, by);
      taken.push(measured);
      const { wallSeconds, cpuSeconds } = measured;
      process.stderr.write(`${problem.name}, ${what}, ${by}: ${wallSeconds} s, ${cpuSeconds.toFixed(2)} s of CPU\n`);
    }
  const medianOf = (problem: Problem, what: Turn, by: Searcher) =>
    median(entries.find((entry) => entry.problem === problem && entry.what === what && entry.by === by)?.taken ?? []);
  const rows = chosen.flatMap((problem) =>
    turns.map((what) => {
      const base = medianOf(problem, what, 1);
      return {
        problem: problem.name,
        states: problem.states,
        watching: what,
        searches: searchers.map((by) => {
          const { wallSeconds, cpuSeconds, searchSeconds, peakMegabytes } = medianOf(problem, what, by);
          const beside = { faster: ratio(base.searchSeconds, searchSeconds), cpu: ratio(cpuSeconds, base.cpuSeconds) };
          return { by, wallSeconds, searchSeconds, cpuSeconds, peakMegabytes, besideOneWorker: beside };
        }),
      };
    }),
  );
  const cores = availableParallelism();
  process.stdout.write(`${JSON.stringify({ node: process.version, cores, rounds: BENCH_ROUNDS, rows }, null, 2)}\n`);
}

function measure(problem: Problem, what: Turn, by: Searcher): Measurement {
  const args = [fileURLToPath(import.meta.url), '--one', problem.name, what, String(by)];
  const { usage, stdout } = timed({ file: process.execPath, args });
  const outcome = JSON.parse(stdout) as Pick<Measurement, 'states' | 'searchSeconds'>;
  if (outcome.states !== problem.states) throw new Error(`${problem.name}, ${by}: ${outcome.states} states`);
  return { ...usage, ...outcome };
}

function median(taken: readonly Measurement[]): Measurement {
  const middle = (value: (one: Measurement) => number) => {
    const sorted = taken.map(value).sort((a, b) => a - b);
    return Math.round(100 * (sorted[Math.floor((sorted.length - 1) / 2)] as number)) / 100;
  };
  return {
    states: (taken[0] as Measurement).states,
    cpuSeconds: middle((one) => one.cpuSeconds),
    wallSeconds: middle((one) => one.wallSeconds),
    searchSeconds: middle((one) => one.searchSeconds),
    peakMegabytes: middle((one) => one.peakMegabytes),
  };
}

function ratio(a: number, b: number): number {
  return Math.round((100 * a) / b) / 100;
}

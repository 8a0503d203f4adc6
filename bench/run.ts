/**
 * Times the engine and its peer, `xstate/graph`, in one run, and prints JSON: for each problem the median over some rounds,
 * each measurement in a process of its own, the problems taking turns so that a slow minute of the machine slows all alike.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Outcome, problems } from './problems.js';

interface Measurement extends Outcome {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

const [mode, name] = process.argv.slice(2);
if (mode === '--one' && name !== undefined) process.stdout.write(JSON.stringify(measure(name)));
else process.stdout.write(`${JSON.stringify(panel(Number(process.env.BENCH_ROUNDS ?? 3)), null, 2)}\n`);

function measure(problem: string): Measurement {
  const { run, states } = problems[problem] as (typeof problems)[string];
  const cpu = process.cpuUsage();
  const start = performance.now();
  const outcome = run();
  const wallSeconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  if (outcome.states !== states) throw new Error(`${problem}: ${outcome.states} states, expected ${states}`);
  return {
    ...outcome,
    wallSeconds,
    cpuSeconds: (user + system) / 1e6,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  };
}

function panel(rounds: number) {
  const taken = new Map<string, Measurement[]>(Object.keys(problems).map((problem) => [problem, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [problem, list] of taken) {
      const script = fileURLToPath(import.meta.url);
      const text = execFileSync(process.execPath, [script, '--one', problem], { encoding: 'utf8' });
      list.push(JSON.parse(text) as Measurement);
      process.stderr.write(`round ${round + 1} of ${rounds}: ${problem} ${list.at(-1)?.wallSeconds.toFixed(2)} s\n`);
    }
  }
  const results = [...taken].map(([problem, list]) => summarise(problem, list));
  const rate = (problem: string) =>
    results.find((result) => result.problem === problem)?.statesPerCpuSecond ?? Number.NaN;
  const ours = rate('two-phase-commit 8');
  return {
    schemaVersion: 1,
    node: process.version,
    rounds,
    results,
    ratios: {
      'states/s, two-phase commit 8 here, to 5 by getAdjacencyMap': round(
        ours / rate('two-phase-commit 5, xstate/graph getAdjacencyMap'),
      ),
      'states/s, two-phase commit 8 here, to 4 by getShortestPaths': round(
        ours / rate('two-phase-commit 4, xstate/graph getShortestPaths'),
      ),
      'states/s, two-phase commit 5 here, to 5 by getAdjacencyMap': round(
        rate('two-phase-commit 5') / rate('two-phase-commit 5, xstate/graph getAdjacencyMap'),
      ),
    },
  };
}

function summarise(problem: string, list: readonly Measurement[]) {
  const middle = (value: (one: Measurement) => number) =>
    list.map(value).sort((a, b) => a - b)[Math.floor(list.length / 2)] as number;
  const cpuSeconds = middle((one) => one.cpuSeconds);
  const { states, transitions, bytesPerState, machineCalls } = list[0] as Measurement;
  return {
    problem,
    states,
    ...(transitions === undefined ? {} : { transitions }),
    wallSeconds: round(middle((one) => one.wallSeconds)),
    cpuSeconds: round(cpuSeconds),
    statesPerSecond: Math.round(states / middle((one) => one.wallSeconds)),
    statesPerCpuSecond: Math.round(states / cpuSeconds),
    ...(transitions === undefined ? {} : { transitionsPerCpuSecond: Math.round(transitions / cpuSeconds) }),
    ...(bytesPerState === undefined ? {} : { bytesPerState }),
    ...(machineCalls === undefined ? {} : { machineCalls }),
    peakMegabytes: Math.round(middle((one) => one.peakMegabytes)),
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/**
 * Times random walks: moves per CPU second in the simulator and on packed states, on the same systems with the same properties,
 * in one run, and prints JSON with the ratios. Each measurement has a process of its own, and they take turns.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { suites as chord } from '../properties/chord.js';
import { suite as stopAndWait } from '../properties/stop-and-wait.js';
import { Campaign } from '../src/check/campaign.js';
import { classesOf } from '../src/check/schedule.js';
import {
  isTemporal,
  type Property,
  type Suite,
  type System,
  type SystemSpec,
  type Values,
} from '../src/kernel/index.js';
import { SimulationCampaign } from '../src/simulate/index.js';
import { compose } from '../src/system/index.js';
import { swarm, swarmProperties } from './swarm.js';

interface Problem {
  readonly system: () => System;
  readonly properties: () => readonly Property[];
  /** Moves a run; runs in the simulator, and on packed states: many of these, for the more is remembered, the faster they are. */
  readonly moves: number;
  readonly simulated: number;
  readonly packed: number;
}

const ofSuite = (suite: Suite, set: Values, moves: number, simulated: number, packed: number): Problem => {
  const defaults = Object.fromEntries(Object.entries(suite.parameters).map(([name, p]) => [name, p.default]));
  const values = { ...defaults, ...set };
  return {
    system: () => suite.system(values),
    properties: () => suite.claims(values).map(({ property }) => property),
    moves,
    simulated,
    packed,
  };
};

const zave = chord.find(({ model }) => model === 'chord-zave') as Suite;

const problems: Readonly<Record<string, Problem>> = {
  'stop-and-wait over unordered links': ofSuite(stopAndWait, { network: 'unordered' }, 1000, 600, 6000),
  'chord-zave, 8 identifiers': ofSuite(zave, { n: 8 }, 400, 300, 40_000),
  'a swarm of 20': { system: swarm, properties: () => swarmProperties, moves: 60_000, simulated: 8, packed: 0.02 },
};

const engines = ['simulated', 'packed'] as const;
type Engine = (typeof engines)[number];

const [mode, name, engine] = process.argv.slice(2);
if (mode === '--one') process.stdout.write(JSON.stringify(await measure(name as string, engine as Engine)));
else process.stdout.write(`${JSON.stringify(panel(Number(process.env.BENCH_ROUNDS ?? 3)), null, 2)}\n`);

async function measure(problem: string, by: Engine): Promise<number> {
  const { system, properties, moves, ...runs } = problems[problem] as Problem;
  const subject = system();
  const classes = classesOf(subject as SystemSpec);
  // Undecided to the end, so that as many properties are watched in both as there are.
  const watched = properties()
    .filter((property) => !isTemporal(property))
    .map((property) => undecided(property));
  const some = Math.max(1, runs[by]);
  const options = { seed: 1, runs: some, moves: Math.ceil(moves * Math.min(1, runs[by])) };
  const pause = async () => true;
  const campaign =
    by === 'packed'
      ? new Campaign(compose(subject), watched, classes, options)
      : new SimulationCampaign(subject, watched, classes, options);
  const cpu = process.cpuUsage();
  await campaign.run(pause);
  const { user, system: kernel } = process.cpuUsage(cpu);
  const taken = campaign instanceof Campaign ? campaign.progress.moves : campaign.moves;
  return Math.round(taken / ((user + kernel) / 1e6));
}

/** The same work, and no decision. */
function undecided(property: Property): Property {
  if (isTemporal(property)) return property;
  const decides = property.kind === 'sometimes';
  const holds = property.holds as (...worlds: unknown[]) => boolean;
  return {
    ...property,
    holds: (...worlds: unknown[]) => {
      holds(...worlds);
      return !decides;
    },
  } as Property;
}

function panel(rounds: number) {
  const taken = Object.keys(problems).map((problem) => ({
    problem,
    simulated: [] as number[],
    packed: [] as number[],
  }));
  for (let round = 0; round < rounds; round++) {
    for (const entry of taken) {
      for (const by of engines) {
        const script = fileURLToPath(import.meta.url);
        const text = execFileSync(process.execPath, [script, '--one', entry.problem, by], { encoding: 'utf8' });
        entry[by].push(Number(text));
        process.stderr.write(`round ${round + 1} of ${rounds}: ${entry.problem}, ${by}: ${text} moves/s\n`);
      }
    }
  }
  const middle = (list: readonly number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] as number;
  return {
    schemaVersion: 1,
    node: process.version,
    rounds,
    movesPerCpuSecond: taken.map(({ problem, simulated, packed }) => ({
      problem,
      simulated: middle(simulated),
      packed: middle(packed),
      ratio: Math.round((100 * middle(simulated)) / middle(packed)) / 100,
    })),
  };
}

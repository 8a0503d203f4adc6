/**
 * The command line of the campaigns. Exit codes: 0 nothing new, 1 a new divergence (or a recorded one that is gone), 2 a mistake,
 * 3 nothing could be driven because it is not installed.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import {
  ChurnproofError,
  type ConformReport,
  conform,
  describeDivergence,
  describeMove,
  divergenceFile,
  explainError,
  isAsKnown,
  readDivergence,
  renderConformance,
  reproduce,
  type Schedules,
  writeDivergence,
} from '../src/index.js';
import { campaignOf, catalogue } from './catalogue.js';
import type { AnyEntry } from './entry.js';
import { missing } from './installed.js';
import { known } from './known.js';

interface Wishes {
  readonly n?: string;
  readonly random?: string;
  readonly seed?: string;
  readonly soak?: boolean;
  readonly write?: boolean;
  readonly json?: boolean;
}

const folder = new URL('divergences/', import.meta.url);

async function campaigns(names: readonly string[], wishes: Wishes): Promise<number> {
  const entries = names.length === 0 ? catalogue : names.map(entryOf);
  const reports: ConformReport[] = [];
  for (const entry of entries) {
    const why = missing(entry.needs);
    if (why === undefined) reports.push(await one(entry, wishes));
    else tell(wishes, `${entry.name}: SKIPPED, ${why}`);
  }
  if (wishes.json) process.stdout.write(`${JSON.stringify({ schemaVersion: 1, reports }, plain, 2)}\n`);
  if (reports.length === 0) return 3;
  return reports.every(isAsKnown) ? 0 : 1;
}

async function one(entry: AnyEntry, wishes: Wishes): Promise<ConformReport> {
  const size = wishes.soak ? entry.soak : entry.quick;
  const campaign = campaignOf(entry, wishes.n === undefined ? size.n : Number(wishes.n));
  const begun = process.cpuUsage();
  const report = await conform(campaign, schedulesOf(size.schedules, wishes));
  const { user, system } = process.cpuUsage(begun);
  tell(wishes, `${renderConformance(report, known)}\n  ${((user + system) / 1e6).toFixed(1)} s of one core\n`);
  if (wishes.write) write(report);
  return report;
}

const schedulesOf = (usual: Schedules, { random, seed }: Wishes): Schedules =>
  random === undefined
    ? usual
    : {
        ...usual,
        kind: 'random',
        runs: Number(random),
        seed: seed === undefined ? Date.now() % 2 ** 31 : Number(seed),
      };

/** One file a sort. */
function write(report: ConformReport): void {
  mkdirSync(folder, { recursive: true });
  for (const divergences of report.divergences) {
    const { aspect, failure } = divergences.shortest.divergence ?? {};
    const sort = divergences.known.length > 0 ? divergences.known.join('+') : `new-${aspect ?? failure?.kind}`;
    writeFileSync(
      new URL(`${report.campaign}-${sort}.json`, folder),
      writeDivergence(divergenceFile(report, divergences)),
    );
  }
}

async function replay(path: string): Promise<number> {
  const file = readDivergence(readFileSync(path, 'utf8'), path);
  const entry = entryOf(file.campaign);
  const why = missing(entry.needs);
  if (why !== undefined) {
    process.stdout.write(`SKIPPED, ${why}\n`);
    return 3;
  }
  const { adapter, ...campaign } = campaignOf(entry, Number(file.values.n ?? entry.quick.n));
  const { run, same, drift } = await reproduce({ ...campaign, adapter }, file);
  const lines = [
    `${file.campaign}: ${adapter.name} ${adapter.version} (recorded of ${file.version}) against ${file.model}/${file.configuration}`,
    `     0. ${file.label}`,
    ...run.steps.flatMap(({ move, seen, failure }, at) => [
      ...(move === undefined ? [] : [`${String(at).padStart(6)}. ${describeMove(move)}`]),
      `          ${failure === undefined ? `seen ${JSON.stringify(seen)}` : `${failure.kind}: ${failure.detail}`}`,
    ]),
    ...(run.divergence === undefined
      ? ['  no divergence']
      : describeDivergence(run.divergence).map((line) => `  ${line}`)),
    ...(drift === undefined ? [] : [`  drift: ${drift}`]),
    `  ${same ? 'reproduced' : 'NOT as recorded'}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return same ? 0 : 1;
}

function entryOf(name: string): AnyEntry {
  const entry = catalogue.find((one) => one.name === name);
  if (entry !== undefined) return entry;
  throw new ChurnproofError('USAGE', `there is no campaign named ${name}`, {
    expected: `one of ${catalogue.map((one) => one.name).join(', ')}`,
  });
}

const tell = ({ json }: Wishes, text: string) => (json ? process.stderr : process.stdout).write(`${text}\n`);

const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value);

const program = new Command('conform').description('Drives real implementations beside the models.');
program
  .command('run', { isDefault: true })
  .description('Campaigns by name, or all of them.')
  .argument('[campaign...]')
  .option('--n <n>', 'how large the scope is, such as how many blocks a tree has')
  .option('--random <runs>', 'random schedules instead')
  .option('--seed <n>', 'of the random schedules')
  .option('--soak', 'the long campaigns')
  .option('--write', 'write the shortest schedule of each sort to conform/divergences')
  .addOption(new Option('--json', 'one document for programs on stdout'))
  .action(async (names: string[], wishes: Wishes) => {
    process.exitCode = await campaigns(names, wishes);
  });
program
  .command('replay')
  .description('Take a recorded divergence again, on both sides.')
  .argument('<file>')
  .action(async (path: string) => {
    process.exitCode = await replay(path);
  });
program
  .command('list')
  .description('What there is.')
  .action(() => {
    for (const { name, doc, needs } of catalogue)
      process.stdout.write(`${name.padEnd(22)} ${needs.padEnd(24)} ${missing(needs) ?? doc}\n`);
  });

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof ChurnproofError)) throw error;
  process.stderr.write(`${explainError(error)}\n`);
  process.exitCode = 2;
}

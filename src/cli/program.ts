/** The commands, their options and what `--help` says of them. */
import { Command, Option } from 'commander';
import { ChurnproofError, scheduleNames } from '../kernel/index.js';
import type { Service } from '../serve/index.js';
import { certifyCommand, verifyCommand } from './certificates/commands.js';
import type { CheckWishes } from './check.js';
import { ciCommand, mergeCommand } from './ci/commands.js';
import { exitCodeHelp } from './exit-code.js';
import type { ExportWishes } from './export.js';
import type { FuzzWishes } from './fuzz.js';
import type { GenericWishes } from './generic-mutants.js';
import type { Io } from './io.js';
import type { ListWishes } from './list.js';
import type { MutantsWishes } from './mutants.js';
import { collect, common, mostWorkers, positive, reduction, weight, whole } from './options.js';
import type { ReplayWishes } from './replay.js';
import { serveCommand } from './serve.js';
import type { ValidateWishes } from './validate.js';
import { version } from './version.js';

/**
 * Calls `exit` with the code of the command that ran. Each command is loaded when it is chosen: a small system is checked in less
 * time than it takes to load all of them.
 * @internal
 */
export function program(io: Io, services: readonly Service[], exit: (code: number) => void): Command {
  const top = new Command('churnproof')
    .description('Checks whether a peer-to-peer protocol survives churn, loss and reordering.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      // What commander would write here comes out as an error of ours.
      writeErr: () => {},
      getOutHelpWidth: () => 100,
    })
    .addHelpText('after', `\n${exitCodeHelp}\n\nBegin with: churnproof check`);
  listCommand(top, io, exit);
  checkCommand(top, io, exit);
  fuzzCommand(top, io, exit);
  replayCommand(top, io, exit);
  mutantsCommand(top, io, exit);
  certifyCommand(top, io, exit);
  verifyCommand(top, io, exit);
  validateCommand(top, io, exit);
  exportCommand(top, io, exit);
  serveCommand(top, services, io, exit);
  ciCommand(top, io, exit);
  mergeCommand(top, io, exit);
  return top;
}

const models = 'model or model/configuration, or the path of a claims file such as ./my-suite.js';

function listCommand(top: Command, io: Io, exit: (code: number) => void): void {
  common(top.command('list').description('Show models with their parameters, configurations and claims.'))
    .argument('[model...]', models)
    .action(async (named: string[], options: Omit<ListWishes, 'models'>) => {
      const { list } = await import('./list.js');
      exit(await list({ ...options, models: named }, io));
    });
}

function checkCommand(top: Command, io: Io, exit: (code: number) => void): void {
  const command = top
    .command('check')
    .description('Search every reachable state. Without a model: the quick configurations of all bundled ones.');
  chosen(common(command))
    .addOption(
      new Option('--strategy <name>', 'the order of the search; breadth-first finds the shortest traces')
        .choices(['breadth-first', 'depth-first'])
        .default('breadth-first'),
    )
    .option('--max-states <n>', 'stop after so many distinct states', whole(1))
    .option('--max-depth <n>', 'look no further than so many moves from a start', whole(1))
    .option(
      '--memory-limit <MiB>',
      'for the states of one search (default: half of what the machine has left)',
      whole(1, 2 ** 22),
    )
    .addOption(
      new Option(
        '--store <name>',
        'what is kept of each state: all of it (exact), 64 bits (fingerprint: what holds does so but for a chance that is printed), or a few (bitstate: says what it found, never that anything holds); see docs/searching.md',
      )
        .choices(['exact', 'fingerprint', 'bitstate'])
        .default('exact'),
    )
    .option(
      '--seed <n>',
      'of the hashes of a store that is not exact; another one takes other states for one (default: 0)',
      whole(0, 2 ** 31 - 1),
    )
    .option('--bitstate-size <MiB>', 'of the field of bits (default: 64)', whole(1, 512))
    .option(
      '--workers <n>',
      'share a search among so many threads: same counts, verdicts and traces, in less time where there are as many cores (default: 1)',
      whole(1, mostWorkers),
    )
    .option('--first', 'stop a search when every claim is decided')
    .option(
      '--reduce <name>',
      'leave out states that the verdicts do not need, by partial-order, symmetry or rotation (of a circle); refused where that cannot be shown; may be repeated',
      reduction,
    )
    .addHelpText(
      'after',
      `
Examples:
  churnproof check                                          all quick configurations
  churnproof check two-phase-commit --set rms=7 --json      one document for a program
  churnproof check stop-and-wait/unordered --traces         tell every trace
  churnproof check two-phase-commit --set rms=9 --store fingerprint
  churnproof check ./my-suite.js --property "no two leaders"

${exitCodeHelp}`,
    )
    .action(async (named: string[], options: Omit<CheckWishes, 'models'>) => {
      const { check } = await import('./check.js');
      exit(await check({ ...options, models: named }, io));
    });
}

function fuzzCommand(top: Command, io: Io, exit: (code: number) => void): void {
  const command = top
    .command('fuzz')
    .description('Take random moves, with random churn, loss and reordering, and shrink what they find.');
  chosen(common(command))
    .option(
      '--seed <n>',
      'of the random moves; the same seed gives the same report (default: a fresh one)',
      whole(0, 2 ** 31 - 1),
    )
    .option('--runs <n>', 'how many behaviours (default: as the configuration says, or 1000)', whole(1))
    .option(
      '--moves <n>',
      'of each behaviour, at most (default: as the configuration says, or 500)',
      whole(1, 1_000_000_000),
    )
    .option(
      '--simulate',
      'run the system unpacked, by compiled machines that xstate judges: for systems so large that hardly a state comes twice (default: as the configuration says)',
    )
    .option('--no-simulate', 'work on packed states even where the configuration says otherwise')
    .option(
      '--weight <kind=number>',
      'how often a kind of move (deliver, crash, ...) or an operation is taken beside the others, 1 being usual, 0 never; may be repeated',
      weight,
    )
    .addOption(
      new Option(
        '--schedule <name>',
        'how moves are picked: any at any time (uniform), the same with some kinds switched off in each run (swarm), by priorities (pct, pos), from where something new was seen (coverage); see docs/fuzzing.md (default: as the configuration says, or swarm)',
      ).choices(scheduleNames),
    )
    .option('--depth <n>', 'for pct: events whose order makes the bugs it looks for (default: 3)', whole(1, 100))
    .option('--no-swarm', 'the same as --schedule uniform')
    .addHelpText(
      'after',
      `
A sample never says that a property holds: a claim that nothing was found against is undecided, and as expected.

Examples:
  churnproof fuzz chord-orig --seed 1 --runs 2000
  churnproof fuzz stop-and-wait/unordered --weight lose=0 --weight duplicate=3
  churnproof fuzz chord-orig --schedule pct --depth 2
  churnproof fuzz chord-zave/eight --simulate --runs 20 --moves 50000
  churnproof fuzz --time-limit 60

${exitCodeHelp}`,
    )
    .action(async (named: string[], options: Omit<FuzzWishes, 'models'>) => {
      const { fuzz } = await import('./fuzz.js');
      exit(await fuzz({ ...options, models: named }, io));
    });
}

function replayCommand(top: Command, io: Io, exit: (code: number) => void): void {
  common(top.command('replay').description('Take a recorded trace again, step by step, and compare its verdict.'))
    .argument('<file>', 'a trace file, as check and fuzz write them')
    .option('--suite <file>', 'claims file of a model that is not bundled')
    .option('--max-states <n>', 'of one search for a goal that should be out of reach (default: 1,000,000)', whole(1))
    .option('--html <file>', 'write a page that plays it, to open in a browser')
    .option('--step', 'on a terminal: one move at a time, by keys')
    .addOption(
      new Option(
        '--export <format>',
        'print it for other tools instead: a trace of Apalache and Quint, or a diagram',
      ).choices(['itf', 'mermaid']),
    )
    .addOption(
      new Option('--emit <kind>', 'write a stand-alone test of it instead of telling it').choices(['vitest', 'node']),
    )
    .option('--out <file>', 'where --export or --emit goes, instead of stdout')
    .addHelpText(
      'after',
      `
A move is followed by what it means. Where the model has changed, the replay says what step was and is now.
Exit code 0: the trace shows the verdict that was recorded. 1: it does not. 3: a limit was reached first.

Example:
  churnproof replay counterexamples/stop-and-wait-unordered-bob-never-delivers-more-than-alice-sent.json`,
    )
    .action(async (file: string, options: Omit<ReplayWishes, 'file'>) => {
      const { replayFile } = await import('./replay.js');
      exit(await replayFile({ ...options, file }, io));
    });
}

function exportCommand(top: Command, io: Io, exit: (code: number) => void): void {
  common(top.command('export').description('Write a model for other tools: the graph of all its states, or its parts.'))
    .argument('<model>', models)
    .addOption(
      new Option(
        '--format <name>',
        'aut: Aldebaran, for CADP, mCRL2 and LTSmin; dot: Graphviz; promela: what each peer does, for Spin to put together',
      )
        .choices(['aut', 'dot', 'promela'])
        .default('aut'),
    )
    .option('--set <name=value>', 'a parameter of the model; may be repeated', collect)
    .option('--suite <file>', 'claims file whose models may be named beside the bundled ones')
    .option('--max-states <n>', 'refuse a model of more states (default: 1,000,000; dot: 1,000)', whole(1))
    .option('--out <file>', 'where it goes, instead of stdout')
    .addHelpText(
      'after',
      `
Examples:
  churnproof export stop-and-wait/fifo --out stop-and-wait.aut
  churnproof export two-phase-commit --format dot | dot -Tsvg > commit.svg
  churnproof export chord-orig --format promela --out chord.pml

Exit code 0: it is written. 3: there are more states than that, and nothing is written.`,
    )
    .action(async (model: string, options: Omit<ExportWishes, 'model'>) => {
      const { exportGraph } = await import('./export.js');
      exit(await exportGraph({ ...options, model }, io));
    });
}

function validateCommand(top: Command, io: Io, exit: (code: number) => void): void {
  common(
    top
      .command('validate')
      .description('Hold an event log of a real implementation against a model: could it have done that?'),
  )
    .argument('<model>', models)
    .argument('<log>', 'JSON lines, each a move, a look at peers, or both')
    .option(
      '--hidden <kind>',
      'a kind of move, or an operation, that was not logged; may be repeated (default: all that no line names)',
      collect,
    )
    .option('--set <name=value>', 'a parameter of the model; may be repeated', collect)
    .option('--suite <file>', 'claims file whose models may be named beside the bundled ones')
    .option('--max-states <n>', 'states looked at over all lines (default: 1,000,000)', whole(1))
    .option('--traces', 'tell the behaviour that explains the log')
    .addHelpText(
      'after',
      `
A line tells a move by its kind and what is known of it, or where peers stand; what it leaves out may be anything:
  {"kind":"deliver","from":"alice","to":"bob","message":{"bit":0},"after":{"bob":{"context":{"delivered":1}}}}
  {"kind":"timeout","peer":"alice"}
  {"after":{"alice":{"state":"done"}},"note":"for people"}

Exit codes:
  0  accepted: some behaviour of the model explains the log
  1  rejected: told is the first line that no behaviour explains, and what the model could have done
  2  a mistake in the command, the model or the log
  3  undecided: a limit was reached first

Example:
  churnproof validate stop-and-wait/fifo alice-and-bob.jsonl`,
    )
    .action(async (model: string, log: string, options: Omit<ValidateWishes, 'model' | 'log'>) => {
      const { validate } = await import('./validate.js');
      exit(await validate({ ...options, model, log }, io));
    });
}

function mutantsCommand(top: Command, io: Io, exit: (code: number) => void): void {
  common(top.command('mutants').description('Try every seeded bug: the claims that are said to catch it must do so.'))
    .argument(
      '[model...]',
      'model or family of models, or the beginning of several before a dash, such as chord; or the path of a claims file (default: all)',
    )
    .option('--mutant <name>', 'only this one; may be repeated', collect)
    .option('--generic', 'small edits of the machines instead of the bugs that are written down')
    .option('--set <name=value>', 'with --generic: a parameter of the model; may be repeated', collect)
    .option('--threshold <percent>', 'with --generic: exit with 4 when fewer are killed of any system', whole(0, 100))
    .option('--all', 'with --generic: also list those that were killed, and what is no bug')
    .option('--whole', 'decide every claim of every mutant, however many states that takes')
    .option('--time-limit <seconds>', 'for each mutant', positive)
    .option('--max-states <n>', 'stop a search after so many distinct states', whole(1))
    .option('--traces', 'tell the shortest trace of every claim that a mutant is said to break')
    .option('--out <folder>', 'write those traces there, to be replayed')
    .option('--quiet', 'no progress on stderr')
    .addHelpText(
      'after',
      `
A mutant is killed when every claim that it is said to break falls, in as many moves as are written down. A survivor is
one that changes nothing that matters: whatever is reported of it, and not of its right sibling, is a false alarm.

With --generic every small edit of every machine is tried on the configuration that is named: a guard dropped or negated, a
transition lost or sent elsewhere, an action or a message lost, a message doubled, a timer dropped. Told are those that no
property notices. An edit after which the system does exactly the same is no bug and is left out of the score.

Examples:
  churnproof mutants                            every seeded bug of every model
  churnproof mutants chord-zave --mutant S4 --traces
  churnproof mutants chord --json               one document for a program
  churnproof mutants swarm --mutant S5 --out counterexamples
  churnproof mutants --generic stop-and-wait    what would nobody notice?

Exit codes:
  0  every mutant is killed, every survivor is quiet
  1  not as recorded: another length, or a claim that did not fall; or a false alarm
  2  a mistake in the command, the model or a file
  3  undecided: a limit was reached first
  4  a mutant survived: no claim notices it
  5  not deterministic: a machine or a property
  130  interrupted`,
    )
    .action(async (named: string[], options: Omit<MutantsWishes & GenericWishes, 'models'> & { generic?: boolean }) => {
      const { generic = false, ...wishes } = options;
      checkTogether(generic, wishes);
      const tried = { ...wishes, models: named };
      if (generic) exit(await (await import('./generic-mutants.js')).genericMutants(tried, io));
      else exit(await (await import('./mutants.js')).mutants(tried, io));
    });
}

/** Options of one of the two ways to use `mutants` mean nothing in the other. */
function checkTogether(
  generic: boolean,
  { mutant, whole, traces, out, ...wishes }: Partial<MutantsWishes & GenericWishes>,
): void {
  const { set, threshold, all } = wishes;
  const astray = Object.entries(generic ? { mutant, whole, traces, out } : { set, threshold, all }).find(
    ([, value]) => value !== undefined,
  );
  if (astray === undefined) return;
  throw new ChurnproofError('USAGE', `--${astray[0]} ${generic ? 'means nothing with' : 'needs'} --generic`, {
    hint: 'churnproof mutants --help',
  });
}

const chosen = (command: Command): Command =>
  command
    .argument('[model...]', models)
    .option('--set <name=value>', 'a parameter of the model; may be repeated', collect)
    .option('--property <name>', 'only this claim, by its name or how it begins; may be repeated', collect)
    .option('--suite <file>', 'claims file whose models may be named beside the bundled ones')
    .option('--time-limit <seconds>', 'for each system', positive)
    .option('--out <folder>', 'where counterexamples are written', 'counterexamples')
    .option('--traces', 'tell every trace, not only the unexpected')
    .option('--coverage', 'tell what was and was not used of the machines: states, transitions, guards')
    .option('--quiet', 'no progress on stderr');

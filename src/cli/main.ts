/** The command line as one function: arguments in, texts out, an exit code back. */
import { inspect } from 'node:util';
import { CommanderError } from 'commander';
import { ChurnproofError, explainError, messageOf } from '../kernel/index.js';
import { documentSchemaVersion } from '../report/document.js';
import { exitCode, exitCodeOfError } from './exit-code.js';
import { type Given, type Io, withProcess } from './io.js';
import { program } from './program.js';

/** Runs one command; never throws, never ends the process. @public */
export const main = (argv: readonly string[], io: Given): Promise<number> =>
  withProcess(io, (whole) => run(argv, whole));

async function run(argv: readonly string[], io: Io): Promise<number> {
  let code: number = exitCode.asExpected;
  const nothing = argv.length === 0;
  try {
    // Their options are commands of their own, which nobody else needs to know.
    const services = argv.includes('serve') ? ((await io.services?.()) ?? []) : [];
    const commands = program(io, services, (ended) => {
      code = ended;
    });
    await commands.parseAsync(nothing ? ['--help'] : argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return nothing ? exitCode.usage : exitCode.asExpected;
    return explain(coded(error), error, argv, io);
  }
}

function coded(error: unknown): ChurnproofError | undefined {
  if (error instanceof ChurnproofError) return error;
  if (!(error instanceof CommanderError)) return undefined;
  const [problem, suggestion] = error.message.replace(/^error: /, '').split('\n');
  const meant = /^\(Did you mean (.*)\?\)$/.exec(suggestion ?? '')?.[1];
  return new ChurnproofError('USAGE', problem as string, { hint: meant ?? 'churnproof --help', cause: error });
}

/** On stderr for people, and with `--json` on stdout for programs. */
function explain(error: ChurnproofError | undefined, thrown: unknown, argv: readonly string[], io: Io): number {
  const has = (option: string) => argv.includes(option);
  const { code, message, where, expected, hint } = error ?? { code: 'UNEXPECTED', message: messageOf(thrown) };
  if (has('--json')) {
    const document = { schemaVersion: documentSchemaVersion, error: { code, message, where, expected, hint } };
    io.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  }
  const text =
    error === undefined
      ? `error ${code}: ${message}\n  try: run it again with --debug; if this is not your model, it is a bug in churnproof`
      : explainError(error);
  io.stderr.write(`${text}\n`);
  if (has('--debug')) io.stderr.write(`${inspect(thrown)}\n`);
  return error === undefined ? exitCode.usage : exitCodeOfError(error.code);
}

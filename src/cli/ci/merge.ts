/** The command `merge-reports`: the shards of one run, told and reported as the run that was not split. */
import { readFile } from 'node:fs/promises';
import { mergeRuns, readBlob } from '../../ci/index.js';
import { ChurnproofError, messageOf } from '../../kernel/index.js';
import { ciOutcomes } from '../../report/ci.js';
import { renderCi } from '../../report/index.js';
import { paintFor } from '../colours.js';
import { exitCode, exitCodeOf } from '../exit-code.js';
import type { Io } from '../io.js';
import type { Reporter } from './reporter.js';
import { report } from './reporters.js';

/** @internal */
export interface MergeWishes {
  readonly files: readonly string[];
  readonly reporter?: readonly Reporter[];
  readonly traces?: boolean;
}

/** @internal */
export async function mergeReports({ files, reporter = [], traces = false }: MergeWishes, io: Io): Promise<number> {
  const runs = await Promise.all(files.map(async (where) => ({ where, told: readBlob(await read(where), where) })));
  const told = mergeRuns(runs);
  const [head, end] = renderCi(told, { paint: paintFor(io), traces });
  io.stdout.write(`${head}\n`);
  await report(told, reporter, io);
  io.stdout.write(`${end}\n`);
  return told.interrupted ? exitCode.interrupted : exitCodeOf(ciOutcomes(told));
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new ChurnproofError('REPORT_INVALID', `cannot read the report: ${messageOf(error)}`, {
      where: file,
      cause: error,
    });
  }
}

/** The command `validate`: an event log of a real implementation, held against a model. */
import { readFile, stat } from 'node:fs/promises';
import { classesOf } from '../check/schedule.js';
import { maxLogSize, readLog, validateLog } from '../conform/index.js';
import { ChurnproofError, messageOf } from '../kernel/index.js';
import { renderValidation, renderValidationDocument } from '../report/validation-text.js';
import { compose } from '../system/index.js';
import { choose } from './choose.js';
import { paintFor } from './colours.js';
import { exitCode } from './exit-code.js';
import type { Io } from './io.js';

/** @internal */
export interface ValidateWishes {
  readonly model: string;
  readonly log: string;
  readonly set?: readonly string[];
  readonly suite?: string;
  /** Classes of move that were not logged. */
  readonly hidden?: readonly string[];
  readonly maxStates?: number;
  readonly traces?: boolean;
  readonly json?: boolean;
}

/** @internal */
export async function validate(wishes: ValidateWishes, io: Io): Promise<number> {
  const { model, log, set, suite, hidden, maxStates, traces = false, json } = wishes;
  const lines = readLog(await read(log), log);
  const selected = {
    models: [model],
    ...(set === undefined ? {} : { set }),
    ...(suite === undefined ? {} : { suite }),
  };
  const [chosen] = await choose(selected, io);
  if (chosen === undefined) throw new Error('one model was named, and none was chosen');
  const validation = validateLog(compose(chosen.system), classesOf(chosen.system), lines, {
    ...(hidden === undefined ? {} : { hidden }),
    ...(maxStates === undefined ? {} : { maxStates }),
  });
  const told = { ...validation, title: chosen.title };
  io.stdout.write(
    `${json ? renderValidationDocument(told) : renderValidation(told, { paint: paintFor(io), traces })}\n`,
  );
  return { accepted: exitCode.asExpected, rejected: exitCode.notAsExpected, undecided: exitCode.undecided }[
    validation.verdict
  ];
}

async function read(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > maxLogSize) throw new Error(`${size} bytes are too many for a log`);
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new ChurnproofError('LOG_UNREADABLE', `cannot read the file: ${messageOf(error)}`, {
      where: file,
      cause: error,
    });
  }
}

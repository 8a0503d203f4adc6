/** Runs the command that a service names for its log, without a process. */
import { classesOf } from '../../src/check/schedule.js';
import { readLog, type Validation, validateLog } from '../../src/conform/index.js';
import type { Suite } from '../../src/kernel/index.js';
import { select } from '../../src/run/suite.js';
import { compose } from '../../src/system/index.js';

/** `churnproof validate <model/configuration> <file> --set name=value ...` */
export function judge(suite: Suite, command: string, log: string): Validation {
  const [, configuration = ''] = /validate \w+\/(\w+)/.exec(command) ?? [];
  const set = Object.fromEntries(
    [...command.matchAll(/--set (\w+)=(\w+)/g)].map(([, name = '', value = '']) => [
      name,
      /^\d+$/.test(value) ? Number(value) : value,
    ]),
  );
  const { system } = select(suite, configuration, set, () => []);
  return validateLog(compose(system), classesOf(system), readLog(log, 'the log'));
}

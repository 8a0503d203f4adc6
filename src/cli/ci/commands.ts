/** The commands `ci` and `merge-reports`, their options and what `--help` says of them. */
import { type Command, Option } from 'commander';
import { profileNames } from '../../ci/profiles.js';
import { ChurnproofError } from '../../kernel/index.js';
import { exitCodeHelp } from '../exit-code.js';
import type { Io } from '../io.js';
import { positive, shard, whole } from '../options.js';
import type { CiWishes } from './ci.js';
import type { MergeWishes } from './merge.js';
import { reporter } from './reporter.js';

const reporters = 'beside the text: json, junit, sarif, markdown, blob (for merge-reports) or github; may be repeated';

/** @internal */
export function ciCommand(top: Command, io: Io, exit: (code: number) => void): void {
  top
    .command('ci')
    .description(
      'Run what a config file asks for: old counterexamples, then claims, then fuzzing of what is still open.',
    )
    .helpOption('-h, --help', 'print this help')
    .argument('[suite...]', 'only these of the profile: model, model/configuration or claims file')
    .option('--config <file>', 'default: churnproof.config.ts, .mts, .js, .mjs or .json in the working folder')
    .addOption(new Option('--profile <name>', 'how much there is time for').choices([...profileNames]).default('pr'))
    .option('--shard <i/n>', 'only the i-th of n parts; put together again by merge-reports', shard)
    .option('--seed <n>', "of the fuzzing, instead of the profile's", whole(0, 2 ** 31 - 1))
    .option('--time-limit <seconds>', "for the whole run, instead of the profile's", positive)
    .option('--reporter <name[=file]>', reporters, reporter)
    .option('--watch', 'stay, and run again whatever a changed file is part of')
    .option('--no-cache', 'work out again what an earlier run with the same sources has decided')
    .option('--traces', 'tell every trace, not only the unexpected')
    .option('--quiet', 'no progress on stderr')
    .option('--debug', 'print stack traces of errors')
    .addHelpText('after', `\nSee docs/ci.md.\n\n${exitCodeHelp}`)
    .action(async (suites: string[], { watch, ...options }: Omit<CiWishes, 'suites'> & { readonly watch?: true }) => {
      if (watch && (options.shard !== undefined || options.reporter !== undefined))
        throw new ChurnproofError('USAGE', '--watch is for people: it takes no --shard and no --reporter');
      if (watch) exit(await (await import('./watch.js')).watchCi({ ...options, suites }, io));
      else exit(await (await import('./ci.js')).ci({ ...options, suites }, io));
    });
}

/** @internal */
export function mergeCommand(top: Command, io: Io, exit: (code: number) => void): void {
  top
    .command('merge-reports')
    .description('Tell the shards of one run as the run that was not split.')
    .helpOption('-h, --help', 'print this help')
    .argument('<blob...>', 'the files that each shard wrote with --reporter blob')
    .option('--reporter <name[=file]>', reporters, reporter)
    .option('--traces', 'tell every trace, not only the unexpected')
    .option('--debug', 'print stack traces of errors')
    .addHelpText('after', `\nExample:\n  churnproof merge-reports shard-*.json --reporter junit\n\n${exitCodeHelp}`)
    .action(async (files: string[], options: Omit<MergeWishes, 'files'>) => {
      const { mergeReports } = await import('./merge.js');
      exit(await mergeReports({ ...options, files }, io));
    });
}

/** The commands `certify` and `verify`, their options and what `--help` says of them. */
import type { Command } from 'commander';
import { exitCodeHelp } from '../exit-code.js';
import type { Io } from '../io.js';
import { common, positive } from '../options.js';
import type { CertifyWishes } from './certify.js';
import type { VerifyWishes } from './verify.js';

/** @internal */
export function verifyCommand(top: Command, io: Io, exit: (code: number) => void): void {
  common(top.command('verify').description('Look again at everything that the certificate of a bundled model tells.'))
    .argument('[model...]', 'bundled models (default: all)')
    .option('--hashes', 'compare the hashes of sources and engine, and search nothing')
    .option('--time-limit <seconds>', 'for each search', positive)
    .option('--quiet', 'no progress on stderr')
    .addHelpText(
      'after',
      `
Every configuration of the certificate is searched and every mutant tried again, and every field that differs is told. A certificate
is stale when a source that its model is made of has changed. That another engine or package came to the same is told, and no fault.

Exit codes:
  0  all as certified
  1  stale, or something was found otherwise
  2  a certificate is missing, or is none
  3  undecided: a limit was reached first
  4  the mutation score has fallen
  5  not deterministic: a machine or a property
  130  interrupted`,
    )
    .action(async (named: string[], options: Omit<VerifyWishes, 'models'>) => {
      const { verify } = await import('./verify.js');
      exit(await verify({ ...options, models: named }, io));
    });
}

/** @internal */
export function certifyCommand(top: Command, io: Io, exit: (code: number) => void): void {
  top
    .command('certify')
    .description('Write the certificates of bundled models: what was found, by which sources and which engine.')
    .helpOption('-h, --help', 'print this help')
    .argument(
      '[model...]',
      'bundled models (default: all); model/configuration adds one to those that check takes on by itself',
    )
    .option('--force', 'search also what is fresh: same sources, same version of churnproof')
    .option('--quiet', 'no progress on stderr')
    .option('--debug', 'print stack traces of errors')
    .addHelpText(
      'after',
      `
Nothing is written of a model that is not as expected: see churnproof check and churnproof mutants.

${exitCodeHelp}`,
    )
    .action(async (named: string[], options: Omit<CertifyWishes, 'models'>) => {
      const { certify } = await import('./certify.js');
      exit(await certify({ ...options, models: named }, io));
    });
}

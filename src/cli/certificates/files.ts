/** Where certificates are: one file a model, in the package's folder. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Certificate, maxCertificateSize, readCertificate } from '../../certify/index.js';
import { ChurnproofError, messageOf, type Suite } from '../../kernel/index.js';
import { findSuite } from '../../run/suite.js';
import type { Io } from '../io.js';
import { nearest } from '../nearest.js';
import { isPath } from '../suite-file.js';
import { PackageSources } from './sources.js';

/** @internal */
export const certificateOfModel = (home: string, model: string): string => join(home, 'certificates', `${model}.json`);

/** @throws ChurnproofError where nobody says where the package is @internal */
export function packageOf({ home, sources }: Io): { readonly home: string; readonly sources: PackageSources } {
  if (home === undefined || sources === undefined)
    throw new ChurnproofError('USAGE', 'only the bundled suites have certificates, and nobody says where they are');
  return { home, sources: new PackageSources(home, sources) };
}

/** @throws ChurnproofError CERTIFICATE_MISSING or what is wrong with it @internal */
export async function loadCertificate(home: string, model: string): Promise<Certificate> {
  const certificate = readCertificate(await read(home, model), `certificates/${model}.json`);
  if (certificate.model === model) return certificate;
  throw new ChurnproofError('CERTIFICATE_INVALID', `it is the certificate of ${certificate.model}`, {
    where: `certificates/${model}.json`,
    expected: `the certificate of ${model}`,
  });
}

async function read(home: string, model: string): Promise<string> {
  const file = certificateOfModel(home, model);
  try {
    const { size } = await stat(file);
    if (size > maxCertificateSize) throw new Error(`${size} bytes are too many for a certificate`);
    return await readFile(file, 'utf8');
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new ChurnproofError(
      isMissing ? 'CERTIFICATE_MISSING' : 'CERTIFICATE_UNREADABLE',
      isMissing ? `${model} has no certificate` : `cannot read the file: ${messageOf(error)}`,
      { where: file, hint: `churnproof certify ${model}`, cause: error },
    );
  }
}

/** A model with the configurations that were named for it. @internal */
export interface NamedSuite {
  readonly suite: Suite;
  readonly configurations: readonly string[];
}

/** Each once, in the order of the catalogue; no word: all. @internal */
export async function nameSuites(words: readonly string[], io: Io): Promise<readonly NamedSuite[]> {
  const catalogue = await io.catalogue();
  const named = words.map((word) => {
    if (isPath(word))
      throw new ChurnproofError('USAGE', `${word} is a file, and only bundled models have certificates`, {
        hint: 'churnproof ci keeps what was found of your own claims',
      });
    const { suite, configuration } = findSuite(catalogue, word, nearest);
    return { suite, configuration: word.includes('/') ? configuration : undefined };
  });
  return catalogue.flatMap((suite) => {
    const mine = named.filter((one) => one.suite === suite);
    if (words.length > 0 && mine.length === 0) return [];
    return [{ suite, configurations: mine.flatMap(({ configuration: one }) => (one === undefined ? [] : [one])) }];
  });
}

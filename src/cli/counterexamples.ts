/** Where counterexamples go: stable file names, and files that are either there in full or not at all. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { ChurnproofError, type Finding, messageOf } from '../kernel/index.js';
import { type Found, fileNames, traceFileOf } from '../run/counterexample.js';
import type { Selection } from '../run/suite.js';
import { writeTrace } from '../trace/index.js';
import { version } from './version.js';

/**
 * Writes the trace of every violated claim; gives the path for each property.
 * @param kept properties whose other traces in the folder stay: beside one of another behaviour, the new one gets a number
 * @internal
 */
export async function writeCounterexamples(
  chosen: Found & Pick<Selection, 'claims'>,
  findings: readonly Finding[],
  folder: string,
  kept: (property: string) => boolean = () => false,
): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const names = fileNames(chosen);
  for (const finding of findings) {
    const { property, verdict } = finding;
    const file = verdict === 'violated' ? traceFileOf(chosen, finding, version) : undefined;
    if (file === undefined) continue;
    const text = writeTrace(file);
    const name = join(folder, names.get(property) as string);
    let path = name;
    try {
      await mkdir(folder, { recursive: true });
      if (kept(property)) path = await beside(name, text);
      await writeFileAtomic(path, text);
    } catch (error) {
      throw new ChurnproofError('USAGE', `cannot write the counterexample: ${messageOf(error)}`, {
        where: path,
        hint: 'give a folder that can be written with --out',
        cause: error,
      });
    }
    files.set(property, path);
  }
  return files;
}

/** The first of `name.json`, `name-2.json`, ... that is not there, or tells the same moves. */
async function beside(path: string, text: string): Promise<string> {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? path : path.replace(/\.json$/, `-${n}.json`);
    const there = await readFile(candidate, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (there === undefined || storyOf(there) === storyOf(text)) return candidate;
  }
}

/** What comes before it (versions, choices, proofs) may differ for the same behaviour. */
const storyOf = (text: string): string => text.slice(text.lastIndexOf('"moves": ['));

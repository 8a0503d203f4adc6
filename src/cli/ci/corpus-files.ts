/** The files of the regression corpus, read and replayed one after the other. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Corpus, type Draw } from '../../ci/index.js';
import { ChurnproofError, messageOf } from '../../kernel/index.js';
import { type CorpusTold, renderMermaid } from '../../report/index.js';
import { maxTraceSize } from '../../trace/index.js';
import { nearest } from '../nearest.js';
import { story } from '../replay.js';
import type { Planned } from './targets.js';

/** In a fixed order; none if there is no folder yet. @internal */
export async function corpusFiles(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
      .map(({ name }) => join(folder, name).replaceAll('\\', '/'))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new ChurnproofError('USAGE', `cannot read the counterexamples: ${messageOf(error)}`, {
      where: folder,
      cause: error,
    });
  }
}

/** @internal */
export async function replayCorpus(
  files: readonly string[],
  { known, fileOf }: Pick<Planned, 'known' | 'fileOf'>,
  interrupted: AbortSignal,
): Promise<readonly CorpusTold[]> {
  const corpus = new Corpus(known, nearest, fileOf, draw);
  const told: CorpusTold[] = [];
  for (const [at, file] of files.entries()) {
    // Now and then, so that Ctrl-C is heard.
    if (at % 50 === 49) await setImmediate();
    if (interrupted.aborted) break;
    told.push(corpus.judge(await read(file), file));
  }
  return told;
}

/** Which of the moves brought it back: the summary of a job shows it. */
const draw: Draw = (trace, { model, suite }, replayed, { property }) =>
  renderMermaid(story(trace, property, replayed, (state) => model.picture(state), suite));

/** What cannot be read is an outcome of the corpus, as is a text that is no trace. */
async function read(file: string): Promise<string> {
  const { size } = await stat(file);
  return size > maxTraceSize ? '' : readFile(file, 'utf8');
}

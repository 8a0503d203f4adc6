/** Reporters: what a run is written down as beside its text. They only add; none of them can take a line away. */
import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { writeBlob } from '../../ci/index.js';
import { ChurnproofError, messageOf } from '../../kernel/index.js';
import {
  type CiTold,
  renderAnnotations,
  renderCiDocument,
  renderJunit,
  renderSarif,
  renderSummary,
} from '../../report/index.js';
import type { Io } from '../io.js';
import type { Reporter } from './reporter.js';

/** On GitHub its reporter is there without being asked for. @internal */
export async function report(told: CiTold, asked: readonly Reporter[], io: Io): Promise<void> {
  const onGitHub = io.env.GITHUB_ACTIONS === 'true' && !asked.some(({ name }) => name === 'github');
  const all: readonly Reporter[] = onGitHub ? [...asked, { name: 'github', file: '' }] : asked;
  for (const one of all) await writeOne(one, told, io);
}

async function writeOne({ name, file }: Reporter, told: CiTold, io: Io): Promise<void> {
  switch (name) {
    case 'json':
      return write(file, renderCiDocument(told));
    case 'junit':
      return write(file, renderJunit(told));
    case 'sarif':
      return write(file, renderSarif(told));
    case 'markdown':
      return write(file, renderSummary(told));
    case 'blob':
      return write(file, writeBlob(told));
    case 'github': {
      io.stdout.write(renderAnnotations(told));
      const summary = io.env.GITHUB_STEP_SUMMARY;
      if (summary !== undefined && summary !== '') await appendFile(summary, renderSummary(told));
    }
  }
}

async function write(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFileAtomic(file, text);
  } catch (error) {
    throw new ChurnproofError('USAGE', `cannot write the report: ${messageOf(error)}`, { where: file, cause: error });
  }
}

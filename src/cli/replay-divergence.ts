/** What `replay` does with the file of a divergence: the model's side is taken again here, what the other showed is recorded. */
import { type DivergenceFile, describeDivergence, readDivergence } from '../conform/index.js';
import { always, ChurnproofError } from '../kernel/index.js';
import { type Paint, type ReplayStory, tellReplay } from '../report/index.js';
import { recordedSelection } from '../run/recorded.js';
import { compose } from '../system/index.js';
import { describeDrift, type Replay, replay } from '../trace/index.js';
import { paintFor } from './colours.js';
import { exitCode } from './exit-code.js';
import type { Io } from './io.js';
import { nearest } from './nearest.js';
import type { ReplayWishes } from './replay.js';
import { loadSuites } from './suite-file.js';

/** @internal */
export async function replayDivergence(source: string, wishes: ReplayWishes, io: Io): Promise<number> {
  const { file: where, suite } = wishes;
  checkWishes(wishes);
  const file = readDivergence(source, where);
  const own = suite === undefined ? [] : await loadSuites(suite);
  const selection = recordedSelection(file, where, [...own, ...(await io.catalogue([file.model]))], nearest);
  const model = compose(selection.system);
  const replayed = replay(model, nothing, file);
  const told = {
    ...storyOf(file, replayed, (state) => model.picture(state)),
    chart: (frames: Parameters<NonNullable<ReplayStory['chart']>>[0]) =>
      selection.suite.chart?.(frames, selection.values) ?? [],
  };
  io.stdout.write(`${textOf(file, told, paintFor(io))}\n`);
  return isSame(file, told) ? exitCode.asExpected : exitCode.notAsExpected;
}

/** Nothing is claimed of the model: it is the judge. */
const nothing = always('the model is right', () => true);

function checkWishes({ json, step, html, emit, export: format }: ReplayWishes): void {
  if (!json && !step && html === undefined && emit === undefined && format === undefined) return;
  throw new ChurnproofError('USAGE', 'a divergence is replayed as text alone', {
    hint: 'leave out --json, --step, --html, --emit and --export; to drive the implementation too, see docs/conformance.md',
  });
}

const isSame = (file: DivergenceFile, { start, steps }: Pick<ReplayStory, 'start' | 'steps'>): boolean =>
  start?.label === file.label && steps.length === file.moves.length;

function storyOf(file: DivergenceFile, { start, steps, drift }: Replay, picture: ReplayStory['picture']): ReplayStory {
  const settings = Object.entries(file.values).map(([name, value]) => ` ${name}=${value}`);
  return {
    title: `${file.model}/${file.configuration}${settings.join('')}`,
    subject: { model: file.model, config: file.configuration, values: file.values },
    property: `held against ${file.implementation} ${file.version}`,
    recorded: { verdict: 'violated', length: file.moves.length },
    start,
    steps,
    picture,
    shownAt: undefined,
    drift: drift.map((one) => ({ step: one.step, text: describeDrift(one) })),
  };
}

function textOf(file: DivergenceFile, story: ReplayStory, paint: Paint): string {
  const { head, steps, tail } = tellReplay(story, paint);
  const [title, , ...start] = head;
  return [
    title,
    ...start,
    ...steps.flat(),
    // The picture alone: its last line would say what became of a property.
    ...tail.slice(0, -1),
    ...describeDivergence(file).map((line) => `  ${line}`),
    `  ${isSame(file, story) ? paint.good('the model does the same as when it was recorded') : paint.bad('the model has CHANGED since')}`,
  ].join('\n');
}

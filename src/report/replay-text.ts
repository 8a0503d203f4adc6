/** The telling of a replay: each move with what it changed, where the model drifted, and whether the verdict is the same. */
import { describeMove, type Move, type Picture, type State, type Values } from '../kernel/index.js';
import { changesBetween, pictureLines } from './changes.js';
import { documentSchemaVersion } from './document.js';
import { type Paint, unpainted } from './paint.js';
import { numbered } from './story.js';
import { amount } from './words.js';

/** @public */
export interface ReplayStory {
  readonly title: string;
  readonly subject: { readonly model: string; readonly config: string; readonly values: Values };
  readonly property: string;
  readonly recorded: { readonly verdict: 'violated' | 'witnessed'; readonly length: number };
  readonly start: { readonly label: string; readonly state: State } | undefined;
  readonly steps: readonly { readonly move: Move; readonly before: State; readonly after: State }[];
  picture(state: State): Picture;
  /** After how many moves the behaviour shows it, if it does. */
  readonly shownAt: number | undefined;
  /** What differs from the recorded trace, each with the step before which to tell it. */
  readonly drift: readonly { readonly step: number; readonly text: string }[];
}

/** No newline at the end. @public */
export function renderReplay(story: ReplayStory, paint: Paint = unpainted): string {
  const { recorded, shownAt, start } = story;
  const aside = (line: string) => paint.aside(`          ${line}`);
  const driftAt = (step: number) =>
    story.drift.filter((drift) => drift.step === step).map(({ text }) => `  ${paint.doubt('drift:')} ${text}`);
  const verdictPaint = recorded.verdict === 'violated' ? paint.bad : paint.good;
  const shown = (step: number) =>
    step === shownAt ? [`  ${verdictPaint(recorded.verdict.toUpperCase())} here: ${story.property}`] : [];
  const lines = [`${paint.title(story.title)}: ${story.property}`];
  lines.push(`  recorded: ${recorded.verdict} in ${amount(recorded.length, 'move')}`);
  if (start !== undefined) {
    lines.push(numbered(0, start.label));
    lines.push(...pictureLines(story.picture(start.state)).map(aside));
  }
  lines.push(...driftAt(0), ...shown(0));
  story.steps.forEach((step, at) => {
    const changes = changesIn(story, step);
    lines.push(...driftAt(at + 1), numbered(at + 1, describeMove(step.move)));
    lines.push(...(changes.length === 0 ? ['nothing changed'] : changes).map(aside), ...shown(at + 1));
  });
  lines.push(...driftAt(story.steps.length + 1));
  const verdict =
    shownAt === undefined
      ? paint.bad(`NOT REPRODUCED: this behaviour does not show that the property is ${recorded.verdict}`)
      : paint.good(`reproduced: ${recorded.verdict} after ${amount(shownAt, 'move')}`) +
        (shownAt === recorded.length ? '' : `, recorded after ${recorded.length}`);
  return [...lines, `  ${verdict}`].join('\n');
}

/** The same as one JSON document. @public */
export function renderReplayDocument(story: ReplayStory): string {
  const { subject, property, recorded, shownAt, drift, start, steps } = story;
  return JSON.stringify(
    {
      schemaVersion: documentSchemaVersion,
      ...subject,
      property,
      recorded,
      reproduced: shownAt !== undefined,
      shownAt: shownAt ?? null,
      drift,
      start: start === undefined ? null : { label: start.label, picture: pictureLines(story.picture(start.state)) },
      steps: steps.map((step) => ({ move: describeMove(step.move), changes: changesIn(story, step) })),
    },
    null,
    2,
  );
}

const changesIn = ({ picture }: ReplayStory, { before, after }: ReplayStory['steps'][number]): readonly string[] =>
  changesBetween(picture(before), picture(after));

/** The telling of a replay: each move with what it changed, where the model drifted, and whether the verdict is the same. */
import {
  type Critical,
  describeMove,
  type Frame,
  type Move,
  type Picture,
  type State,
  type Temporal,
  type Values,
} from '../kernel/index.js';
import { changesBetween, pictureLines } from './changes.js';
import { chartLines } from './chart.js';
import { documentSchemaVersion } from './document.js';
import { type Paint, unpainted } from './paint.js';
import { atRest, forEver, lengthOf, mark, numbered } from './story.js';
import { assumed, assumptions, criticalDocument, fateOf } from './temporal.js';
import { amount } from './words.js';

/** What a replay is told from, in whatever form. @public */
export interface ReplayStory {
  readonly title: string;
  readonly subject: {
    readonly model: string;
    readonly config: string;
    readonly values: Values;
    /** The seeded bug that the model had. */
    readonly mutant?: { readonly name: string; readonly doc: string };
  };
  readonly property: string;
  readonly recorded: { readonly verdict: 'violated' | 'witnessed'; readonly length: number };
  readonly start: { readonly label: string; readonly state: State } | undefined;
  readonly steps: readonly { readonly move: Move; readonly before: State; readonly after: State }[];
  /** A state as people look at it. */
  picture(state: State): Picture;
  /** After how many moves the behaviour shows it, if it does. */
  readonly shownAt: number | undefined;
  /** What differs from the recorded trace, each with the step before which to tell it. */
  readonly drift: readonly { readonly step: number; readonly text: string }[];
  readonly temporal?: TemporalStory;
  /** Draws the behaviour for people. */
  readonly chart?: (frames: readonly Frame[]) => readonly string[];
}

/** What an attempt to prove something again came to; `unverified`: so many states were not enough. @public */
export type Again =
  | { readonly kind: 'shown' }
  | { readonly kind: 'refuted'; readonly why: string }
  | { readonly kind: 'unverified'; readonly states: number };

/** What there is to tell of a temporal property beside the moves. @public */
export interface TemporalStory {
  readonly claimed: Temporal;
  readonly loop?: number;
  /** Whether it goes on as claimed; missing where not every move could be followed. */
  readonly proof?: Again;
  readonly critical?: Critical;
  /** Whether the critical transition still is one; missing where that was not tried. */
  readonly criticalProof?: Again;
}

/** A replay in pieces: what comes before the first move, the moves one by one, what comes after the last. @public */
export interface ToldReplay {
  readonly head: readonly string[];
  /** By move: the lines that tell it. */
  readonly steps: readonly (readonly string[])[];
  readonly tail: readonly string[];
}

/** No newline at the end. @public */
export function renderReplay(story: ReplayStory, paint: Paint = unpainted): string {
  const { head, steps, tail } = tellReplay(story, paint);
  return [...head, ...steps.flat(), ...tail].join('\n');
}

/** The same, for those who want it one move at a time. @public */
export function tellReplay(story: ReplayStory, paint: Paint = unpainted): ToldReplay {
  const { recorded, shownAt, start, steps, temporal } = story;
  const { mutant } = story.subject;
  const { loop } = temporal ?? {};
  const critical = criticalOf(story);
  const aside = (line: string) => paint.aside(`          ${line}`);
  const driftAt = (step: number) =>
    story.drift.filter((drift) => drift.step === step).map(({ text }) => `  ${paint.doubt('drift:')} ${text}`);
  const verdictPaint = recorded.verdict === 'violated' ? paint.bad : paint.good;
  const shown = (step: number) =>
    step === shownAt
      ? [`  ${verdictPaint(recorded.verdict.toUpperCase())}${loop === undefined ? ' here' : ''}: ${story.property}`]
      : [];
  /** What follows move `step`, beside the next one. */
  const onward = (step: number): readonly string[] => {
    if (loop !== step || step > steps.length) return [];
    if (step < recorded.length) return step === steps.length ? [] : [`  ${forEver}`];
    return [shownAt === undefined ? '  then it stays like this for ever' : `  ${atRest}`];
  };
  const head = [
    `${paint.title(story.title)}: ${story.property}`,
    ...(mutant === undefined ? [] : [`  the bug: ${mutant.doc}`]),
    `  recorded: ${recorded.verdict} in ${lengthOf(recorded.length, loop)}`,
    ...(start === undefined
      ? driftAt(0)
      : [
          numbered(0, start.label),
          ...pictureLines(story.picture(start.state)).map(aside),
          ...driftAt(0),
          ...onward(0),
        ]),
    ...shown(0),
  ];
  const told = steps.map((step, at) => {
    const changes = changesIn(story, step);
    return [
      ...driftAt(at + 1),
      numbered(at + 1, describeMove(step.move) + mark(critical, at + 1, paint)),
      ...(changes.length === 0 ? ['nothing changed'] : changes).map(aside),
      ...onward(at + 1),
      ...shown(at + 1),
    ];
  });
  const tail = [
    ...driftAt(steps.length + 1),
    ...(shownAt === undefined ? [] : fateLinesOf(story, paint).map((line) => `  ${line}`)),
    ...chartLines(story.chart, framesOfStory(story), '  ', paint),
    `  ${endingOf(story, paint)}`,
  ];
  return { head, steps: told, tail };
}

/** Every state that the replay went through. @internal */
export const framesOfStory = ({ start, steps, picture }: ReplayStory): readonly Frame[] => [
  ...(start === undefined ? [] : [{ step: 0, picture: picture(start.state) }]),
  ...steps.map(({ move, after }, at) => ({ step: at + 1, move, picture: picture(after) })),
];

/** The critical transition, unless it no longer is one. @internal */
export const criticalOf = ({ temporal }: ReplayStory): Critical | undefined =>
  temporal?.criticalProof?.kind === 'refuted' ? undefined : temporal?.critical;

/** Where the fate was decided, and what is assumed; nothing of a property that is not temporal. @internal */
export function fateLinesOf({ temporal }: ReplayStory, paint: Paint): readonly string[] {
  if (temporal === undefined) return [];
  const { claimed, critical, criticalProof } = temporal;
  const assumes = assumed(claimed);
  const promise = assumptions(assumes);
  const told =
    critical === undefined || criticalProof?.kind === 'refuted'
      ? []
      : [`${paint.bad('critical:')} ${fateOf(critical, claimed.kind, assumes)}${doubtOf(criticalProof)}`];
  return [...told, ...(promise === undefined ? [] : [promise])];
}

function doubtOf(proof: Again | undefined): string {
  if (proof === undefined) return ' (as recorded; not looked at again)';
  return proof.kind === 'unverified' ? ` (as recorded; not verified: ${tooFew(proof.states)})` : '';
}

const tooFew = (states: number): string => `${amount(states, 'state was', 'states were')} not enough to see it`;

/** What the replay came to. @internal */
export function endingOf({ recorded, shownAt, temporal }: ReplayStory, paint: Paint): string {
  const proof = temporal?.proof;
  if (proof?.kind === 'unverified') return paint.doubt(`NOT VERIFIED: ${tooFew(proof.states)}`);
  if (shownAt !== undefined)
    return (
      paint.good(`reproduced: ${recorded.verdict} after ${amount(shownAt, 'move')}`) +
      (shownAt === recorded.length ? '' : `, recorded after ${recorded.length}`)
    );
  const why = proof?.kind === 'refuted' ? `: ${proof.why}` : '';
  return paint.bad(`NOT REPRODUCED: this behaviour does not show that the property is ${recorded.verdict}${why}`);
}

/** The same as one JSON document. @public */
export function renderReplayDocument(story: ReplayStory): string {
  const { subject, property, recorded, shownAt, drift, start, steps, temporal } = story;
  return JSON.stringify(
    {
      schemaVersion: documentSchemaVersion,
      ...subject,
      property,
      recorded: { ...recorded, ...(temporal?.loop === undefined ? {} : { loop: temporal.loop }) },
      reproduced: shownAt !== undefined,
      shownAt: shownAt ?? null,
      ...(temporal === undefined ? {} : temporalDocument(temporal)),
      drift,
      start: start === undefined ? null : { label: start.label, picture: pictureLines(story.picture(start.state)) },
      steps: steps.map((step) => ({ move: describeMove(step.move), changes: changesIn(story, step) })),
    },
    null,
    2,
  );
}

const temporalDocument = ({ claimed, proof, critical, criticalProof }: TemporalStory) => ({
  ...assumed(claimed),
  ...(proof === undefined ? {} : { proof }),
  ...(critical === undefined
    ? {}
    : {
        critical: { ...criticalDocument(critical), ...(criticalProof === undefined ? {} : { proof: criticalProof }) },
      }),
});

const changesIn = ({ picture }: ReplayStory, { before, after }: ReplayStory['steps'][number]): readonly string[] =>
  changesBetween(picture(before), picture(after));

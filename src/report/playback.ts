/**
 * A replay as one document that a page can play: every state, what each move changed, the way of each message, how the
 * properties stand. What comes again and again (what a peer holds, a message, a drawing) is written once and numbered.
 */
import {
  canonical,
  type Drawing,
  describeMove,
  type Envelope,
  type Frame,
  type Lane,
  type Move,
  type Picture,
  type Plain,
  type Statechart,
  type StateValue,
  type Status,
  type View,
} from '../kernel/index.js';
import { type Flight, flightsOf } from './flights.js';
import { unpainted } from './paint.js';
import { criticalOf, endingOf, fateLinesOf, framesOfStory, type ReplayStory } from './replay-text.js';

/** Plain data as JSON has it; what JSON has no word for is a string here. @public */
export type Shown = null | boolean | number | string | readonly Shown[] | { readonly [key: string]: Shown };

/** What a peer is and holds: its fields are numbers into {@link Playback.values}. @public */
export interface ShownLocal {
  readonly status: Status;
  readonly state?: StateValue;
  readonly fields: { readonly [name: string]: number };
  readonly timers?: readonly string[];
}

/** One moment of a playback, as numbers into its tables. @public */
export interface ShownFrame {
  /** One for each peer: a number into {@link Playback.locals}. */
  readonly peers: readonly number[];
  /** Numbers into {@link Playback.envelopes}, a queue's head first. */
  readonly inFlight: readonly number[];
  readonly partition?: readonly string[];
}

/** A replay as plain data for a page: every distinct value is held once and told by its number. @public */
export interface Playback {
  readonly schemaVersion: 1;
  readonly engine: string;
  readonly model: string;
  readonly configuration: string;
  /** The seeded bug that the model had. */
  readonly mutant?: { readonly name: string; readonly doc: string };
  readonly settings: readonly string[];
  readonly property: string;
  readonly verdict: 'violated' | 'witnessed';
  /** After how many moves the behaviour shows it; nothing when it does not. */
  readonly shownAt: number | null;
  /** What the replay came to, in words. */
  readonly ending: string;
  /** Moves before those that repeat for ever. */
  readonly loop?: number;
  readonly critical?: { readonly step: number };
  /** Where the fate was decided, and what is assumed. */
  readonly fate: readonly string[];
  readonly drift: readonly { readonly step: number; readonly text: string }[];
  readonly start: string;
  readonly peers: readonly { readonly name: string; readonly chart: number | null }[];
  readonly charts: readonly Statechart[];
  readonly steps: readonly { readonly move: Move; readonly text: string }[];
  readonly values: readonly Shown[];
  readonly locals: readonly ShownLocal[];
  readonly envelopes: readonly Envelope[];
  /** One more than steps. */
  readonly frames: readonly ShownFrame[];
  readonly flights: readonly (Omit<Flight, 'envelope'> & { readonly envelope: number })[];
  readonly lanes: readonly Lane[];
  readonly view?: Omit<View, 'drawings'> & {
    readonly drawings: readonly Drawing[];
    /** For each frame the number of its drawing. */
    readonly at: readonly number[];
  };
}

/** What there is to see beside the story. @public */
export interface PlaybackParts {
  readonly engine: string;
  /** By name of a peer. */
  readonly charts: ReadonlyMap<string, Statechart>;
  readonly lanes: readonly Lane[];
  /** Draws each frame in the protocol's own terms. */
  readonly view?: (frames: readonly Frame[]) => View;
}

/** Makes of a replay what its page shows. @public */
export function playbackOf(story: ReplayStory, { engine, charts, lanes, view }: PlaybackParts): Playback {
  const frames = framesOfStory(story);
  const values = new Numbered<Shown>();
  const locals = new Numbered<ShownLocal>();
  const envelopes = new Numbered<Envelope>();
  const shownFrames = frames.map(
    ({ picture }): ShownFrame => ({
      peers: picture.peers.map((peer) => locals.of(shownLocal(peer, values))),
      inFlight: picture.inFlight.map((envelope) => envelopes.of(shown(envelope) as unknown as Envelope)),
      ...(picture.partition === undefined ? {} : { partition: picture.partition }),
    }),
  );
  const flights = flightsOf(frames).map(({ envelope, ...way }) => ({
    ...way,
    envelope: envelopes.of(shown(envelope) as unknown as Envelope),
  }));
  const distinct = [...new Set(charts.values())];
  const peers = (frames[0]?.picture.peers ?? []).map(({ name }) => {
    const chart = charts.get(name);
    return { name, chart: chart === undefined ? null : distinct.indexOf(chart) };
  });
  const { loop } = story.temporal ?? {};
  const critical = criticalOf(story);
  return {
    schemaVersion: 1,
    engine,
    model: story.subject.model,
    configuration: story.subject.config,
    ...(story.subject.mutant === undefined ? {} : { mutant: story.subject.mutant }),
    settings: Object.entries(story.subject.values).map(([name, value]) => `${name}=${value}`),
    property: story.property,
    verdict: story.recorded.verdict,
    shownAt: story.shownAt ?? null,
    ending: endingOf(story, unpainted),
    ...(loop === undefined ? {} : { loop }),
    ...(critical === undefined ? {} : { critical: { step: critical.step } }),
    fate: story.shownAt === undefined ? [] : fateLinesOf(story, unpainted),
    drift: story.drift,
    start: story.start?.label ?? '',
    peers,
    charts: distinct,
    steps: story.steps.map(({ move }) => ({ move: shown(move) as unknown as Move, text: describeMove(move) })),
    values: values.all,
    locals: locals.all,
    envelopes: envelopes.all,
    frames: shownFrames,
    flights,
    lanes: claimedFirst(lanes, story.property),
    ...(view === undefined ? {} : drawn(view, frames)),
  };
}

const claimedFirst = (lanes: readonly Lane[], claimed: string): readonly Lane[] => [
  ...lanes.filter(({ property }) => property === claimed),
  ...lanes.filter(({ property }) => property !== claimed),
];

/** A drawing that cannot be made must not cost the page. */
function drawn(view: NonNullable<PlaybackParts['view']>, frames: readonly Frame[]): Pick<Playback, 'view'> {
  let made: View;
  try {
    made = view(frames);
  } catch {
    return {};
  }
  if (made.drawings.length !== frames.length) return {};
  const drawings = new Numbered<Drawing>();
  const at = made.drawings.map((drawing) => drawings.of(drawing));
  return { view: { title: made.title, legend: made.legend, drawings: drawings.all, at } };
}

function shownLocal({ status, state, context, timers }: Picture['peers'][number], values: Numbered<Shown>): ShownLocal {
  const isRecord = typeof context === 'object' && context !== null && !Array.isArray(context);
  const fields = context === undefined ? {} : isRecord ? context : { context };
  return {
    status,
    ...(state === undefined ? {} : { state }),
    fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, values.of(shown(value))])),
    ...(timers === undefined ? {} : { timers }),
  };
}

/** Numbers things in the order in which they first come; equal things have one number. */
class Numbered<T> {
  readonly all: T[] = [];
  private readonly numbers = new Map<string, number>();

  of(thing: T): number {
    const key = canonical(thing);
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    this.numbers.set(key, this.all.length);
    return this.all.push(thing) - 1;
  }
}

function shown(value: unknown): Shown {
  const plain = value as Plain;
  switch (typeof plain) {
    case 'undefined':
      return 'undefined';
    case 'bigint':
      return `${plain}n`;
    case 'number':
      return Number.isFinite(plain) ? plain : String(plain);
    case 'object':
      if (plain === null) return null;
      if (Array.isArray(plain)) return plain.map(shown);
      return Object.fromEntries(Object.entries(plain).map(([key, part]) => [key, shown(part)]));
    default:
      return plain;
  }
}

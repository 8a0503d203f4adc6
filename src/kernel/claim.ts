/** A suite: what a model is called, the numbers it takes, and the claims that are made of it. */
import type { Property } from './property.js';
import type { Verdict } from './report.js';
import type { ScheduleName } from './schedule.js';
import type { System } from './system.js';
import type { Frame } from './trace.js';
import type { View } from './view.js';

/** The value of a parameter. @public */
export type Value = number | boolean | string;

/** The values of all parameters, by name. @public */
export type Values = { readonly [name: string]: Value };

/** A number, a switch or a choice that a configuration sets. @public */
export type Parameter = { readonly doc: string } & (
  | { readonly type: 'integer'; readonly default: number; readonly min: number; readonly max: number }
  | { readonly type: 'boolean'; readonly default: boolean }
  | { readonly type: 'choice'; readonly default: string; readonly options: readonly string[] }
);

/** A property with what is expected of it. @public */
export interface Claim {
  // biome-ignore lint/suspicious/noExplicitAny: a suite's properties are typed where they are written
  readonly property: Property<any, any>;
  /** Default: `witnessed` for `sometimes`, `holds` for every other kind. */
  readonly expect?: Verdict;
  /** Moves of the shortest counterexample or witness, where it is known. */
  readonly length?: number;
  /** Who says so. */
  readonly source?: string;
}

/** A seeded bug: a wrong sibling of a suite's system, and which claims must notice. @public */
export interface Mutant {
  /** Short, such as `S4`. */
  readonly name: string;
  /** What is wrong. */
  readonly doc: string;
  /** The configuration in which it shows, or in which a survivor was seen to show nothing. */
  readonly values: Values;
  /** The system with the bug in it. */
  // biome-ignore lint/suspicious/noExplicitAny: a suite's system is typed where it is written
  system(): System<any, any>;
  /**
   * The claims that it breaks, each by its name or the word before the colon, with the moves of the shortest counterexample;
   * `never` for a witness that is missing.
   */
  readonly kills: { readonly [claim: string]: number | 'never' };
  /** It breaks nothing: to report anything that its right sibling does not show is a false alarm. */
  readonly survivor?: true;
  /** Who made this mistake, or wrote it down. */
  readonly source?: string;
}

/** How a configuration is fuzzed, where nobody says otherwise. @public */
export interface FuzzSettings {
  /** Whether it runs in the simulator, which remembers nothing: for systems so large that hardly a state comes twice. */
  readonly simulate?: boolean;
  /** How moves are picked; default `swarm`. */
  readonly schedule?: ScheduleName;
  /** Behaviours. */
  readonly runs?: number;
  /** Of each behaviour, at most. */
  readonly moves?: number;
  /** By class of move: how often it is picked beside the others; default 1. */
  readonly weights?: { readonly [moveClass: string]: number };
}

/** A named set of values. @public */
export interface Configuration {
  readonly doc: string;
  /** Checked when no model is named. */
  readonly quick?: boolean;
  readonly set: Values;
  /** The first configuration that has this is the one which `fuzz` takes for the model. */
  readonly fuzz?: FuzzSettings;
}

/** A model with its parameters, its configurations and what is claimed of it: what `check ./my-suite.js` reads. @public */
export interface Suite {
  readonly model: string;
  /** What it belongs to, such as `bittorrent`: seeded bugs of a family can be tried by its name. */
  readonly family?: string;
  /** One line for `churnproof list`. */
  readonly summary: string;
  readonly parameters: { readonly [name: string]: Parameter };
  /** By name; the first is the default. */
  readonly configurations: { readonly [name: string]: Configuration };
  /** The system for these values of the parameters. */
  // biome-ignore lint/suspicious/noExplicitAny: a suite's system is typed where it is written
  system(values: Values): System<any, any>;
  /** What is claimed of it. */
  claims(values: Values): readonly Claim[];
  /** Seeded bugs that the claims are tried against. */
  readonly mutants?: readonly Mutant[];
  /**
   * A picture of a behaviour for people, as lines of plain text of at most about 100 columns: what each peer has come to in
   * the protocol's own terms. The first frame is the start. Frames in which nothing it shows has changed are best left out.
   */
  chart?(frames: readonly Frame[], values: Values): readonly string[];
  /**
   * The same as drawings for the replay page: plain data, one drawing a frame. Without it the page draws the peers and what is
   * on its way between them.
   */
  view?(frames: readonly Frame[], values: Values): View;
}

/** @internal */
export const expectedOf = (claim: Claim): Verdict =>
  claim.expect ?? (claim.property.kind === 'sometimes' ? 'witnessed' : 'holds');

/**
 * How an implementation is driven beside a model: which of the model's moves are done to it, what can be seen of it after each,
 * and what the model says of that. An adapter decides nothing; it translates.
 */
import type { Move, Peers, Plain, World } from '../kernel/index.js';

/** What was seen of an implementation at one moment, by aspect; `undefined` is what could not be seen this time. @public */
export type Seen = { readonly [aspect: string]: Plain };

/** One running instance. Whatever it returns may be a promise. @public */
export interface Session {
  /** Does the move. What is returned is seen at once, beside what {@link observe} sees afterwards. */
  perform(move: Move): Seen | undefined | Promise<Seen | undefined>;
  /** What can be seen from outside now. */
  observe(): Seen | Promise<Seen>;
  /** Ends it, whatever state it is in. */
  close?(): void | Promise<void>;
}

/** One step of the model, as the implementation has to be judged by it. Before the first move there is no `move`. @public */
export interface ModelStep<P extends Peers = Peers> {
  readonly before: World<P, true>;
  readonly after: World<P, true>;
  readonly move: Move | undefined;
}

/** Something that can be seen of an implementation, and what the model says of it. Both functions must be pure. @public */
export interface Aspect<P extends Peers = Peers> {
  /** The values that are right; `undefined` where anything is, such as which of two equals was taken under a free rule. */
  allows(step: ModelStep<P>): readonly Plain[] | undefined;
  /** Why, in one sentence, for whoever has to decide which of the two is wrong. */
  because(step: ModelStep<P>): string;
}

/** When an implementation that works by itself counts as having come to rest. @public */
export interface Quiet {
  /** Nothing that is seen has changed for so many milliseconds. */
  readonly stableFor: number;
  /** If that has not come about within so many, it never rests, which is a divergence. */
  readonly within: number;
  /** Milliseconds between two looks; default: a fifth of `stableFor`. */
  readonly every?: number;
}

/** A real implementation that can be driven beside its model. @public */
export interface Adapter<P extends Peers = Peers, Setup = unknown> {
  /** Of the implementation, such as `bcoin`. */
  readonly name: string;
  readonly version: string;
  /** What it declares of itself and so is not held against it: bounds, tie rules. For people. */
  readonly declares?: readonly string[];
  /** Classes of move that are done to it, as `moveClass` names them. */
  readonly drives: readonly string[];
  /** Classes of move that it does by itself whenever it likes. The model is followed through all of them at once. */
  readonly hidden?: readonly string[];
  readonly aspects: { readonly [name: string]: Aspect<P> };
  /** What an instance has to be given so that it begins where the model begins. Must be pure. */
  setup(start: World<P, true>): Setup;
  /** A fresh instance, which shares nothing with any other. */
  open(setup: Setup): Session | Promise<Session>;
  /** Milliseconds after which a move, a look or a start that has not come back counts as hung; default 5,000. */
  readonly patience?: number;
  /** Default: it has come to rest when `perform` has come back. */
  readonly quiet?: Quiet;
}

/** Writes down an adapter; the type of the peers is that of the model. @public */
export const adapter = <P extends Peers, Setup>(spec: Adapter<P, Setup>): Adapter<P, Setup> => spec;

/** An adapter of any model, of which only the harness knows that it fits. @internal */
// biome-ignore lint/suspicious/noExplicitAny: an adapter is typed where it is written
export type AnyAdapter = Adapter<any, any>;

/** A system is data: peers, the network between them, faults, churn and what clients may ask. `compose` gives it life. */
import type { Args, Message } from './move.js';
import type { Plain } from './plain.js';
import type { World } from './world.js';

/** As much of an xstate machine as can be said without importing xstate. @public */
export interface MachineLike<C = unknown, I = unknown> {
  /** The machine as it starts. */
  // biome-ignore lint/suspicious/noExplicitAny: the scope is xstate's own and differs from machine to machine
  getInitialSnapshot(scope: any, input?: I): { readonly context: C };
}

/** A machine with what it is given when it starts. @public */
export interface Peer<C = unknown> {
  readonly machine: MachineLike<C>;
  readonly input: unknown;
  /** Context fields that survive a crash; a restarted machine finds them in `input.restored`. */
  readonly stable: readonly string[];
}

/** The peers of a system, by name. @public */
// biome-ignore lint/suspicious/noExplicitAny: a bound; `unknown` would refuse every concrete context
export type Peers = { readonly [name: string]: Peer<any> };

/** The context of a peer's machine. @public */
export type ContextOf<P> = P extends Peer<infer C> ? C : never;

/** What a message looks like when it is heard: with its sender. @public */
export type From<M> = M extends unknown ? M & { readonly from: string } : never;

/** What a peer emits to send a message to one peer or several. @public */
export interface Send<M> {
  readonly type: 'send';
  readonly to: string | readonly string[];
  readonly message: M;
}

/** A machine as a peer of a system; `stable` fields of its context outlive a crash. @public */
export function peer<M extends MachineLike>(
  machine: M,
  input?: Parameters<M['getInitialSnapshot']>[1],
  options: { readonly stable?: readonly (keyof ReturnType<M['getInitialSnapshot']>['context'] & string)[] } = {},
): Peer<ReturnType<M['getInitialSnapshot']>['context']> {
  return {
    machine: machine as MachineLike<ReturnType<M['getInitialSnapshot']>['context']>,
    input,
    stable: options.stable ?? [],
  };
}

/**
 * How messages travel. `fifo`: in order on each link. `unordered`: any of those in flight. `set`: what was sent stays
 * deliverable for ever (the message set of many TLA+ specifications). `synchronous`: heard within the move that sent it.
 * @public
 */
export type Network = 'fifo' | 'unordered' | 'set' | 'synchronous';

/** How often something may happen in one behaviour. @public */
export type Limit = number | 'unlimited';

/** One way in which an operation may be asked: the choice it makes, and the event the machine hears. @public */
export interface Offer {
  readonly args?: Args;
  readonly event: Message;
}

/** Something asked of a peer from outside the network. @public */
export interface Operation<P extends Peers = Peers> {
  readonly name: string;
  /**
   * `client` (the default): somebody may ask or may not. `protocol`: the peer's own upkeep; a state in which one of these
   * would change something is not quiet.
   */
  readonly by?: 'client' | 'protocol';
  /** Default: every peer. */
  readonly peers?: readonly (keyof P & string)[];
  readonly limit?: Limit;
  /**
   * What may be asked of this peer now; default: one event, its type the operation's name. Here an atomic observation of
   * other peers is put into the event. A machine that has no transition for the event refuses it: then it is no move.
   */
  offer?(world: World<P, true>, self: keyof P & string): readonly Offer[];
}

/** How often, for whom and when a peer comes or goes. @public */
export interface ChurnRule<P extends Peers> {
  readonly limit: Limit;
  readonly peers?: readonly (keyof P & string)[];
  /** Default: always. */
  when?(world: World<P, true>, self: keyof P & string): boolean;
}

/** How peers come and go. @public */
export interface Churn<P extends Peers = Peers> {
  /** An absent peer starts; with an offer, its machine hears that event in the same move. */
  readonly join?: Omit<ChurnRule<P>, 'when'> & Pick<Operation<P>, 'offer'>;
  /** A peer that is up hears `{ type: 'leave' }`, if it can, and is gone. */
  readonly leave?: ChurnRule<P>;
  /** A peer that is up stops without a word. Its state is lost, but for its stable fields. */
  readonly crash?: ChurnRule<P> & {
    /** What it had sent and nobody heard yet: `kept` in the network (the default) or `lost` with it. */
    readonly inFlight?: 'kept' | 'lost';
  };
  /** A crashed peer starts again, with its stable fields in `input.restored`. */
  readonly restart?: ChurnRule<P>;
  /** Whether a name that crashed or left counts as absent again, and so may join again. Default: no. */
  readonly reuse?: boolean;
}

/** What the network may do to messages, and how often. @public */
export interface Faults {
  readonly lose?: Limit;
  readonly duplicate?: Limit;
  readonly partition?: {
    readonly limit: Limit;
    /** The sides that may be cut off, each a list of peers; default: every way to split the peers in two. */
    readonly cuts?: readonly (readonly string[])[];
    /** Messages across the cut: `lost` (the default), or `held` until the network heals. */
    readonly crossing?: 'lost' | 'held';
  };
}

/** A state in which behaviours may begin: who is up, each with an input of its own if it needs one. @public */
export interface Start<P extends Peers = Peers> {
  readonly label?: string;
  readonly up: { readonly [K in keyof P]?: { readonly input?: unknown } };
}

/** Peers on a circle of places. @public */
export interface Circle {
  /** All peers of the system, in the order of the circle. */
  readonly peers: readonly string[];
  /** A peer's context, stable fields, output or timer event, as it reads when everybody has moved on by so many places. */
  turned(data: unknown, places: number): unknown;
}

/** What there is to say of a system: who takes part, how messages travel, and what may go wrong. @public */
export interface SystemSpec<P extends Peers = Peers> {
  readonly name: string;
  readonly peers: P;
  /** Default: `unordered`. */
  readonly network?: Network;
  /** Messages in flight on each link, from one peer to another; default: unlimited, which is rarely a finite system. */
  readonly capacity?: number;
  /** What happens to a move that would send into a full link: it must wait (the default), or the message is dropped. */
  readonly whenFull?: 'block' | 'drop';
  /** Default: one start, with every peer up. */
  readonly starts?: readonly Start<P>[];
  readonly faults?: Faults;
  readonly churn?: Churn<P>;
  readonly operations?: readonly Operation<P>[];
  /**
   * Groups of peers that are alike but for their names, so that a search may take one of them for another (`--reduce
   * symmetry`). That they are is checked.
   */
  readonly symmetric?: readonly (readonly (keyof P & string)[])[];
  /** A circle on which every place is like every other, so that a search may turn it (`--reduce rotation`). That is checked. */
  readonly circle?: Circle;
  /** By name of a timer; those that are not here fire at any time while they are armed. */
  readonly timers?: { readonly [timer: string]: TimerRule<P> };
}

/**
 * What clocks and bounds on delay promise of a timer. With `when: (world, self) => !world.isUp(asked(world, self))` the timer of
 * a request fires only if nobody is there to answer: perfect failure detection. @public
 */
export interface TimerRule<P extends Peers = Peers> {
  /** Whether it can fire now, given that it is armed. */
  when(world: World<P, true>, self: keyof P & string): boolean;
}

/** A system that was written down with {@link system}; `Down` says whether a peer may be down. @public */
export interface System<P extends Peers = Peers, Down extends boolean = boolean> extends SystemSpec<P> {
  /** Types only: whether a view of this system can find a peer down. */
  readonly down?: Down;
}

/** Writes down a system whose peers are always up. @public */
export function system<const P extends Peers>(
  spec: SystemSpec<P> & { readonly churn?: undefined; readonly starts?: undefined },
): System<P, false>;
/** Writes down a system whose peers come and go. @public */
export function system<const P extends Peers>(spec: SystemSpec<P>): System<P, true>;
export function system<P extends Peers>(spec: SystemSpec<P>): System<P> {
  return spec;
}

/** Plain data by field name. @public */
export type PlainRecord = { readonly [field: string]: Plain };

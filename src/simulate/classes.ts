/**
 * The candidates of each class of move: a class is asked to make one of its moves, beginning with a random one and going on in
 * a fixed order until one can be made. A candidate is worked out only when its turn comes.
 */

import type { Dice } from '../check/dice.js';
import type { Move, MoveKind, Offer, Operation } from '../kernel/index.js';
import { isCalled, isSame, type Life } from '../machine/index.js';
import { offersOf } from '../system/index.js';
import type { Attempts, Parts } from './attempts.js';
import type { Graph, Watcher } from './graph.js';
import type { Flight, Inbox, Standing } from './situation.js';

/** @internal */
export interface MoveClass {
  readonly name: string;
  /** Of the protocol itself: while one of its moves can be made, the state is not quiet. */
  readonly isProtocol: boolean;
  /** False when it certainly has no move now; cheap. */
  mayMove(): boolean;
  /** Makes one of its moves; false when it has none. */
  move(dice: Dice): boolean;
  /** Makes the move that is meant, if it can be made. */
  perform(move: Move, nth: number): boolean;
}

/** @internal */
export function classesFor(parts: Parts, attempts: Attempts, graph: Graph): readonly MoveClass[] {
  const { spec } = parts;
  const { faults = {}, churn = {}, operations = [] } = spec;
  const made: MoveClass[] = [];
  if (spec.network !== 'synchronous') made.push(deliveries(parts, attempts));
  made.push(timeouts(parts, attempts));
  if (faults.lose !== undefined) made.push(tampering('lose', parts, attempts));
  if (faults.duplicate !== undefined) made.push(tampering('duplicate', parts, attempts));
  if (faults.partition !== undefined) made.push(cutting(parts, attempts), healing(parts, attempts));
  if (churn.join !== undefined) made.push(new Joining(parts, attempts, graph));
  for (const kind of ['leave', 'crash', 'restart'] as const)
    if (churn[kind] !== undefined) made.push(goingAndComing(kind, parts, attempts));
  for (const operation of operations) made.push(new Asking(operation, parts, attempts, graph));
  return made;
}

/** Calls `attempt` with each index, beginning at a random one, until one comes to something. */
function anyOf(count: number, dice: Dice, attempt: (index: number) => boolean): boolean {
  if (count === 0) return false;
  const first = dice.below(count);
  for (let i = first; i < count; i++) if (attempt(i)) return true;
  for (let i = 0; i < first; i++) if (attempt(i)) return true;
  return false;
}

function deliveries({ situation, links, names }: Parts, attempts: Attempts): MoveClass {
  const { flights } = situation;
  return {
    name: 'deliver',
    isProtocol: true,
    mayMove: () => flights.length > 0,
    move: (dice) => {
      const any = flights[dice.below(flights.length)] as Flight;
      const head = links.isQueue ? headOf(situation.inboxes[any.to] as Inbox, any.from) : any;
      if (attempts.deliver(head)) return true;
      return anyOf(flights.length, dice, (i) => {
        const flight = flights[i] as Flight;
        return flight !== head && links.isHead(flight) && attempts.deliver(flight);
      });
    },
    perform: (move) => {
      if (move.kind !== 'deliver') return false;
      const inbox = situation.inboxes[names.indexOf(move.to)] as Inbox;
      const flight = inbox.find((one) => one.envelope.from === move.from && isSame(one.envelope.message, move.message));
      return flight !== undefined && links.isHead(flight) && attempts.deliver(flight);
    },
  };
}

const headOf = (inbox: Inbox, from: number): Flight => {
  let at = 0;
  while ((inbox[at] as Flight).from !== from) at++;
  return inbox[at] as Flight;
};

function timeouts({ situation, names }: Parts, attempts: Attempts): MoveClass {
  const { timed } = situation;
  const timersOf = (peer: number) => (situation.standings[peer] as Standing).life?.timers ?? [];
  return {
    name: 'timeout',
    isProtocol: true,
    mayMove: () => timed.length > 0,
    move: (dice) =>
      anyOf(timed.length, dice, (t) => {
        const peer = timed[t] as number;
        const timers = timersOf(peer);
        return anyOf(timers.length, dice, (i) => attempts.timeout(peer, timers[i] as Life['timers'][number]));
      }),
    perform: (move) => {
      if (move.kind !== 'timeout') return false;
      const peer = names.indexOf(move.peer);
      const timer = timersOf(peer).find(({ name }) => name === move.timer || isCalled(move.timer, name));
      return timer !== undefined && attempts.timeout(peer, timer);
    },
  };
}

function tampering(kind: 'lose' | 'duplicate', { situation, names, counter }: Parts, attempts: Attempts): MoveClass {
  const { flights } = situation;
  const count = counter(kind);
  return {
    name: kind,
    isProtocol: false,
    mayMove: () => flights.length > 0 && situation.canSpend(count),
    move: (dice) => anyOf(flights.length, dice, (i) => attempts[kind](flights[i] as Flight)),
    perform: (move, nth) => {
      if (move.kind !== kind || !situation.canSpend(count)) return false;
      const inbox = situation.inboxes[names.indexOf(move.to)] as Inbox;
      const queue = inbox.filter(({ envelope }) => envelope.from === move.from);
      const isMeant = (i: number) => i >= 0 && isSame(queue[i]?.envelope.message, move.message);
      const places = [...queue.keys()].filter((i) => isMeant(i) && !isMeant(i - 1));
      const at = places[nth] ?? places[0];
      return at !== undefined && attempts[kind](queue[at] as Flight);
    },
  };
}

function cutting({ situation, cuts, counter }: Parts, attempts: Attempts): MoveClass {
  const count = counter('partition');
  return {
    name: 'partition',
    isProtocol: false,
    mayMove: () => situation.cut < 0 && situation.canSpend(count),
    move: (dice) => anyOf(cuts.length, dice, (cut) => attempts.partition(cut)),
    perform: (move) => {
      if (move.kind !== 'partition') return false;
      const cut = cuts.findIndex((side) => isSame(side, move.side));
      return cut >= 0 && attempts.partition(cut);
    },
  };
}

const healing = ({ situation }: Parts, attempts: Attempts): MoveClass => ({
  name: 'heal',
  isProtocol: false,
  mayMove: () => situation.cut >= 0,
  move: () => attempts.heal(),
  perform: (move) => move.kind === 'heal' && attempts.heal(),
});

function goingAndComing(kind: 'leave' | 'crash' | 'restart', parts: Parts, attempts: Attempts): MoveClass {
  const { situation, names, counter, spec } = parts;
  const count = counter(kind);
  const concerned = indicesOf(spec.churn?.[kind]?.peers, names);
  const before = kind === 'restart' ? 'crashed' : 'up';
  const isReady = (peer: number) => (situation.standings[peer] as Standing).status === before;
  return {
    name: kind,
    isProtocol: false,
    mayMove: () => situation.count(before) > 0 && situation.canSpend(count),
    move: (dice) =>
      anyOf(concerned.length, dice, (i) => isReady(concerned[i] as number) && attempts[kind](concerned[i] as number)),
    perform: (move) => {
      if (move.kind !== kind) return false;
      const peer = names.indexOf((move as { readonly peer: string }).peer);
      return concerned.includes(peer) && isReady(peer) && attempts[kind](peer);
    },
  };
}

const indicesOf = (some: readonly string[] | undefined, names: readonly string[]): readonly number[] =>
  (some ?? names).map((name) => names.indexOf(name));

/** What is offered to each peer, remembered as long as nothing has changed that the offer looked at. */
class Offers {
  private readonly known: { readonly watcher: Watcher; offers: readonly Offer[]; at: number }[] = [];
  private readonly constant: readonly Offer[] | undefined;

  constructor(
    private readonly of: { readonly name: string } & Pick<Operation, 'offer'>,
    private readonly parts: Parts,
    private readonly graph: Graph,
  ) {
    this.constant = of.offer === undefined ? [{ event: { type: of.name } }] : undefined;
  }

  /** The same list as long as it is the same offer. */
  to(peer: number): readonly Offer[] {
    if (this.constant !== undefined) return this.constant;
    let known = this.known[peer];
    if (known === undefined) {
      known = { watcher: this.graph.watcher(false), offers: [], at: -1 };
      this.known[peer] = known;
    } else if (known.at >= 0 && this.isValid(known)) {
      return known.offers;
    }
    const { names, world, situation } = this.parts;
    known.at = -1;
    known.watcher.forget();
    known.offers = this.graph.ask(known.watcher, () => offersOf(this.of, names[peer] as string, world));
    known.at = situation.stamp;
    return known.offers;
  }

  private isValid({ watcher, at }: { readonly watcher: Watcher; readonly at: number }): boolean {
    const { version } = this.parts.situation;
    const { reads } = watcher;
    for (let i = 0; i < reads.length; i++) if ((version[reads[i] as number] as number) > at) return false;
    return true;
  }
}

class Asking implements MoveClass {
  readonly name: string;
  readonly isProtocol: boolean;
  private readonly concerned: readonly number[];
  private readonly counter: number;
  private readonly offers: Offers;
  /** By peer: the life in which it refused all that it was offered, and what that was. */
  private readonly refusedIn: (Life | undefined)[] = [];
  private readonly refusedOf: (readonly Offer[] | undefined)[] = [];

  constructor(
    private readonly asked: Operation,
    private readonly parts: Parts,
    private readonly attempts: Attempts,
    graph: Graph,
  ) {
    this.name = asked.name;
    this.isProtocol = asked.by === 'protocol';
    this.concerned = indicesOf(asked.peers, parts.names);
    this.counter = parts.counter(`operation ${asked.name}`);
    this.offers = new Offers(asked, parts, graph);
  }

  mayMove(): boolean {
    return this.parts.situation.canSpend(this.counter);
  }

  /** As {@link anyOf} has it, but for each peer and each of its offers, which is where most of the time goes. */
  move(dice: Dice): boolean {
    const { concerned } = this;
    const count = concerned.length;
    if (count === 0) return false;
    const first = dice.below(count);
    for (let i = first; i < count; i++) if (this.ask(concerned[i] as number, dice)) return true;
    for (let i = 0; i < first; i++) if (this.ask(concerned[i] as number, dice)) return true;
    return false;
  }

  perform(move: Move): boolean {
    if (move.kind !== 'operation' || move.operation !== this.name) return false;
    const peer = this.parts.names.indexOf(move.peer);
    if ((this.parts.situation.standings[peer] as Standing).life === undefined) return false;
    const offer = meant(this.offers.to(peer), move);
    return offer !== undefined && this.attempts.operation(peer, this.asked, this.counter, offer) === true;
  }

  private ask(peer: number, dice: Dice): boolean {
    const { life } = this.parts.situation.standings[peer] as Standing;
    if (life === undefined) return false;
    const offers = this.offers.to(peer);
    const count = offers.length;
    if (count === 0) return false;
    // The dice must not tell what is remembered from what is tried again.
    const first = dice.below(count);
    if (this.refusedIn[peer] === life && this.refusedOf[peer] === offers) return false;
    let allRefused = true;
    for (let i = 0; i < count; i++) {
      const offer = offers[first + i < count ? first + i : first + i - count] as Offer;
      const made = this.attempts.operation(peer, this.asked, this.counter, offer);
      if (made === true) return true;
      if (made !== 'refused') allRefused = false;
    }
    if (allRefused) {
      this.refusedIn[peer] = life;
      this.refusedOf[peer] = offers;
    }
    return false;
  }
}

class Joining implements MoveClass {
  readonly name: MoveKind = 'join';
  readonly isProtocol = false;
  private readonly concerned: readonly number[];
  private readonly counter: number;
  private readonly offers: Offers | undefined;

  constructor(
    private readonly parts: Parts,
    private readonly attempts: Attempts,
    graph: Graph,
  ) {
    const { join } = parts.spec.churn ?? {};
    this.concerned = indicesOf(join?.peers, parts.names);
    this.counter = parts.counter('join');
    this.offers = join?.offer && new Offers({ name: 'join', offer: join.offer }, parts, graph);
  }

  mayMove(): boolean {
    return this.parts.situation.count('absent') > 0 && this.parts.situation.canSpend(this.counter);
  }

  move(dice: Dice): boolean {
    return anyOf(this.concerned.length, dice, (i) => {
      const peer = this.concerned[i] as number;
      if (!this.isAbsent(peer)) return false;
      if (this.offers === undefined) return this.attempts.join(peer, undefined);
      const offers = this.offers.to(peer);
      return anyOf(offers.length, dice, (o) => this.attempts.join(peer, offers[o]));
    });
  }

  perform(move: Move): boolean {
    if (move.kind !== 'join') return false;
    const peer = this.parts.names.indexOf(move.peer);
    if (!this.concerned.includes(peer) || !this.isAbsent(peer)) return false;
    if (this.offers === undefined) return this.attempts.join(peer, undefined);
    const offer = meant(this.offers.to(peer), move);
    return offer !== undefined && this.attempts.join(peer, offer);
  }

  private isAbsent(peer: number): boolean {
    return (this.parts.situation.standings[peer] as Standing).status === 'absent';
  }
}

/** The offer that a move took up: the very same, or one that makes the same choice. */
function meant(offers: readonly Offer[], { args, event }: Move & { readonly kind: 'operation' | 'join' }) {
  const alike = offers.filter((offer) => isSame(offer.args ?? {}, args));
  return alike.find((offer) => isSame(offer.event, event)) ?? alike[0];
}

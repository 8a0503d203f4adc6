/**
 * Stubborn sets (Valmari 1990): which peers' moves must be followed out of a state so that any behaviour which begins with
 * other moves could have begun with one of these, and come to the same. All moves of one peer are in it or none; a message that
 * is not on its way yet is in it by all the ways in which it could come to be sent. Law: see `docs/decisions/012-partial-order.md`.
 */
import type { State } from '../kernel/index.js';
import type { Anatomy } from '../system/index.js';
import { type LocalSpace, own } from './local.js';

/** What a stubborn set is told to leave out, in tests of the tests: each makes it unsound. @internal */
export interface Forgotten {
  /** That a message may still come to a peer whose other moves are followed. */
  readonly arrivals?: boolean;
  /** That a link may be full. */
  readonly capacity?: boolean;
  /** That moves share a budget. */
  readonly budgets?: boolean;
  /** That something a property reads must change. */
  readonly goals?: boolean;
}

/** A stubborn set that grows. @internal */
export interface Stubborn {
  /** Peers all of whose moves are in it. */
  readonly peers: Uint8Array;
  /** Messages to each peer that are in it while they are not on their way. */
  readonly awaited: readonly Set<number>[];
}

/** @internal */
export class StubbornSets {
  private readonly capacity: number;
  private readonly isFifo: boolean;
  private readonly isSet: boolean;
  private readonly drops: boolean;
  private readonly users: ReadonlyMap<string, readonly number[]>;
  private readonly bursts: (readonly (readonly [to: number, most: number])[])[][];

  constructor(
    private readonly anatomy: Anatomy,
    private readonly space: LocalSpace,
    private readonly forgotten: Forgotten = {},
  ) {
    const { spec, names } = anatomy;
    this.capacity = spec.capacity ?? Number.POSITIVE_INFINITY;
    this.isFifo = spec.network === 'fifo';
    this.isSet = spec.network === 'set';
    this.drops = spec.whenFull === 'drop';
    this.bursts = names.map(() => []);
    const numbers = (peers: readonly string[] = names) => peers.map((name) => names.indexOf(name));
    this.users = new Map([
      ...(['join', 'leave', 'crash', 'restart'] as const).map(
        (kind) => [kind, numbers(spec.churn?.[kind]?.peers)] as const,
      ),
      ...(spec.operations ?? []).map(({ name, peers }) => [`operation ${name}`, numbers(peers)] as const),
    ]);
  }

  none(): Stubborn {
    const { names } = this.anatomy;
    return { peers: new Uint8Array(names.length), awaited: names.map(() => new Set<number>()) };
  }

  copy({ peers, awaited }: Stubborn): Stubborn {
    return { peers: peers.slice(), awaited: awaited.map((items) => new Set(items)) };
  }

  /** Whether something may still happen that touches everything: then all moves must be followed. */
  isEntangled(state: State): boolean {
    const { spec, network } = this.anatomy;
    const { lose, duplicate } = spec.faults ?? {};
    if (network.cuts.length > 0 && (network.cutOf(state) >= 0 || this.isLeft(state, 'partition'))) return true;
    const { crash } = spec.churn ?? {};
    if (crash?.inFlight === 'lost' && this.isLeft(state, 'crash')) return true;
    if (this.forgotten.budgets !== true) {
      if (lose !== undefined && lose !== 'unlimited' && this.isLeft(state, 'lose')) return true;
      if (duplicate !== undefined && duplicate !== 'unlimited' && this.isLeft(state, 'duplicate')) return true;
    }
    return duplicate !== undefined && this.capacity !== Number.POSITIVE_INFINITY && this.isLeft(state, 'duplicate');
  }

  /** Takes in all moves of a peer, and whatever they depend on. */
  addPeer(set: Stubborn, peer: number, state: State): void {
    if (set.peers[peer] === 1) return;
    set.peers[peer] = 1;
    if (this.forgotten.arrivals !== true) this.addArrivals(set, peer, state);
    if (this.capacity !== Number.POSITIVE_INFINITY && this.forgotten.capacity !== true) this.addLinks(set, peer, state);
    if (this.forgotten.budgets !== true) this.addBudgets(set, peer, state);
  }

  /** Takes in the delivery of a message, wherever it may be by now. */
  addMessage(set: Stubborn, peer: number, item: number, state: State): void {
    if (set.peers[peer] === 1) return;
    const awaited = set.awaited[peer] as Set<number>;
    if (awaited.has(item)) return;
    awaited.add(item);
    if (this.contentOf(peer, state).includes(item)) this.addPeer(set, peer, state);
    else this.addSenders(set, peer, item, state);
  }

  /** Takes in every move by which that message could come to be sent. */
  addSenders(set: Stubborn, peer: number, item: number, state: State): void {
    for (const { peer: from, slot, cause } of this.space.waysTo(peer, item)) {
      if (set.peers[from] === 1 || !this.space.mayReach(from, state[from] as number, slot)) continue;
      if (cause === own) this.addPeer(set, from, state);
      else this.addMessage(set, from, cause, state);
    }
  }

  /** What the peer may still be sent competes with its other moves, but behind what stands first in a fifo link. */
  private addArrivals(set: Stubborn, peer: number, state: State): void {
    const { effects } = this.anatomy.network;
    const content = this.contentOf(peer, state);
    const isWaiting = (sender: number) => content.some((item) => effects.sender(peer, item) === sender);
    for (const item of this.space.alphabet[peer] as Set<number>) {
      if (this.isFifo && isWaiting(effects.sender(peer, item))) continue;
      if (!this.isFifo && content.includes(item)) continue; // a second copy is heard like the first
      if (this.isSet && !this.isHeeded(peer, state[peer] as number, item)) continue;
      this.addSenders(set, peer, item, state);
    }
  }

  /** Whether a message changes anything where it is heard. */
  private isHeeded(peer: number, slot: number, item: number): boolean {
    return this.space
      .from(peer, slot)
      .some(({ cause, next, effect }) => cause === item && (next !== slot || effect !== 0));
  }

  /** A full link makes who sends into it and who empties it depend on each other. */
  private addLinks(set: Stubborn, peer: number, state: State): void {
    const { effects } = this.anatomy.network;
    for (const [to, most] of this.burstsOf(peer, state[peer] as number)) {
      let queued = 0;
      for (const item of this.contentOf(to, state)) if (effects.sender(to, item) === peer) queued++;
      if (queued + most > this.capacity) this.addPeer(set, to, state);
    }
    if (!this.drops) return;
    for (const item of this.space.alphabet[peer] as Set<number>) {
      for (const { peer: from, slot } of this.space.waysTo(peer, item))
        if (this.space.mayReach(from, state[from] as number, slot)) this.addPeer(set, from, state);
    }
  }

  /** The most messages that one move out of a slot sends to each peer. */
  private burstsOf(peer: number, slot: number): readonly (readonly [to: number, most: number])[] {
    const known = this.bursts[peer] as (readonly (readonly [number, number])[])[];
    known[slot] ??= this.listBursts(peer, slot);
    return known[slot];
  }

  private listBursts(peer: number, slot: number): readonly (readonly [to: number, most: number])[] {
    const most = new Map<number, number>();
    for (const { effect } of this.space.from(peer, slot)) {
      const pairs = this.anatomy.network.effects.of(effect);
      const sent = new Map<number, number>();
      for (let i = 0; i < pairs.length; i += 2) sent.set(pairs[i] as number, (sent.get(pairs[i] as number) ?? 0) + 1);
      for (const [to, n] of sent) most.set(to, Math.max(n, most.get(to) ?? 0));
    }
    return [...most];
  }

  private addBudgets(set: Stubborn, peer: number, state: State): void {
    for (const { counter } of this.space.from(peer, state[peer] as number)) {
      if (counter === undefined || this.anatomy.network.weather.counter(counter) < 0 || !this.isLeft(state, counter))
        continue;
      for (const user of this.users.get(counter) ?? []) this.addPeer(set, user, state);
    }
  }

  private isLeft(state: State, counter: string): boolean {
    const { network } = this.anatomy;
    const number = network.weather.counter(counter);
    return number < 0 || network.weather.spend(network.weatherOf(state), number) >= 0;
  }

  private contentOf(peer: number, state: State): Int32Array {
    const { network } = this.anatomy;
    return (network.inboxes[peer] as (typeof network.inboxes)[number]).content(
      state[network.inboxComponent(peer)] as number,
    );
  }
}

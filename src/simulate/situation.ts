/**
 * The state of a system as plain objects, the one before the latest move beside it, and the move that is being made. A move
 * writes here as it goes; in the end it is kept, or undone as if it had never been. Law: both cost what the move touches.
 */
import type { Envelope, Plain, Status } from '../kernel/index.js';
import { isSame, isSameLife, type Life } from '../machine/index.js';

/** Whether and how a peer takes part. Never changed once made. @internal */
export interface Standing {
  readonly status: Status;
  readonly life: Life | undefined;
  /** What a crash left behind. */
  readonly stored: Readonly<Record<string, Plain>> | undefined;
}

/** A message on its way. @internal */
export interface Flight {
  readonly from: number;
  readonly to: number;
  readonly envelope: Envelope;
  /** Where it stands among all flights. */
  at: number;
}

/** What is on its way to one peer; never changed once made. @internal */
export type Inbox = readonly Flight[];

/** Whole states, as they can be read. @internal */
export interface Scene {
  readonly standings: readonly Standing[];
  readonly inboxes: readonly Inbox[];
  /** The index of the cut in force, or -1. */
  readonly cut: number;
}

/** Each may happen so often. @internal */
export interface Limits {
  readonly limits: readonly number[];
  readonly hasQueues: boolean;
}

/** Which parts of a state a function read, and which a move changed, by number. @internal */
export interface Components {
  readonly count: number;
  status(peer: number): number;
  life(peer: number): number;
  inbox(peer: number): number;
  readonly cut: number;
}

/** @internal */
export const componentsOf = (peers: number): Components => ({
  count: 3 * peers + 1,
  status: (peer) => peer,
  life: (peer) => peers + peer,
  inbox: (peer) => 2 * peers + peer,
  cut: 3 * peers,
});

export const nobody: Inbox = [];

/** @internal */
export class Situation implements Scene {
  readonly standings: Standing[] = [];
  readonly inboxes: Inbox[] = [];
  cut = -1;
  readonly before = { standings: [] as Standing[], inboxes: [] as Inbox[], cut: -1 };
  /** All messages on their way, in an order that depends on the behaviour alone. */
  readonly flights: Flight[] = [];
  /** Peers that have a timer, likewise. */
  readonly timed: number[] = [];
  readonly components: Components;
  /** By component: when it was last changed. */
  readonly version: Int32Array;
  /** The components that the latest move changed: the first so many of these. */
  readonly changed: Int32Array;
  changedCount = 0;
  /** Moves so far, in all behaviours. */
  stamp = 0;
  fullest = 0;

  private readonly used: Int32Array;
  private readonly timedAt: Int32Array;
  private readonly onLink: Int32Array;
  private readonly statuses: Record<Status, number> = { absent: 0, up: 0, crashed: 0, left: 0 };

  // The move that is being made.
  private readonly peersTouched: Int32Array;
  private peersCount = 0;
  private readonly inboxesTouched: Int32Array;
  private inboxesCount = 0;
  private readonly isTouched: Uint8Array;
  // Lists that are begun again with every move keep their room: only so many of each count.
  private readonly spent: number[] = [];
  private spentCount = 0;
  private readonly added: Flight[] = [];
  private addedCount = 0;
  private readonly removed: Flight[] = [];
  private removedCount = 0;
  private cutTouched = false;
  private isKept = false;

  constructor(
    private readonly peers: number,
    private readonly rules: Limits,
  ) {
    this.components = componentsOf(peers);
    this.version = new Int32Array(this.components.count);
    this.changed = new Int32Array(this.components.count);
    this.peersTouched = new Int32Array(peers);
    this.inboxesTouched = new Int32Array(peers);
    this.isTouched = new Uint8Array(2 * peers);
    this.used = new Int32Array(rules.limits.length);
    this.timedAt = new Int32Array(peers).fill(-1);
    this.onLink = new Int32Array(peers * peers);
  }

  /** Becomes a state from which behaviours begin. */
  load(standings: readonly Standing[], inboxes: readonly Inbox[]): void {
    this.isKept = false;
    this.used.fill(0);
    this.onLink.fill(0);
    this.timedAt.fill(-1);
    this.timed.length = 0;
    this.flights.length = 0;
    Object.assign(this.statuses, { absent: 0, up: 0, crashed: 0, left: 0 });
    this.forgetMove();
    this.cut = -1;
    this.before.cut = -1;
    for (let peer = 0; peer < this.peers; peer++) {
      const standing = standings[peer] as Standing;
      this.standings[peer] = standing;
      this.before.standings[peer] = standing;
      this.inboxes[peer] = inboxes[peer] as Inbox;
      this.before.inboxes[peer] = inboxes[peer] as Inbox;
      this.statuses[standing.status]++;
      this.watchTimers(peer);
      for (const flight of inboxes[peer] as Inbox) this.addFlight(flight);
    }
    this.stamp++;
    this.version.fill(this.stamp);
    this.changedCount = this.components.count;
    for (let component = 0; component < this.changedCount; component++) this.changed[component] = component;
  }

  /** How many peers stand so. */
  count(status: Status): number {
    return this.statuses[status];
  }

  canSpend(counter: number): boolean {
    return counter < 0 || (this.used[counter] as number) < (this.rules.limits[counter] as number);
  }

  linked(from: number, to: number): number {
    return this.onLink[to * this.peers + from] as number;
  }

  /** Counts one use; false when the budget is used up. */
  spend(counter: number): boolean {
    if (counter < 0) return true;
    this.open();
    if (!this.canSpend(counter)) return false;
    this.used[counter] = (this.used[counter] as number) + 1;
    this.spent[this.spentCount++] = counter;
    return true;
  }

  setStanding(peer: number, standing: Standing): void {
    this.open();
    if (this.isTouched[peer] === 0) {
      this.isTouched[peer] = 1;
      this.peersTouched[this.peersCount++] = peer;
    }
    this.standings[peer] = standing;
  }

  setCut(cut: number): void {
    this.open();
    this.cutTouched = true;
    this.cut = cut;
  }

  /** A message is put on its way, at a place in its inbox. */
  add(flight: Flight, place: number): void {
    const { to } = flight;
    const inbox = this.inboxes[to] as Inbox;
    const after = inbox.slice();
    if (place === after.length) after.push(flight);
    else after.splice(place, 0, flight);
    this.setInbox(to, after);
    this.added[this.addedCount++] = flight;
    this.countLink(flight, 1);
  }

  remove(flight: Flight): void {
    const inbox = this.inboxes[flight.to] as Inbox;
    const after: Flight[] = [];
    for (let i = 0; i < inbox.length; i++) if (inbox[i] !== flight) after.push(inbox[i] as Flight);
    this.setInbox(flight.to, after);
    this.removed[this.removedCount++] = flight;
    this.countLink(flight, -1);
  }

  /** Whether the move that is being made changes anything; what it has only written anew goes back to what it was. */
  get isChange(): boolean {
    const { before } = this;
    let changes = this.spentCount > 0 || (this.cutTouched && this.cut !== before.cut);
    for (let i = 0; i < this.peersCount; i++) {
      const peer = this.peersTouched[i] as number;
      const was = before.standings[peer] as Standing;
      if (isSameStanding(this.standings[peer] as Standing, was)) this.standings[peer] = was;
      else changes = true;
    }
    for (let i = 0; i < this.inboxesCount && !changes; i++) {
      const peer = this.inboxesTouched[i] as number;
      changes = !this.isSameInbox(this.inboxes[peer] as Inbox, before.inboxes[peer] as Inbox);
    }
    return changes;
  }

  /** The move is made. */
  keep(): void {
    const { components, version, changed, before } = this;
    this.stamp++;
    let count = 0;
    for (let i = 0; i < this.peersCount; i++) {
      const peer = this.peersTouched[i] as number;
      const was = before.standings[peer] as Standing;
      const now = this.standings[peer] as Standing;
      if (was === now) continue;
      if (was.status !== now.status) {
        changed[count++] = components.status(peer);
        this.statuses[was.status]--;
        this.statuses[now.status]++;
      }
      changed[count++] = components.life(peer);
      this.watchTimers(peer);
    }
    for (let i = 0; i < this.inboxesCount; i++) {
      const peer = this.inboxesTouched[i] as number;
      const { length } = this.inboxes[peer] as Inbox;
      if (length > this.fullest) this.fullest = length;
      changed[count++] = components.inbox(peer);
    }
    if (this.cutTouched) changed[count++] = components.cut;
    this.changedCount = count;
    for (let i = 0; i < count; i++) version[changed[i] as number] = this.stamp;
    for (let i = 0; i < this.removedCount; i++) this.dropFlight(this.removed[i] as Flight);
    for (let i = 0; i < this.addedCount; i++) {
      const flight = this.added[i] as Flight;
      flight.at = this.flights.length;
      this.flights.push(flight);
    }
    this.isKept = true;
  }

  /** The move is not made. */
  undo(): void {
    if (this.isKept) return; // none was begun since
    const { before } = this;
    for (let i = 0; i < this.peersCount; i++) {
      const peer = this.peersTouched[i] as number;
      this.standings[peer] = before.standings[peer] as Standing;
    }
    for (let i = 0; i < this.inboxesCount; i++) {
      const peer = this.inboxesTouched[i] as number;
      this.inboxes[peer] = before.inboxes[peer] as Inbox;
    }
    for (let i = 0; i < this.spentCount; i++) {
      const counter = this.spent[i] as number;
      this.used[counter] = (this.used[counter] as number) - 1;
    }
    for (let i = 0; i < this.addedCount; i++) this.countLink(this.added[i] as Flight, -1);
    for (let i = 0; i < this.removedCount; i++) this.countLink(this.removed[i] as Flight, 1);
    this.cut = before.cut;
    this.forgetMove();
  }

  /** A new move begins: what was before the latest one is no longer of interest. */
  private open(): void {
    if (!this.isKept) return;
    this.isKept = false;
    const { before } = this;
    for (let i = 0; i < this.peersCount; i++) {
      const peer = this.peersTouched[i] as number;
      before.standings[peer] = this.standings[peer] as Standing;
    }
    for (let i = 0; i < this.inboxesCount; i++) {
      const peer = this.inboxesTouched[i] as number;
      before.inboxes[peer] = this.inboxes[peer] as Inbox;
    }
    before.cut = this.cut;
    this.forgetMove();
  }

  private forgetMove(): void {
    for (let i = 0; i < this.peersCount; i++) this.isTouched[this.peersTouched[i] as number] = 0;
    for (let i = 0; i < this.inboxesCount; i++) this.isTouched[this.peers + (this.inboxesTouched[i] as number)] = 0;
    this.peersCount = 0;
    this.inboxesCount = 0;
    this.spentCount = 0;
    this.addedCount = 0;
    this.removedCount = 0;
    this.cutTouched = false;
  }

  private setInbox(peer: number, inbox: Inbox): void {
    this.open();
    if (this.isTouched[this.peers + peer] === 0) {
      this.isTouched[this.peers + peer] = 1;
      this.inboxesTouched[this.inboxesCount++] = peer;
    }
    this.inboxes[peer] = inbox;
  }

  private addFlight(flight: Flight): void {
    flight.at = this.flights.length;
    this.flights.push(flight);
    this.countLink(flight, 1);
  }

  private countLink({ from, to }: Flight, change: number): void {
    const link = to * this.peers + from;
    this.onLink[link] = (this.onLink[link] as number) + change;
  }

  private dropFlight(flight: Flight): void {
    const last = this.flights.pop() as Flight;
    if (last === flight) return;
    this.flights[flight.at] = last;
    last.at = flight.at;
  }

  private watchTimers(peer: number): void {
    const { life } = this.standings[peer] as Standing;
    const has = life !== undefined && life.timers.length > 0;
    const at = this.timedAt[peer] as number;
    if (has === at >= 0) return;
    if (has) {
      this.timedAt[peer] = this.timed.length;
      this.timed.push(peer);
      return;
    }
    const last = this.timed.pop() as number;
    this.timedAt[peer] = -1;
    if (last === peer) return;
    this.timed[at] = last;
    this.timedAt[last] = at;
  }

  private isSameInbox(a: Inbox, b: Inbox): boolean {
    if (a.length !== b.length) return false;
    const isEqual = (one: Flight, other: Flight) =>
      one === other || (one.from === other.from && isSame(one.envelope.message, other.envelope.message));
    if (this.rules.hasQueues) return a.every((flight, i) => isEqual(flight, b[i] as Flight));
    const left = [...b];
    for (const flight of a) {
      const at = left.findIndex((other) => isEqual(flight, other));
      if (at < 0) return false;
      left.splice(at, 1);
    }
    return true;
  }
}

function isSameStanding(a: Standing, b: Standing): boolean {
  if (a.status !== b.status) return false;
  if (a.life !== undefined && b.life !== undefined) return isSameLife(a.life, b.life);
  return a.life === b.life && isSame(a.stored, b.stored);
}

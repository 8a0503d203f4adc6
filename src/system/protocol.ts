/** The protocol's own moves: a message is heard, a timer fires, an operation is asked. Order: by peer, then in that order. */
import {
  type Move,
  type Moves,
  moveKinds,
  type Observer,
  type Operation,
  type State,
  type SystemSpec,
  type TimerRule,
} from '../kernel/index.js';
import { isCalled, type PeerTable, refused } from '../machine/index.js';
import { guard } from './guard.js';
import { full, type Inbox } from './inbox.js';
import type { Network } from './network.js';
import type { Observers } from './observers.js';
import { OfferTable } from './offers.js';
import type { Scratch } from './scratch.js';

/** What the parts of a composed system share. @internal */
export interface Parts {
  readonly spec: SystemSpec;
  readonly tables: readonly PeerTable[];
  readonly network: Network;
  readonly observers: Observers;
  readonly scratch: Scratch;
}

const deliver = moveKinds.indexOf('deliver');
const timeout = moveKinds.indexOf('timeout');
const operation = moveKinds.indexOf('operation');

/** An operation as one peer may be asked it. */
interface Asked {
  readonly what: number;
  readonly counter: number;
  readonly isUpkeep: boolean;
  readonly offers: OfferTable;
}

/**
 * Numbers that a move which depends on the slot takes in a list of them: kind, what, detail, next, effect, counter, upkeep, and
 * the clock that allows it.
 */
const ownWidth = 8;
const anyTime = -1;
const uncounted = -1;

/** @internal */
export class Protocol {
  private readonly names: readonly string[];
  private readonly tables: readonly PeerTable[];
  private readonly network: Network;
  private readonly scratch: Scratch;
  private readonly operations: readonly Operation[];
  private readonly isSet: boolean;
  /** The component of the first peer's inbox, 0 where there are none. */
  private readonly inboxes: number;
  /** By peer: every operation, and those whose offers look at the world. */
  private readonly asked: readonly (readonly Asked[])[];
  private readonly observing: readonly (readonly Asked[])[];
  /** By peer and slot. */
  private readonly own: readonly Int32Array[][];
  /** Rules of timers, by the timer's name; and by peer, whether each allows its timer to fire. */
  private readonly rules: readonly (readonly [timer: string, rule: TimerRule])[];
  private readonly clocks: readonly (readonly Observer<boolean>[])[];

  constructor({ spec, tables, network, observers, scratch }: Parts) {
    this.names = Object.keys(spec.peers);
    this.tables = tables;
    this.network = network;
    this.scratch = scratch;
    this.operations = spec.operations ?? [];
    this.isSet = spec.network === 'set';
    this.inboxes = Math.max(0, network.inboxComponent(0));
    this.asked = this.names.map((name, peer) =>
      this.operations.flatMap((op, what): Asked[] => {
        if (!(op.peers ?? this.names).includes(name)) return [];
        const counter = network.weather.counter(`operation ${op.name}`);
        const offers = new OfferTable(op, name, tables[peer] as PeerTable, observers);
        return [{ what, counter, isUpkeep: op.by === 'protocol', offers }];
      }),
    );
    this.observing = this.asked.map((list) => list.filter(({ offers }) => offers.constant === undefined));
    this.own = this.names.map(() => []);
    this.rules = Object.entries(spec.timers ?? {});
    this.clocks = this.names.map((name) =>
      this.rules.map(([timer, rule]) =>
        guard(observers, `timers.${timer}.when, peer ${name}`, (world) => rule.when(world, name)),
      ),
    );
  }

  expand(state: State, moves: Moves): void {
    const { tables, inboxes } = this;
    const cut = this.network.cutOf(state);
    for (let peer = 0; peer < tables.length; peer++) {
      const up = (tables[peer] as PeerTable).isUp(state[peer] as number);
      if (inboxes > 0 && state[inboxes + peer] !== 0) this.deliveries(state, peer, up, cut, moves);
      if (!up) continue;
      this.takeOwn(state, peer, moves);
      const observing = this.observing[peer] as readonly Asked[];
      for (let i = 0; i < observing.length; i++) this.ask(state, peer, observing[i] as Asked, moves);
    }
  }

  describe(moves: Moves, i: number): Move | undefined {
    const peer = moves.peer[i] as number;
    const name = this.names[peer] as string;
    const what = moves.what[i] as number;
    switch (moves.kind[i]) {
      case deliver:
        return { kind: 'deliver', ...this.network.effects.envelope(peer, what) };
      case timeout:
        return { kind: 'timeout', peer: name, timer: (this.tables[peer] as PeerTable).timerName(what) };
      case operation: {
        const asked = (this.asked[peer] as readonly Asked[]).find((one) => one.what === what) as Asked;
        const { args = {}, event } = asked.offers.offer(moves.detail[i] as number);
        return { kind: 'operation', peer: name, operation: (this.operations[what] as Operation).name, args, event };
      }
      default:
        return undefined;
    }
  }

  private deliveries(state: State, peer: number, up: boolean, cut: number, moves: Moves): void {
    const content = state[this.inboxes + peer] as number;
    const pairs = (this.network.inboxes[peer] as Inbox).deliverable(content);
    for (let i = 0; i < pairs.length; i += 2) {
      if (cut < 0) i = this.deliverSilently(state, peer, pairs, i, moves);
      if (i >= pairs.length) return;
      const item = pairs[i] as number;
      if (cut >= 0 && this.network.separates(cut, this.network.effects.sender(peer, item), peer)) continue;
      this.deliver(state, peer, up, item, pairs[i + 1] as number, moves);
    }
  }

  /**
   * Most deliveries by far: what happens is known, and nothing is said. So they are written down without further ado, up to the
   * first that is not such; returns where that stands.
   */
  private deliverSilently(state: State, peer: number, pairs: Int32Array, from: number, moves: Moves): number {
    const component = this.inboxes + peer;
    const here = state[component] as number;
    const slot = state[peer] as number;
    const row = (this.tables[peer] as PeerTable).row(slot);
    moves.reserve((pairs.length - from) >> 1);
    const { kind, peer: peers, what, detail, first, changes } = moves;
    let { count } = moves;
    let end = first[count] as number;
    let i = from;
    for (; i < pairs.length; i += 2) {
      const item = pairs[i] as number;
      const at = item * 2;
      if (at >= row.length) break;
      const next = row[at] as number;
      if (next < 0) {
        if (next === refused && this.isSet) continue;
        break;
      }
      if (row[at + 1] !== 0) break;
      const begin = end;
      if (next !== slot) {
        changes[end] = peer;
        changes[end + 1] = next;
        end += 2;
      }
      const content = pairs[i + 1] as number;
      if (content !== here) {
        changes[end] = component;
        changes[end + 1] = content;
        end += 2;
      }
      if (end !== begin) moves.quiet = false;
      kind[count] = deliver;
      peers[count] = peer;
      what[count] = item;
      detail[count] = 0;
      first[++count] = end;
    }
    moves.count = count;
    return i;
  }

  private deliver(state: State, peer: number, up: boolean, item: number, content: number, moves: Moves): void {
    const component = this.inboxes + peer;
    const table = this.tables[peer] as PeerTable;
    const slot = state[peer] as number;
    if (up) table.step(slot, item);
    const isHeard = up && table.next !== refused;
    if (!isHeard && this.isSet) return; // nobody hears it now, and it stays: no move
    const next = isHeard ? table.next : slot;
    const effect = isHeard ? table.effect : 0;
    if (effect === 0 || this.network.effects.isPlain(effect)) {
      moves.begin(deliver, peer, item, 0);
      if (this.say(state, moves, peer, next, content, effect) && moves.end()) moves.quiet = false;
    } else {
      this.scratch.set(component, content);
      if (this.speak(moves, peer, next, effect, deliver, item, 0)) moves.quiet = false;
    }
  }

  /** Takes the moves that the peer's own slot decides: its timers, and operations that observe nobody. */
  private takeOwn(state: State, peer: number, moves: Moves): void {
    const slot = state[peer] as number;
    const list = (this.own[peer] as Int32Array[])[slot] ?? this.listOwn(peer, slot);
    for (let i = 0; i < list.length; i += ownWidth) {
      const kind = list[i] as number;
      const next = list[i + 3] as number;
      const effect = list[i + 4] as number;
      const counter = list[i + 5] as number;
      const clock = list[i + 7] as number;
      if (clock !== anyTime && !this.mayFire(peer, clock, state)) continue;
      let isChange: boolean;
      if (counter === uncounted && (effect === 0 || (this.inboxes > 0 && this.network.effects.isPlain(effect)))) {
        moves.begin(kind, peer, list[i + 1] as number, list[i + 2] as number);
        if (effect === 0) {
          if (next !== slot) moves.change(peer, next);
        } else if (!this.say(state, moves, peer, next, state[this.inboxes + peer] as number, effect)) continue;
        isChange = moves.end();
      } else {
        if (!this.network.spend(this.scratch, counter)) continue;
        isChange = this.speak(moves, peer, next, effect, kind, list[i + 1] as number, list[i + 2] as number);
      }
      if (isChange && list[i + 6] === 1) moves.quiet = false;
    }
  }

  /**
   * What a move that has begun changes when the peer goes to a slot and speaks once to each of some others, over links: as
   * {@link speak} does it, but written down at once.
   * @param content of the peer's own inbox, before it speaks
   * @returns whether there is such a move
   */
  private say(state: State, moves: Moves, peer: number, next: number, content: number, effect: number): boolean {
    const { network, inboxes } = this;
    const pairs = network.effects.of(effect);
    const cut = network.cutLoses ? network.cutOf(state) : -1;
    let own = content;
    if (next !== state[peer]) moves.change(peer, next);
    for (let i = 0; i < pairs.length; i += 2) {
      const to = pairs[i] as number;
      if (cut >= 0 && network.separates(cut, peer, to)) continue;
      const before = to === peer ? own : (state[inboxes + to] as number);
      const after = network.append(to, before, pairs[i + 1] as number);
      if (after === full) return false;
      if (to === peer) own = after;
      else if (after !== before) moves.change(inboxes + to, after);
    }
    if (own !== state[inboxes + peer]) moves.change(inboxes + peer, own);
    return true;
  }

  private mayFire(peer: number, clock: number, state: State): boolean {
    const clocks = this.clocks[peer] as readonly Observer<boolean>[];
    return (clocks[clock] as Observer<boolean>).at(state);
  }

  private listOwn(peer: number, slot: number): Int32Array {
    const table = this.tables[peer] as PeerTable;
    const list: number[] = [];
    for (const input of table.timers(slot)) {
      table.step(slot, input);
      const clock = this.rules.findIndex(([timer]) => isCalled(timer, table.timerName(input)));
      if (table.next !== refused) list.push(timeout, input, 0, table.next, table.effect, uncounted, 1, clock);
    }
    for (const { offers, what, counter, isUpkeep } of this.asked[peer] as readonly Asked[]) {
      if (offers.constant === undefined) continue;
      const [input, detail] = offers.constant as unknown as readonly [number, number];
      table.step(slot, input);
      if (table.next === refused) continue;
      list.push(operation, what, detail, table.next, table.effect, counter, isUpkeep ? 1 : 0, anyTime);
    }
    const made = Int32Array.from(list);
    (this.own[peer] as Int32Array[])[slot] = made;
    return made;
  }

  private ask(state: State, peer: number, { what, counter, isUpkeep, offers }: Asked, moves: Moves): void {
    const table = this.tables[peer] as PeerTable;
    const inputs = offers.inputs(state);
    for (let i = 0; i < inputs.length; i += 2) {
      table.step(state[peer] as number, inputs[i] as number);
      const { next, effect } = table;
      if (next === refused) continue;
      if (!this.network.spend(this.scratch, counter)) return;
      if (this.speak(moves, peer, next, effect, operation, what, inputs[i + 1] as number) && isUpkeep)
        moves.quiet = false;
    }
  }

  /** A peer goes to a slot and says something; returns whether that was a move, and changed anything. */
  private speak(
    moves: Moves,
    peer: number,
    next: number,
    effect: number,
    kind: number,
    what: number,
    detail: number,
  ): boolean {
    this.scratch.set(peer, next);
    if (this.network.send(this.scratch, peer, effect)) return this.scratch.commit(moves, kind, peer, what, detail);
    this.scratch.drop();
    return false;
  }
}

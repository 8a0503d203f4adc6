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
import type { Inbox } from './inbox.js';
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
    const { tables } = this;
    const cut = this.network.cutOf(state);
    for (let peer = 0; peer < tables.length; peer++) {
      const up = (tables[peer] as PeerTable).isUp(state[peer] as number);
      this.deliveries(state, peer, up, cut, moves);
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
    const component = this.network.inboxComponent(peer);
    if (component < 0 || state[component] === 0) return;
    const pairs = (this.network.inboxes[peer] as Inbox).deliverable(state[component] as number);
    const table = this.tables[peer] as PeerTable;
    const slot = state[peer] as number;
    for (let i = 0; i < pairs.length; i += 2) {
      const item = pairs[i] as number;
      const content = pairs[i + 1] as number;
      if (cut >= 0 && this.network.separates(cut, this.network.effects.sender(peer, item), peer)) continue;
      if (up) table.step(slot, item);
      const isHeard = up && table.next !== refused;
      if (!isHeard && this.isSet) continue; // nobody hears it now, and it stays: no move
      const next = isHeard ? table.next : slot;
      const effect = isHeard ? table.effect : 0;
      if (effect === 0) {
        moves.begin(deliver, peer, item, 0);
        if (next !== slot) moves.change(peer, next);
        if (content !== state[component]) moves.change(component, content);
        if (moves.end()) moves.quiet = false;
      } else {
        this.scratch.set(component, content);
        if (this.speak(moves, peer, next, effect, deliver, item, 0)) moves.quiet = false;
      }
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
      if (effect === 0 && counter === uncounted) {
        moves.begin(kind, peer, list[i + 1] as number, list[i + 2] as number);
        if (next !== slot) moves.change(peer, next);
        isChange = moves.end();
      } else {
        if (!this.network.spend(this.scratch, counter)) continue;
        isChange = this.speak(moves, peer, next, effect, kind, list[i + 1] as number, list[i + 2] as number);
      }
      if (isChange && list[i + 6] === 1) moves.quiet = false;
    }
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

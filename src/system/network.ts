/** The network of a composed system: where its components stand in a state, and what sending does to them. */
import { ChurnproofError, type Envelope, type State, type SystemSpec } from '../kernel/index.js';
import { type PeerTable, refused } from '../machine/index.js';
import type { Effects } from './effects.js';
import { full, type Inbox } from './inbox.js';
import type { Scratch } from './scratch.js';
import type { Weather } from './weather.js';

interface Parts {
  readonly spec: SystemSpec;
  readonly names: readonly string[];
  readonly tables: readonly PeerTable[];
  readonly effects: Effects;
  /** None in a synchronous system. */
  readonly inboxes: readonly Inbox[];
  readonly weather: Weather;
  readonly cuts: readonly (readonly string[])[];
}

/** Deliveries within one synchronous move after which it is given up. */
const stormLimit = 10_000;

/** @internal */
export class Network {
  readonly width: number;
  readonly weatherComponent: number;
  readonly effects: Effects;
  readonly inboxes: readonly Inbox[];
  readonly weather: Weather;
  readonly cuts: readonly (readonly string[])[];
  /** Whether messages across a cut are lost; otherwise they wait. */
  readonly cutLoses: boolean;
  /** Sends that found a full link and had to wait. */
  blocked = 0;

  private readonly names: readonly string[];
  private readonly tables: readonly PeerTable[];
  private readonly dropsWhenFull: boolean;
  private readonly cutOff: readonly (readonly boolean[])[];
  private readonly queue: number[] = [];
  private readonly purged = new Map<string, number>();

  constructor(parts: Parts) {
    const { spec, names, tables, effects, inboxes, weather, cuts } = parts;
    this.names = names;
    this.tables = tables;
    this.effects = effects;
    this.inboxes = inboxes;
    this.weather = weather;
    this.cuts = cuts;
    this.cutOff = cuts.map((side) => names.map((name) => side.includes(name)));
    this.cutLoses = spec.faults?.partition?.crossing !== 'held';
    this.dropsWhenFull = spec.whenFull === 'drop';
    const beforeWeather = names.length + inboxes.length;
    this.weatherComponent = weather.isConstant ? -1 : beforeWeather;
    this.width = beforeWeather + (weather.isConstant ? 0 : 1);
  }

  get fullest(): number {
    return this.inboxes.reduce((most, inbox) => Math.max(most, inbox.fullest), 0);
  }

  inboxComponent(peer: number): number {
    return this.inboxes.length === 0 ? -1 : this.names.length + peer;
  }

  weatherOf(state: State): number {
    return this.weatherComponent < 0 ? this.weather.start : (state[this.weatherComponent] as number);
  }

  /** The cut in force, or -1. */
  cutOf(state: State): number {
    return this.cuts.length === 0 ? -1 : this.weather.cut(this.weatherOf(state));
  }

  separates(cut: number, a: number, b: number): boolean {
    const side = this.cutOff[cut] as readonly boolean[];
    return side[a] !== side[b];
  }

  side(weather: number): readonly string[] | undefined {
    return this.cuts[this.weather.cut(weather)];
  }

  inFlight(peer: number, state: State): readonly Envelope[] {
    const component = this.inboxComponent(peer);
    return component < 0 ? [] : this.envelopes(peer, state[component] as number);
  }

  envelopes(peer: number, content: number): readonly Envelope[] {
    return Array.from((this.inboxes[peer] as Inbox).content(content), (item) => this.effects.envelope(peer, item));
  }

  /** Counts one use; false when the budget is used up. */
  spend(scratch: Scratch, counter: number): boolean {
    if (counter < 0) return true;
    const after = this.weather.spend(this.weatherOf(scratch.state), counter);
    if (after < 0) return false;
    if (this.weatherComponent >= 0) scratch.set(this.weatherComponent, after);
    return true;
  }

  /** Sends what a step said; false when a full link makes the move wait. */
  send(scratch: Scratch, from: number, effect: number): boolean {
    if (effect === 0) return true;
    return this.inboxes.length === 0 ? this.settle(scratch, from, effect) : this.enqueue(scratch, from, effect);
  }

  /** Takes out of every inbox the messages for which `drop` says so; `key` names the rule for the memo. */
  purge(scratch: Scratch, key: string, drop: (sender: number, receiver: number) => boolean): void {
    for (const [receiver, inbox] of this.inboxes.entries()) {
      const component = this.inboxComponent(receiver);
      const content = scratch.state[component] as number;
      const memoKey = `${key} ${receiver} ${content}`;
      let after = this.purged.get(memoKey);
      if (after === undefined) {
        after = inbox.purge(content, (item) => drop(this.effects.sender(receiver, item), receiver));
        this.purged.set(memoKey, after);
      }
      scratch.set(component, after);
    }
  }

  private enqueue(scratch: Scratch, from: number, effect: number): boolean {
    const pairs = this.effects.of(effect);
    const cut = this.cutLoses ? this.cutOf(scratch.state) : -1;
    for (let i = 0; i < pairs.length; i += 2) {
      const to = pairs[i] as number;
      if (cut >= 0 && this.separates(cut, from, to)) continue;
      const component = this.names.length + to;
      const after = this.append(to, scratch.state[component] as number, pairs[i + 1] as number);
      if (after === full) return false;
      scratch.set(component, after);
    }
    return true;
  }

  /** The content of an inbox after one more message; {@link full} where that makes the move wait. */
  append(to: number, content: number, item: number): number {
    const after = (this.inboxes[to] as Inbox).append(content, item);
    if (after !== full) return after;
    if (this.dropsWhenFull) return content;
    this.blocked++;
    return full;
  }

  /** Delivers within the move, in the order of sending, until nobody says anything more. */
  private settle(scratch: Scratch, from: number, effect: number): boolean {
    const { queue } = this;
    queue.length = 0;
    this.schedule(from, effect);
    const cut = this.cutOf(scratch.state);
    for (let i = 0; i < queue.length; i += 3) {
      if (i > 3 * stormLimit) throw this.storm();
      const to = queue[i + 1] as number;
      const table = this.tables[to] as PeerTable;
      const slot = scratch.state[to] as number;
      if (!table.isUp(slot) || (cut >= 0 && this.separates(cut, queue[i] as number, to))) continue;
      table.step(slot, queue[i + 2] as number);
      if (table.next === refused) continue;
      scratch.set(to, table.next);
      this.schedule(to, table.effect);
    }
    return true;
  }

  private schedule(from: number, effect: number): void {
    const pairs = this.effects.of(effect);
    for (let i = 0; i < pairs.length; i += 2) this.queue.push(from, pairs[i] as number, pairs[i + 1] as number);
  }

  private storm(): ChurnproofError {
    return new ChurnproofError('SYSTEM_STORM', `one move caused more than ${stormLimit} messages`, {
      expected: 'in a synchronous network, peers that fall silent after a while',
      hint: 'look for two peers that answer each other for ever, or use network fifo with a capacity',
    });
  }
}

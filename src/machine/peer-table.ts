/**
 * A peer as numbers: every distinct standing of it (absent, up in some local state, crashed, left) is a slot, every
 * distinct input an id, and a step is a look-up that runs the machine on first need (COLLAPSE: Holzmann, "State
 * compression in SPIN", 1997). Slots and inputs are numbered in the order in which they are first seen.
 */
import type { AnyStateMachine } from 'xstate';
import {
  ChurnproofError,
  canonical,
  deepFreeze,
  firstDifference,
  type Message,
  type Peer,
  type Plain,
  type StateValue,
  type Status,
  show,
} from '../kernel/index.js';
import { canonicalText } from './canonical-text.js';
import { type ArmedTimer, type Local, type Outcome, Runner, type Said, type ToldLocal } from './runner.js';
import type { Used } from './taken.js';

/** @internal */
export interface Slot {
  readonly status: Status;
  readonly local?: Local;
  /** Fields that a crash left behind. */
  readonly stored?: Readonly<Record<string, Plain>>;
}

/** A slot as data that can be cloned. @internal */
export interface ToldSlot {
  readonly key: string;
  readonly status: Status;
  readonly local?: ToldLocal;
  readonly stored?: Readonly<Record<string, Plain>>;
}

type Input = { readonly event: Message; readonly timer?: ArmedTimer };

/** What {@link PeerTable.step} leaves in `next` when the machine has no transition for the input. @internal */
export const refused = -1;
const unknown = -2;

/** Turns what a step said into the number of an effect; 0 is silence. @internal */
export type NumberEffect = (said: readonly Said[]) => number;

/** @internal */
export class PeerTable {
  readonly absent = 0;
  readonly left: number;
  /** Results of the latest {@link step}. */
  next = refused;
  effect = 0;

  private readonly runner: Runner;
  private readonly slots: Slot[] = [];
  private readonly standings: Status[] = [];
  private readonly keys: string[] = [];
  private readonly slotIds = new Map<string, number>();
  private readonly inputs: Input[] = [];
  private readonly inputIds = new Map<string, number>();
  /** For each slot, pairs of next slot and effect by input. */
  private readonly rows: Int32Array[] = [];
  private readonly timersOf: Int32Array[] = [];
  /** Slot and effect by the canonical input of a start. */
  private readonly begun = new Map<string, readonly [slot: number, effect: number]>();
  private readonly crashedOf: number[] = [];
  /** Steps remembered since the last {@link recheck}. */
  private unchecked: [slot: number, input: number][] = [];

  constructor(
    readonly name: string,
    private readonly peer: Peer,
    private readonly numberEffect: NumberEffect,
  ) {
    this.runner = new Runner(name, peer.machine as unknown as AnyStateMachine);
    this.intern('absent', { status: 'absent' });
    this.left = this.intern('left', { status: 'left' });
  }

  /** The machine as its author wrote it. */
  get machine(): unknown {
    return this.peer.machine;
  }

  /** Its own id where it has one, else the name of this peer. */
  get machineName(): string {
    const { id } = this.peer.machine as unknown as AnyStateMachine;
    return id === unnamed ? this.name : id;
  }

  /** What of its machine's definition was ever used. */
  get used(): Used {
    return this.runner.taken.used;
  }

  get machineCalls(): number {
    return this.runner.calls;
  }

  /** What its machine's timers are called. */
  get timerNames(): readonly string[] {
    return [...this.runner.timerNames.values()];
  }

  get size(): number {
    return this.slots.length;
  }

  slot(id: number): Slot {
    return this.slots[id] as Slot;
  }

  statusOf(id: number): Status {
    return this.standings[id] as Status;
  }

  isUp(id: number): boolean {
    return this.standings[id] === 'up';
  }

  stateOf(id: number): StateValue | undefined {
    return this.slot(id).local?.snapshot.value as StateValue | undefined;
  }

  contextOf(id: number): Readonly<Record<string, Plain>> | undefined {
    return this.slot(id).local?.snapshot.context;
  }

  /** Starts the machine; the slot and effect are left in `next` and `effect`. Thousands of starts may share a few inputs. */
  start(input: unknown = this.peer.input): void {
    const key = canonicalText(input, 'input', `peer ${this.name}`);
    const known = this.begun.get(key);
    if (known === undefined) {
      this.settle(this.runner.start(input));
      this.begun.set(key, [this.next, this.effect]);
    } else [this.next, this.effect] = known;
  }

  /** Starts it again after a crash, with what was stored. */
  restart(slot: number): void {
    const { stored } = this.slot(slot);
    const input =
      stored === undefined ? this.peer.input : { ...(this.peer.input as object | undefined), restored: stored };
    this.start(input);
  }

  /** The slot that a crash in this slot leaves behind. */
  crashed(slot: number): number {
    const known = this.crashedOf[slot];
    if (known !== undefined) return known;
    const { stable } = this.peer;
    const context = this.contextOf(slot) ?? {};
    const stored = Object.fromEntries(stable.map((field) => [field, context[field]]));
    const made: Slot = stable.length > 0 ? { status: 'crashed', stored: deepFreeze(stored) } : { status: 'crashed' };
    const id = this.intern(`crashed ${canonical(stored)}`, made);
    this.crashedOf[slot] = id;
    return id;
  }

  /** The number of an event this peer may hear. */
  hears(event: Message): number {
    return this.internInput(canonicalText(event, 'event', `peer ${this.name}`), { event });
  }

  event(input: number): Message {
    return (this.inputs[input] as Input).event;
  }

  timerName(input: number): string {
    return (this.inputs[input] as Required<Input>).timer.name;
  }

  /** Inputs that stand for the timers armed in a slot, in fixed order. */
  timers(slot: number): Int32Array {
    const known = this.timersOf[slot];
    if (known !== undefined) return known;
    const armed = this.slot(slot).local?.timers ?? [];
    const made = Int32Array.from(armed, (timer) =>
      this.internInput(`timer ${timer.id} ${canonical(timer.event)}`, { event: timer.event as Message, timer }),
    );
    this.timersOf[slot] = made;
    return made;
  }

  /** The slot of a peer with an equal machine, with the names in it changed. */
  adopt({ status, local, stored }: Slot, rename: <T>(data: T) => T): number {
    switch (status) {
      case 'absent':
        return this.absent;
      case 'left':
        return this.left;
      case 'crashed': {
        const kept = stored === undefined ? {} : rename(stored);
        const made: Slot = stored === undefined ? { status } : { status, stored: deepFreeze(kept) };
        return this.intern(`crashed ${canonical(kept)}`, made);
      }
      case 'up': {
        const made = this.runner.renamed(local as Local, rename);
        return this.intern(`up ${made.key}`, { status, local: made });
      }
    }
  }

  /** Equal for equal slots, in whatever table of this peer. */
  keyOf(slot: number): string {
    return this.keys[slot] as string;
  }

  tell(slot: number): ToldSlot {
    const { status, local, stored } = this.slot(slot);
    return {
      key: this.keyOf(slot),
      status,
      ...(local === undefined ? {} : { local: this.runner.tell(local) }),
      ...(stored === undefined ? {} : { stored }),
    };
  }

  /** The slot here of one that another table of this peer told. */
  learn({ key, status, local, stored }: ToldSlot): number {
    const known = this.slotIds.get(key);
    if (known !== undefined) return known;
    if (local === undefined)
      return this.intern(key, stored === undefined ? { status } : { status, stored: deepFreeze(stored) });
    const made = this.runner.learn(local);
    if (`up ${made.key}` !== key) throw new Error(`peer ${this.name} has become ${made.key}, not ${key}, on its way`);
    return this.intern(key, { status, local: made });
  }

  /** Every step that is remembered; what is learnt meanwhile may be left out. */
  eachStep(look: (slot: number, input: number, next: number, effect: number) => void): void {
    for (const [slot, row] of [...this.rows.entries()]) {
      for (let at = 0; at < row.length; at += 2)
        if (row[at] !== unknown) look(slot, at / 2, row[at] as number, row[at + 1] as number);
    }
  }

  /** Pairs of next slot and effect by input, as far as they are known: see {@link isKnown}. */
  row(slot: number): Int32Array {
    return this.rows[slot] as Int32Array;
  }

  /** Leaves in `next` the slot after the input, or `refused`, and in `effect` what it said. */
  step(slot: number, input: number): void {
    const row = this.rows[slot] as Int32Array;
    const at = input * 2;
    if (at < row.length) {
      const next = row[at] as number;
      if (next !== unknown) {
        this.next = next;
        this.effect = row[at + 1] as number;
        return;
      }
    }
    this.compute(slot, input);
  }

  /**
   * Takes once more every step remembered since the last time, long after it was first taken and with all fields in another
   * order: a machine that remembers something outside, or goes by the order of fields, shows itself.
   * @throws ChurnproofError MACHINE_NOT_DETERMINISTIC
   */
  recheck(): void {
    const steps = this.unchecked;
    this.unchecked = [];
    for (const [slot, input] of steps) {
      const row = this.rows[slot] as Int32Array;
      const next = row[input * 2] as number;
      const effect = row[input * 2 + 1] as number;
      const { local } = this.slot(slot);
      this.take(this.run(reordered(local as Local), input));
      if (this.next !== next || this.effect !== effect) throw this.fickle(slot, input, next);
    }
  }

  private compute(slot: number, input: number): void {
    const { local } = this.slot(slot);
    if (local === undefined) throw new Error(`peer ${this.name} is stepped while it is not up`);
    this.take(this.run(local, input));
    this.remember(slot, input);
    this.unchecked.push([slot, input]);
  }

  private run(local: Local, input: number): Outcome {
    const { event, timer } = this.inputs[input] as Input;
    const armed = timer && local.timers.find((other) => other.id === timer.id);
    return armed ? this.runner.fire(local, armed) : this.runner.hear(local, event);
  }

  private take(outcome: Outcome): void {
    if (outcome.handled) this.settle(outcome);
    else {
      this.next = refused;
      this.effect = 0;
    }
  }

  private settle(outcome: Outcome): void {
    this.next = this.intern(`up ${outcome.local.key}`, { status: 'up', local: outcome.local });
    this.effect = outcome.said.length === 0 ? 0 : this.numberEffect(outcome.said);
  }

  private fickle(slot: number, input: number, before: number): ChurnproofError {
    const then = before === refused ? undefined : this.slot(before).local?.snapshot;
    const now = this.next === refused ? undefined : this.slot(this.next).local?.snapshot;
    const difference =
      firstDifference(then?.value, now?.value, 'state') ??
      firstDifference(then?.context, now?.context, 'context') ??
      'in what it said, its timers or its output';
    return new ChurnproofError('MACHINE_NOT_DETERMINISTIC', `peer ${this.name} answered one input in two ways`, {
      where: `on ${show(this.event(input))} in ${show(this.contextOf(slot))}, at first and again at the end: ${difference}`,
      expected: 'the same next state and messages whenever state and input are the same',
      hint: 'keep outside variables out, and do not go by the order of the fields of an object',
    });
  }

  private remember(slot: number, input: number): void {
    let row = this.rows[slot] as Int32Array;
    if (input * 2 >= row.length) {
      const wider = new Int32Array(Math.max(8, 2 ** Math.ceil(Math.log2(input * 2 + 2)))).fill(unknown);
      wider.set(row);
      row = wider;
      this.rows[slot] = row;
    }
    row[input * 2] = this.next;
    row[input * 2 + 1] = this.effect;
  }

  private intern(key: string, slot: Slot): number {
    const known = this.slotIds.get(key);
    if (known !== undefined) return known;
    const id = this.slots.length;
    this.slots.push(slot);
    this.keys.push(key);
    this.standings.push(slot.status);
    this.slotIds.set(key, id);
    this.rows.push(new Int32Array(0));
    return id;
  }

  private internInput(key: string, input: Input): number {
    const known = this.inputIds.get(key);
    if (known !== undefined) return known;
    const id = this.inputs.length;
    deepFreeze(input.event);
    this.inputs.push(input);
    this.inputIds.set(key, id);
    return id;
  }
}

/** What xstate calls a machine without an id. */
const unnamed = '(machine)';

/** Refuses a peer that is not a machine at all. @internal */
export function checkPeer(name: string, peer: Peer): void {
  const machine = peer.machine as Partial<AnyStateMachine> | undefined;
  if (typeof machine?.transition !== 'function' || machine.root === undefined) {
    throw new ChurnproofError('SYSTEM_INVALID', `peer ${name} has no xstate machine`, {
      expected: 'peer(machine, input), where machine comes from setup(...).createMachine(...)',
    });
  }
}

/** The same local state, the fields of every object in its context the other way round. */
function reordered(local: Local): Local {
  const { snapshot } = local;
  return { ...local, snapshot: { ...snapshot, context: deepFreeze(reverse(snapshot.context)) } as Local['snapshot'] };
}

function reverse(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reverse);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, part]) => [key, reverse(part)]),
  );
}

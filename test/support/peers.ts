/** One peer in the hand: what a test needs to step a machine through the adapter and see what became of it. */
import { expect } from 'vitest';
import { type AnyStateMachine, createMachine, emit } from 'xstate';
import {
  ChurnproofError,
  type ErrorCode,
  explainError,
  type Message,
  type Plain,
  peer,
  type StateValue,
} from '../../src/kernel/index.js';
import { PeerTable, refused, type Said } from '../../src/machine/index.js';

/** A peer called `p`, started. */
export class Played {
  readonly table: PeerTable;
  /** Number of the local state the peer is in. */
  slot = 0;
  private readonly effects: (readonly Said[])[] = [[]];
  private effect = 0;

  constructor(machine: AnyStateMachine, input?: unknown) {
    this.table = new PeerTable('p', peer(machine, input), (said) => this.effects.push(said) - 1);
    this.table.start();
    this.settle();
  }

  get state(): StateValue | undefined {
    return this.table.stateOf(this.slot);
  }

  get context(): Readonly<Record<string, Plain>> | undefined {
    return this.table.contextOf(this.slot);
  }

  get timers(): readonly string[] {
    return (this.table.slot(this.slot).local?.timers ?? []).map(({ name }) => name);
  }

  /** What the latest step said, as `receiver: message`. */
  get said(): readonly string[] {
    return (this.effects[this.effect] as readonly Said[]).map(({ to, message }) => `${to}: ${JSON.stringify(message)}`);
  }

  /** False when the machine has no transition for the event. */
  hear(event: Message): boolean {
    return this.step(this.table.hears(event));
  }

  fire(timer: string): boolean {
    const input = [...this.table.timers(this.slot)].find((armed) => this.table.timerName(armed) === timer);
    if (input === undefined) throw new Error(`no timer '${timer}' runs, only ${this.timers.join(', ') || 'none'}`);
    return this.step(input);
  }

  private step(input: number): boolean {
    this.table.step(this.slot, input);
    if (this.table.next === refused) return false;
    this.settle();
    return true;
  }

  private settle(): void {
    this.slot = this.table.next;
    this.effect = this.table.effect;
  }
}

/** The error with which something is refused. */
export function refusal(act: () => unknown): ChurnproofError {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof ChurnproofError) return thrown;
    throw thrown;
  }
  throw new Error('it was accepted');
}

/** Much of what is refused would not pass the type checker either. */
export const untyped = (config: object, implementations?: object): AnyStateMachine =>
  createMachine(config as never, implementations as never) as AnyStateMachine;

export const onGo = (actions: unknown, implementations?: object) =>
  untyped({ context: {}, on: { go: { actions } } }, implementations);

export const says = (message: unknown) => onGo(emit({ type: 'send', to: 'q', message } as never));

/** Starts the machine and lets it hear `go`. */
export const refusalOf = (machine: AnyStateMachine, input?: unknown): ChurnproofError =>
  refusal(() => new Played(machine, input).hear({ type: 'go' }));

/** A refusal is of use when it says what is wrong, whose it is, what would be right and what to do. */
export function expectRefusal(error: ChurnproofError, code: ErrorCode, names: RegExp, hint: RegExp): void {
  expect(error.code).toBe(code);
  expect(error.message).toMatch(names);
  expect(error.hint).toMatch(hint);
  expect(error.expected).toBeTruthy();
  expect(explainError(error), 'whose machine it is').toMatch(/\bpeer p\b/);
}

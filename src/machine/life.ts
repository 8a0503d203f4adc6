/**
 * A peer that lives unpacked: where its machine is, its context and its armed timers as plain objects, and what can make it
 * take a step. Law: every stepper of one machine answers alike, whatever way it gets there.
 */
import type { Message, Plain, StateValue } from '../kernel/index.js';
import type { ArmedTimer, Said } from './runner.js';

/** @internal */
export type Context = Readonly<Record<string, Plain>>;

/** Where a machine is. Equal keys, equal places. @internal */
export interface Place {
  readonly key: string;
  readonly value: StateValue;
}

/** All that decides what a peer does next; never changed once made. @internal */
export interface Life {
  readonly place: Place;
  readonly context: Context;
  /** Sorted by id. */
  readonly timers: readonly ArmedTimer[];
  /** The machine has come to its end and hears nothing any more. */
  readonly isOver: boolean;
  readonly output: unknown;
}

/** Takes the steps of one peer. @internal */
export interface Stepper {
  /** What the latest step said; read before the next. */
  readonly said: readonly Said[];
  start(input: unknown): Life;
  /** The life after it heard something; `undefined` when the machine has no transition for it. */
  hear(life: Life, event: Message): Life | undefined;
  fire(life: Life, timer: ArmedTimer): Life;
}

/** Deep equality of plain data, as canonical text has it; what two values share costs nothing. @internal */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return Number.isNaN(a) && Number.isNaN(b);
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!isSame(a[i], b[i])) return false;
    return true;
  }
  if (Array.isArray(b)) return false;
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  let fields = 0;
  for (const field in left) {
    fields++;
    const other = right[field];
    if (left[field] === other ? other === undefined && !(field in right) : !isSame(left[field], other)) return false;
  }
  for (const _ in right) fields--;
  return fields === 0;
}

/** Whether two lives have the same future. @internal */
export function isSameLife(a: Life, b: Life): boolean {
  return (
    a === b ||
    (a.place.key === b.place.key &&
      a.isOver === b.isOver &&
      isSameTimers(a.timers, b.timers) &&
      isSame(a.context, b.context) &&
      isSame(a.output, b.output))
  );
}

/** Delays are left out: time is abstracted. */
function isSameTimers(a: readonly ArmedTimer[], b: readonly ArmedTimer[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    const one = a[i] as ArmedTimer;
    const other = b[i] as ArmedTimer;
    if (one !== other && (one.id !== other.id || !isSame(one.event, other.event))) return false;
  }
  return true;
}

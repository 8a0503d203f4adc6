/** What the parts of a compiled machine share: the registers of the step being taken, and the parts of xstate that they stand for. */
import type { EventObject } from 'xstate';
import type { Context } from './life.js';
import type { ArmedTimer, Said } from './runner.js';

/** Thrown where a step comes upon something that is not compiled: xstate takes it then. @internal */
export class NotCompiled extends Error {}

/** The registers of a step. @internal */
export interface Run {
  context: Context;
  timers: readonly ArmedTimer[];
  said: Said[];
  /** Raised events that were not looked at yet. */
  queue: EventObject[];
  /** Whether xstate would have made a new snapshot: counted for each time. */
  changes: number;
  /** Actions that leave the snapshot as it is. */
  executed: number;
  /** The number of the state's leaf. */
  leaf: number;
  isOver: boolean;
  output: unknown;
}

/** One action of a step. @internal */
export type Act = (run: Run, event: EventObject) => void;

/** One guard. @internal */
export type Test = (run: Run, context: Context, event: EventObject) => unknown;

/** What machines' own functions are given. What only an actor has makes xstate take the step. @internal */
export class Args {
  constructor(
    readonly context: Context,
    readonly event: EventObject,
  ) {}

  get self(): never {
    throw new NotCompiled('self');
  }

  get system(): never {
    throw new NotCompiled('system');
  }

  get spawn(): never {
    throw new NotCompiled('spawn');
  }
}

/** A function of a machine's own. @internal */
export type Own = (args: Args, params: unknown) => unknown;

/** What a named action or guard is called with. @internal */
export type Params = ((context: Context, event: EventObject) => unknown) | undefined;

/** @internal */
export function paramsOf(reference: unknown): Params {
  if (typeof reference !== 'object' || reference === null || !('params' in reference)) return undefined;
  const { params } = reference;
  if (typeof params === 'function') return (context, event) => (params as Own)(new Args(context, event), undefined);
  return () => params;
}

/** The name by which an action or a guard is referred to. @internal */
export const nameOf = (reference: unknown): string =>
  typeof reference === 'string' ? reference : String((reference as { type?: unknown }).type);

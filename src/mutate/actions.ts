/** What an action in a definition is: its name, and whether it sends; and the same action with its messages lost or doubled. */
import { type AnyStateMachine, enqueueActions } from 'xstate';

/** An action as xstate's builders make it: a function that carries what it does. */
type Made = ((...given: never[]) => unknown) & {
  readonly type?: string;
  /** Of `enqueueActions`. */
  readonly collect?: (args: Enqueuing, params: unknown) => void;
};

type Enqueue = ((action: unknown) => void) & { readonly emit: (event: unknown) => void };

type Enqueuing = { readonly enqueue: Enqueue };

/** What a definition calls an action or a guard; a builder's own name where it has none, nothing for a function. @internal */
export const nameOf = (action: unknown): string => {
  if (typeof action === 'string') return action;
  if (typeof action === 'function') return ((action as Made).type ?? '').replace('xstate.', '');
  return String((action as { readonly type?: unknown }).type);
};

const madeOf = (machine: AnyStateMachine, action: unknown): Made | undefined =>
  (typeof action === 'function' ? action : machine.implementations.actions[nameOf(action)]) as Made | undefined;

/** Whether it is a single message. @internal */
export const isEmit = (machine: AnyStateMachine, action: unknown): boolean =>
  madeOf(machine, action)?.type === 'xstate.emit';

/** Whether it may send among other things. @internal */
export const isQueue = (machine: AnyStateMachine, action: unknown): boolean =>
  typeof madeOf(machine, action)?.collect === 'function';

/** The same queue of actions, each of its messages so many times. @internal */
export function sendingTimes(machine: AnyStateMachine, action: unknown, times: 0 | 2): unknown {
  const collect = madeOf(machine, action)?.collect as NonNullable<Made['collect']>;
  return enqueueActions((args, params) => {
    const given = args as unknown as Enqueuing;
    const emit = (event: unknown) => {
      for (let i = 0; i < times; i++) given.enqueue.emit(event);
    };
    const enqueue = Object.assign((one: unknown) => given.enqueue(one), given.enqueue, { emit }) as Enqueue;
    collect({ ...given, enqueue }, params);
  });
}

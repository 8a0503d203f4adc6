/** Histories of operations on something shared, and what it would do if they came one after the other. */
import { ChurnproofError, type Plain } from '../kernel/index.js';

/** One operation as a client saw it. @public */
export interface Call<I = Plain, O = Plain> {
  readonly client: string;
  readonly input: I;
  /** When it was asked, on a clock that all clients share. */
  readonly called: number;
  /** When it was answered; without it nobody knows whether it took effect, or will. */
  readonly returned?: number;
  /** What was answered. */
  readonly output?: O;
}

/** What the thing does when operations come one at a time. @public */
export interface SequentialSpec<S extends Plain = Plain, I = Plain, O = Plain> {
  readonly start: S;
  /**
   * The states that the operation can lead to if it is answered so; none if that answer is wrong. `undefined` as an answer is one
   * that nobody has heard, so any will do.
   */
  after(state: S, input: I, output: O | undefined): readonly S[];
  /** The part of the state that an operation is about, where parts are independent of each other, such as a key. */
  part?(input: I): string;
}

/** Of a register: it holds what was put last. @public */
export type RegisterInput =
  | { readonly type: 'put'; readonly value: Plain }
  | { readonly type: 'get' }
  | { readonly type: 'swap'; readonly expected: Plain; readonly value: Plain };

/** `put`, `get` (answered by the value), and `swap`, which puts only over what it expects and is answered by whether it did. @public */
export const register = (start: Plain = null): SequentialSpec<Plain, RegisterInput, Plain> => ({
  start,
  after: (state, input, output) => {
    switch (input.type) {
      case 'put':
        return [input.value];
      case 'get':
        return output === undefined || same(output, state) ? [state] : [];
      case 'swap': {
        const does = same(state, input.expected);
        return output === undefined || output === does ? [does ? input.value : state] : [];
      }
    }
  },
});

/** A register for each key, such as a distributed hash table. @public */
export const registers = (
  start: Plain = null,
): SequentialSpec<Plain, RegisterInput & { readonly key: string }, Plain> => ({
  ...register(start),
  part: ({ key }) => key,
});

const same = (a: Plain, b: Plain): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** @throws ChurnproofError HISTORY_INVALID @internal */
export function checkHistory(history: readonly Call<unknown, unknown>[]): void {
  history.forEach(({ called, returned, output }, at) => {
    const isTimed = Number.isFinite(called) && (returned === undefined || Number.isFinite(returned));
    if (!isTimed || (returned !== undefined && returned < called))
      throw new ChurnproofError('HISTORY_INVALID', `operation ${at + 1} is from ${called} to ${returned ?? 'open'}`, {
        expected: 'finite times, and no answer before the question',
      });
    if (returned === undefined && output !== undefined)
      throw new ChurnproofError('HISTORY_INVALID', `operation ${at + 1} has an answer and never returned`, {
        expected: 'a time at which it was answered, or no answer',
      });
  });
}

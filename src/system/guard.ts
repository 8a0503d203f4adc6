/** A guard that a system's author wrote, asked with care: it answers yes or no, or it is the author's mistake. */
import { ChurnproofError, messageOf, type Observer, type Peers, type World } from '../kernel/index.js';
import type { Observers } from './observers.js';

/** @param where what the guard is of, for errors. @internal */
export function guard(
  observers: Observers,
  where: string,
  when: (world: World<Peers, true>) => unknown,
): Observer<boolean> {
  return observers.observe((world) => askGuard(where, () => when(world)));
}

/** @throws ChurnproofError SYSTEM_OPERATION when it throws or says something else than yes or no. @internal */
export function askGuard(where: string, when: () => unknown): boolean {
  let answer: unknown;
  try {
    answer = when();
  } catch (thrown) {
    if (thrown instanceof ChurnproofError) throw thrown;
    throw new ChurnproofError('SYSTEM_OPERATION', `a guard threw: ${messageOf(thrown)}`, { where, cause: thrown });
  }
  if (typeof answer === 'boolean') return answer;
  throw new ChurnproofError('SYSTEM_OPERATION', `a guard answered ${String(answer)}`, {
    where,
    expected: 'true or false',
  });
}

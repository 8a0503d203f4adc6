/** The canonical text of what a machine keeps, hears or says, or the error that names the part which is not plain data. */
import { ChurnproofError, canonical, NotPlain } from '../kernel/index.js';

/** @throws ChurnproofError MACHINE_NOT_PLAIN @internal */
export function canonicalText(value: unknown, root: string, where: string): string {
  try {
    return canonical(value, root);
  } catch (thrown) {
    if (!(thrown instanceof NotPlain)) throw thrown;
    throw new ChurnproofError('MACHINE_NOT_PLAIN', `${thrown.path} is ${thrown.found}`, {
      where,
      expected: 'plain data: numbers, strings, booleans, null, arrays and objects of these',
      hint: 'a Map as an array of pairs or an object, a Set as a sorted array, a class instance as its fields',
    });
  }
}

/** What a machine keeps, hears or says is plain data, or the error names the part that is not; with or without its canonical text. */
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

/** As {@link canonicalText}, for whoever needs no text: most of the time of that goes into writing it. @internal */
export function requirePlain(value: unknown, root: string, where: string): void {
  if (!isPlain(value, deepest)) canonicalText(value, root, where);
}

/** Levels after which it is left to {@link canonical}, which can tell a cycle from what is deep. */
const deepest = 64;

function isPlain(value: unknown, levels: number): boolean {
  if (typeof value !== 'object') return typeof value !== 'function' && typeof value !== 'symbol';
  if (value === null) return true;
  if (levels === 0 || Object.getOwnPropertySymbols(value).length > 0) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (Array.isArray(value)) {
    if (prototype !== Array.prototype) return false;
    for (let i = 0; i < value.length; i++) if (!isPlain(value[i], levels - 1)) return false;
    return true;
  }
  if (prototype !== Object.prototype && prototype !== null) return false;
  for (const field of Object.keys(value))
    if (!isPlain((value as Record<string, unknown>)[field], levels - 1)) return false;
  return true;
}

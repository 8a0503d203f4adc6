/** How the words after an option become numbers and lists, and the options that every command takes. */
import { type Command, InvalidArgumentError } from 'commander';
import type { ReductionName } from '../reduce/index.js';

/** Owners of states are told apart by bits of one number. @internal */
export const mostWorkers = 16;

/** A whole number in a range. @internal */
export const whole =
  (min: number, max = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    const range = max === Number.MAX_SAFE_INTEGER ? `from ${min} on` : `from ${min} to ${max}`;
    throw new InvalidArgumentError(`It must be a whole number ${range}.`);
  };

/** @internal */
export function positive(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('It must be a number greater than 0.');
}

/** For an option that may be given again. @internal */
export const collect = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

/** `kind=number`, once or more; what kinds there are is the system's to say. @internal */
export function weight(text: string, before: Readonly<Record<string, number>> = {}): Readonly<Record<string, number>> {
  const [, kind, number] = /^(.+)=(\d+)$/.exec(text) ?? [];
  if (kind === undefined) throw new InvalidArgumentError('It must be kind=number, such as crash=3.');
  return { ...before, [kind]: Number(number) };
}

/** `i/n`, such as 2/3. @internal */
export function shard(text: string): { readonly index: number; readonly of: number } {
  const [, index, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(text)?.map(Number) ?? [];
  if (index !== undefined && of !== undefined && index >= 1 && index <= of) return { index, of };
  throw new InvalidArgumentError('It must be i/n, such as 2/3, with i from 1 to n.');
}

/** Names of reductions, once or more. @internal */
export function reduction(text: string, before: readonly ReductionName[] = []): readonly ReductionName[] {
  if (text === 'partial-order' || text === 'symmetry' || text === 'rotation') return [...before, text];
  throw new InvalidArgumentError('It must be partial-order, symmetry or rotation.');
}

/** What every command takes. @internal */
export const common = (command: Command): Command =>
  command
    .helpOption('-h, --help', 'print this help')
    .option('--json', 'print one JSON document')
    .option('--debug', 'print stack traces of errors');

/**
 * What fast-check draws for a run: where it starts, a dial for each class of move, how long it is, and a seed of what picks the moves.
 * The dials are swarm testing (Groce, Zhang, Eide, Chen and Regehr, "Swarm testing", 2012): a run that leaves some kinds of
 * move out reaches states that a run of everything hardly ever does. Here a dial may also turn a class up.
 */
import fc from 'fast-check';
import { ChurnproofError, moveKinds, type SystemSpec } from '../kernel/index.js';

/** What is drawn for a run. The seed stands for as many naturals as it has moves. @internal */
export interface Drawn {
  /** Which start, modulo how many there are. */
  readonly start: number;
  /** By class: a factor of its weight; 0 switches it off. */
  readonly dials: readonly number[];
  readonly moves: number;
  readonly seed: number;
}

/** A behaviour as fast-check can shrink it: any naturals are one. @internal */
export type Behaviour = [start: number, naturals: number[]];

const ordinary = 1;
const off = 0;
const eager = 8;

/** Runs of a system with so many starts and classes of move. @internal */
export function runsOf(starts: number, classes: number, moves: number): fc.Arbitrary<Drawn> {
  // Without bias: fast-check's own would prefer small numbers, which are all alike here.
  const drawn = {
    start: fc.nat(starts - 1),
    dials: dialsOf(classes, true),
    moves: fc.integer({ min: 1, max: moves }),
    seed: fc.nat(maxSeed),
  };
  return fc.noBias(fc.record(drawn));
}

/** Behaviours of at most so many moves. @internal */
export function behaviours(starts: number, moves: number): fc.Arbitrary<Behaviour> {
  return fc.noBias(fc.tuple(fc.nat(starts - 1), fc.array(fc.nat(), { maxLength: moves, size: 'max' })));
}

/** A dial for each class. @internal */
export function dialsOf(classes: number, swarm: boolean): fc.Arbitrary<number[]> {
  const dial = swarm ? fc.constantFrom(ordinary, off, eager) : fc.constant(ordinary);
  return fc.tuple(...Array.from({ length: classes }, () => dial));
}

/** The classes of move that a system has, in fixed order. @public */
export function classesOf({ network, faults = {}, churn = {}, operations = [] }: SystemSpec): readonly string[] {
  const rules: object = { ...faults, ...churn };
  const has = (kind: string) => (kind === 'heal' ? 'partition' : kind) in rules;
  const always = network === 'synchronous' ? ['timeout'] : ['deliver', 'timeout'];
  return [...new Set([...always, ...moveKinds.filter(has), ...operations.map(({ name }) => name)])];
}

/** The weights by class, 1 where nothing is said. @internal */
export function weightsOf(classes: readonly string[], wanted: Readonly<Record<string, number>> = {}): Int32Array {
  for (const [name, weight] of Object.entries(wanted)) {
    if (!classes.includes(name)) {
      throw new ChurnproofError('SEARCH_INVALID', `a weight is given for '${name}', which is no move of this system`, {
        expected: `one of ${classes.join(', ')}`,
      });
    }
    if (!Number.isInteger(weight) || weight < 0 || weight > maxWeight) {
      throw new ChurnproofError('SEARCH_INVALID', `the weight of '${name}' is ${weight}`, {
        expected: `a whole number from 0 (never) to ${maxWeight}`,
      });
    }
  }
  return Int32Array.from(classes, (name) => wanted[name] ?? 1);
}

const maxSeed = 0x7fffffff;

/** Small beside the naturals, so that what is left of one after its class was picked still picks a move. */
const maxWeight = 1000;

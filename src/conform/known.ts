/**
 * Divergences that are known, so that a campaign stays green with them and red without. A reason is part of each. What is known
 * is said as exactly as can be: as a model that differs from the reference in one decision and explains all that was seen, or as
 * the one shortest schedule that shows it.
 */
import * as v from 'valibot';
import { ChurnproofError, canonical, intentOf, type Move, type Plain, type System, show } from '../kernel/index.js';
import type { Run } from './drive.js';
import type { Reference } from './reference.js';

/** A divergence that was looked into before, and what it was judged to be. @public */
export interface KnownDivergence {
  /** Short, such as `one-orphan-per-parent`. */
  readonly id: string;
  readonly implementation: string;
  /** Of another version it is not known. */
  readonly version: string;
  /** `choice`: the implementation says so, or has a right to. `defect`: it breaks what it promises. */
  readonly kind: 'choice' | 'defect';
  /** One sentence on what it does instead, and one on why that is known. */
  readonly reason: string;
  /** Where nothing explains it: the shortest schedule that shows it, and the aspect in which it shows. */
  readonly shortest?: { readonly intents: readonly string[]; readonly aspect: string };
}

/** A model in which the implementation is right, because of the divergences that it was given. @public */
export interface Explanation {
  readonly because: readonly string[];
  // biome-ignore lint/suspicious/noExplicitAny: a system is typed where it is written
  readonly system: System<any, any>;
}

const text = v.pipe(v.string(), v.trim(), v.minLength(1, 'some text'));

const schema: v.GenericSchema<unknown, readonly KnownDivergence[]> = v.array(
  v.strictObject({
    id: v.pipe(text, v.regex(/^[a-z0-9-]+$/, 'small letters, digits and dashes')),
    implementation: text,
    version: text,
    kind: v.picklist(['choice', 'defect']),
    reason: v.pipe(text, v.minLength(20, 'a reason of more than a word')),
    shortest: v.exactOptional(v.strictObject({ intents: v.array(text), aspect: text })),
  }),
);

/**
 * Reads a list of known divergences, be it from JSON or from a module; `where` is its name for errors.
 * @throws ChurnproofError KNOWN_INVALID
 * @public
 */
export function readKnown(list: unknown, where: string): readonly KnownDivergence[] {
  const result = v.safeParse(schema, list, { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    throw new ChurnproofError('KNOWN_INVALID', `${v.getDotPath(issue) ?? 'the list'} is ${show(issue.input)}`, {
      where,
      expected: issue.message,
    });
  }
  const seen = new Set<string>();
  for (const { id, implementation } of result.output) {
    const name = `${implementation} ${id}`;
    if (seen.has(name))
      throw new ChurnproofError('KNOWN_INVALID', `two divergences of ${implementation} are called ${id}`, { where });
    seen.add(name);
  }
  return result.output;
}

/** Whether all that was seen in a run is what this model would have shown. @internal */
export function explains(reference: Reference, { start, steps }: Run): boolean {
  let belief = reference.begin(start);
  for (const { move, seen } of steps) {
    if (move !== undefined) belief = reference.after(belief, move);
    if (seen === undefined) return false;
    belief = reference.agreeing(belief, seen);
    if (belief.possible.length === 0) return false;
  }
  return true;
}

/** The moves of a run up to where it went apart. @internal */
export const movesOf = ({ steps, divergence }: Run): readonly Move[] =>
  steps.slice(0, (divergence?.step ?? steps.length) + 1).flatMap(({ move }) => (move === undefined ? [] : [move]));

/** Whether this shortest schedule is the one that is known. @internal */
export function isRecorded({ shortest }: KnownDivergence, run: Run): boolean {
  if (shortest === undefined) return false;
  const { aspect, failure } = run.divergence ?? {};
  return (
    shortest.aspect === (aspect ?? failure?.kind) &&
    canonical(shortest.intents as Plain) === canonical(movesOf(run).map(intentOf) as Plain)
  );
}

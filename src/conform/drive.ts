/**
 * Drives one fresh instance by one schedule, move by move, and holds what is seen against the model after each. An instance that
 * hangs, dies or throws has answered by that. After a divergence the schedule goes on, so that the whole of what was seen can be
 * held against another model, too.
 */
import { ChurnproofError, canonical, type Move, messageOf, type Plain } from '../kernel/index.js';
import type { AnyAdapter, Quiet, Seen, Session } from './adapter.js';
import type { Allowed, Belief, Reference } from './reference.js';

/** How an implementation may fail to answer at all. @public */
export interface Failure {
  /**
   * `hung`: no answer in time. `threw`: an error that is not an answer. `died`: it is not there any more. `restless`: it never came to
   * rest.
   */
  readonly kind: 'hung' | 'threw' | 'died' | 'restless';
  readonly detail: string;
}

/** What came of one move; the first has none, it is the start. @public */
export interface DrivenStep {
  readonly move?: Move;
  readonly seen?: Seen;
  readonly failure?: Failure;
}

/** Where the two went apart. @public */
export interface Divergence {
  /** Moves before it, its own included; 0 for the start. */
  readonly step: number;
  /** What differs; `undefined` of a failure. */
  readonly aspect?: string;
  /** The values that the model allows. */
  readonly allowed?: readonly Plain[];
  readonly seen?: Plain;
  readonly failure?: Failure;
  /** Why the model expects what it does. */
  readonly because: string;
}

/** One schedule, as it went. @public */
export interface Run {
  readonly start: number;
  readonly steps: readonly DrivenStep[];
  readonly divergence?: Divergence;
}

/** Thrown by a session whose implementation has ended by itself, such as a process that is gone. @public */
export class Died extends Error {}

/** Picks the next move among those enabled, or ends the schedule. @internal */
export type Chooser = (enabled: readonly Move[], step: number) => Move | undefined;

/** What the comparisons of a campaign came to, by aspect: a comparison that cannot fail is none. @internal */
export interface Tally {
  compared(aspect: string, allowed: Allowed, seen: Plain): void;
}

/** @internal */
export async function drive(
  reference: Reference,
  adapter: AnyAdapter,
  setup: unknown,
  start: number,
  choose: Chooser,
  tally?: Tally,
): Promise<Run> {
  const steps: DrivenStep[] = [];
  let divergence: Divergence | undefined;
  let belief = reference.begin(start);
  let session: Session | undefined;

  const judge = (step: DrivenStep) => {
    steps.push(step);
    const { seen, failure } = step;
    if (divergence !== undefined) return;
    if (failure !== undefined) divergence = failed(reference, belief, steps.length - 1, failure);
    if (seen === undefined) return;
    checkAspects(adapter, seen);
    if (tally !== undefined) {
      for (const one of reference.allows(belief)) tally.compared(one.aspect, one, seen[one.aspect]);
    }
    const left = reference.agreeing(belief, seen);
    if (left.possible.length > 0) belief = left;
    else divergence = differing(reference, belief, steps.length - 1, seen);
  };

  const limits = { patience: adapter.patience ?? 5_000, quiet: adapter.quiet };
  const opened = await inTime(() => adapter.open(setup), limits.patience);
  if ('failure' in opened) judge({ failure: opened.failure });
  else {
    session = opened.value as Session;
    judge(await looked(session, {}, limits));
    for (let at = 0; steps.at(-1)?.failure === undefined; at++) {
      const move = choose(reference.enabled(belief), at);
      if (move === undefined) break;
      belief = reference.after(belief, move);
      judge({ move, ...(await performed(session, move, limits)) });
    }
    await ended(session, limits.patience);
  }
  return { start, steps, ...(divergence === undefined ? {} : { divergence }) };
}

interface Limits {
  readonly patience: number;
  readonly quiet: Quiet | undefined;
}

async function performed(session: Session, move: Move, limits: Limits): Promise<DrivenStep> {
  const done = await inTime(() => session.perform(move), limits.patience);
  return 'failure' in done ? done : looked(session, done.value ?? {}, limits);
}

async function looked(session: Session, answered: Seen, limits: Limits): Promise<DrivenStep> {
  const look = await inTime(() => session.observe(), limits.patience);
  if ('failure' in look) return look;
  if (limits.quiet === undefined) return { seen: { ...look.value, ...answered } };
  return atRest(session, answered, look.value, limits.quiet, limits.patience);
}

/** Looks again and again until nothing has changed for long enough; time is counted in looks. */
async function atRest(
  session: Session,
  answered: Seen,
  first: Seen,
  { stableFor, within, every = stableFor / 5 }: Quiet,
  patience: number,
): Promise<DrivenStep> {
  let last = canonical(first);
  let unchanged = 0;
  for (let waited = every; ; waited += every) {
    await new Promise((resolve) => setTimeout(resolve, every));
    const look = await inTime(() => session.observe(), patience);
    if ('failure' in look) return look;
    const seen = canonical(look.value);
    unchanged = seen === last ? unchanged + every : 0;
    last = seen;
    if (unchanged >= stableFor) return { seen: { ...look.value, ...answered } };
    if (waited >= within) {
      return { failure: { kind: 'restless', detail: `still changing after ${within} ms: ${seen.slice(0, 200)}` } };
    }
  }
}

type InTime<T> = { readonly value: T } | { readonly failure: Failure };

/** What is answered at once costs no timer. */
async function inTime<T>(act: () => T | Promise<T>, patience: number): Promise<InTime<T>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const answer = act();
    if (!isPromise(answer)) return { value: answer };
    const late = new Promise<InTime<T>>((resolve) => {
      const failure: Failure = { kind: 'hung', detail: `no answer within ${patience} ms` };
      timer = setTimeout(() => resolve({ failure }), patience);
    });
    return await Promise.race([answer.then((value): InTime<T> => ({ value })), late]);
  } catch (error) {
    return { failure: { kind: error instanceof Died ? 'died' : 'threw', detail: messageOf(error) } };
  } finally {
    clearTimeout(timer);
  }
}

const isPromise = <T>(answer: T | Promise<T>): answer is Promise<T> =>
  typeof answer === 'object' && answer !== null && 'then' in answer;

/** How an instance ends says nothing of what it did; one that does not end is left behind. */
const ended = (session: Session, patience: number) => inTime(() => session.close?.(), patience);

function failed(reference: Reference, belief: Belief, step: number, failure: Failure): Divergence {
  const expected = reference.allows(belief).filter(({ values }) => values !== undefined);
  const because = expected.map(({ because: why }) => why).join('; ');
  return { step, failure, because: because === '' ? 'it has to answer' : because };
}

function differing(reference: Reference, belief: Belief, step: number, seen: Seen): Divergence {
  const [first] = reference.against(belief, seen);
  if (first === undefined) return { step, because: 'the model has no such move' };
  const { aspect, values = [], because } = first;
  return { step, aspect, allowed: values, seen: seen[aspect], because };
}

/** An adapter that forgets an aspect would agree with everything. */
function checkAspects(adapter: AnyAdapter, seen: Seen): void {
  const known = Object.keys(adapter.aspects);
  const missing = known.find((aspect) => !Object.hasOwn(seen, aspect));
  const unknown = Object.keys(seen).find((aspect) => !known.includes(aspect));
  if (missing === undefined && unknown === undefined) return;
  const problem = missing === undefined ? `sees '${unknown}', which is no aspect` : `does not say what '${missing}' is`;
  throw new ChurnproofError('ADAPTER_INVALID', `the adapter ${problem}`, {
    where: `adapter of ${adapter.name}`,
    expected: `a value for each of ${known.join(', ')}; undefined for one that cannot be seen this time`,
  });
}

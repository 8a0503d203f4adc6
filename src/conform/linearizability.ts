/**
 * Linearizability (Herlihy and Wing, "Linearizability: a correctness condition for concurrent objects", 1990): is there a moment
 * for each operation, between its question and its answer, such that the operations do in that order what was seen? The search
 * is that of Wing and Gong ("Testing and verifying concurrent objects", 1993) with the memory of Lowe ("Testing for
 * linearizability", 2017): which operations have had their moment, and the state they led to, are looked at once only. Independent
 * parts are searched each for itself, which Herlihy and Wing proved to be the same (locality; Horn and Kroening,
 * "Faster linearizability checking via P-compositionality", 2015, for its use).
 *
 * Times are closed intervals: an operation that is asked at the moment at which another is answered is concurrent with it, for no
 * clock tells them apart.
 */
import { canonical, type Plain } from '../kernel/index.js';
import { type Call, checkHistory, type SequentialSpec } from './history.js';

/** Whether a history can be explained by operations that come one at a time, and how. @public */
export type Linearizability<I = Plain, O = Plain> =
  | {
      readonly verdict: 'linearizable';
      /** The operations of each part, in an order that explains them; of those never answered the ones that the search made use of. */
      readonly orders: readonly { readonly part: string; readonly order: readonly Call<I, O>[] }[];
    }
  | {
      readonly verdict: 'not linearizable';
      readonly part: string;
      /** The first answer that nothing explains: without it and what was answered later there is an order. */
      readonly culprit: Call<I, O>;
      /** That order. */
      readonly before: readonly Call<I, O>[];
    }
  | { readonly verdict: 'undecided'; readonly part: string };

/** How far the search for an explanation goes. @public */
export interface LinearizabilityOptions {
  /** Pairs of operations done and state, over all parts; default 1,000,000. */
  readonly maxStates?: number;
}

/** @throws ChurnproofError HISTORY_INVALID @public */
export function checkLinearizable<S extends Plain, I, O>(
  spec: SequentialSpec<S, I, O>,
  history: readonly Call<I, O>[],
  { maxStates = 1_000_000 }: LinearizabilityOptions = {},
): Linearizability<I, O> {
  checkHistory(history);
  const budget = { left: maxStates };
  const orders: { part: string; order: readonly Call<I, O>[] }[] = [];
  for (const [part, calls] of partsOf(spec, history)) {
    const order = orderOf(spec, calls, budget);
    if (order === 'undecided') return { verdict: 'undecided', part };
    if (order === undefined) return firstWrong(spec, part, calls, budget);
    orders.push({ part, order });
  }
  return { verdict: 'linearizable', orders };
}

function partsOf<S extends Plain, I, O>(
  { part = () => '' }: SequentialSpec<S, I, O>,
  history: readonly Call<I, O>[],
): ReadonlyMap<string, readonly Call<I, O>[]> {
  const parts = new Map<string, Call<I, O>[]>();
  for (const call of history) {
    const name = part(call.input);
    const calls = parts.get(name);
    if (calls === undefined) parts.set(name, [call]);
    else calls.push(call);
  }
  return parts;
}

/** What had been asked and answered up to a time; what was not answered by then is open. */
const until = <I, O>(calls: readonly Call<I, O>[], time: number): readonly Call<I, O>[] =>
  calls
    .filter(({ called }) => called <= time)
    .map((call) => {
      if (call.returned === undefined || call.returned <= time) return call;
      const { returned: _, output: __, ...open } = call;
      return open;
    });

/** A history that begins like one that can be explained can be, too; so the first answer that cannot be is found by halving. */
function firstWrong<S extends Plain, I, O>(
  spec: SequentialSpec<S, I, O>,
  part: string,
  calls: readonly Call<I, O>[],
  budget: Budget,
): Linearizability<I, O> {
  const answered = calls
    .filter(({ returned }) => returned !== undefined)
    .toSorted((a, b) => (a.returned as number) - (b.returned as number));
  let right = 0;
  let wrong = answered.length;
  let before: readonly Call<I, O>[] = [];
  while (wrong - right > 1) {
    const middle = (right + wrong) >> 1;
    const order = orderOf(spec, withAnswers(calls, answered, middle), budget);
    if (order === 'undecided') return { verdict: 'undecided', part };
    if (order === undefined) wrong = middle;
    else {
      right = middle;
      before = order;
    }
  }
  return { verdict: 'not linearizable', part, culprit: answered[wrong - 1] as Call<I, O>, before };
}

/** As it stood when the first so many had been answered. Equal times are answered in the order of the list. */
function withAnswers<I, O>(calls: readonly Call<I, O>[], answered: readonly Call<I, O>[], count: number) {
  const last = answered[count - 1];
  if (last === undefined) return [];
  const heard = new Set(answered.slice(0, count));
  return until(calls, last.returned as number).map((call) => {
    if (call.returned === undefined || heard.has(call)) return call;
    const { returned: _, output: __, ...open } = call;
    return open;
  });
}

interface Budget {
  left: number;
}

/** A question or an answer, in a list from which they can be taken and put back. */
interface Entry {
  readonly call: number;
  /** Of a question: its answer. */
  readonly answer: Entry | undefined;
  readonly isQuestion: boolean;
  before: Entry | undefined;
  after: Entry | undefined;
}

/** An order of all operations that were answered, and of those open ones that it needs; `undefined` if there is none. */
function orderOf<S extends Plain, I, O>(
  spec: SequentialSpec<S, I, O>,
  calls: readonly Call<I, O>[],
  budget: Budget,
): readonly Call<I, O>[] | undefined | 'undecided' {
  const head = entriesOf(calls);
  const done = new Uint32Array(Math.ceil(calls.length / 32));
  const known = new Set<string>();
  /** What was done, and the states that were left to be tried instead. */
  const path: { readonly entry: Entry; readonly before: S; readonly others: readonly S[] }[] = [];
  let state = spec.start;
  /** Answered operations that have had no moment yet; the others need none. */
  let left = calls.filter(({ returned }) => returned !== undefined).length;

  const isNew = (next: S, call: number): boolean => {
    done[call >> 5] = (done[call >> 5] as number) ^ (1 << (call & 31));
    const key = `${done.join()} ${canonical(next)}`;
    done[call >> 5] = (done[call >> 5] as number) ^ (1 << (call & 31));
    if (known.has(key)) return false;
    known.add(key);
    budget.left--;
    return true;
  };
  const flip = (call: number) => {
    done[call >> 5] = (done[call >> 5] as number) ^ (1 << (call & 31));
  };
  const take = (entry: Entry, next: S, others: readonly S[]) => {
    path.push({ entry, before: state, others });
    flip(entry.call);
    lift(entry);
    if (entry.answer !== undefined) left--;
    state = next;
  };

  let at = head.after;
  while (left > 0 && at !== undefined) {
    if (budget.left <= 0) return 'undecided';
    if (at.isQuestion) {
      const { input, output } = calls[at.call] as Call<I, O>;
      const fresh = spec.after(state, input, output).filter((next) => isNew(next, (at as Entry).call));
      const [next, ...others] = fresh;
      if (fresh.length === 0) at = at.after;
      else {
        take(at, next as S, others);
        at = head.after;
      }
      continue;
    }
    // An answer whose operation has had no moment yet: something before was wrong.
    const last = path.pop();
    if (last === undefined) return undefined;
    state = last.before;
    flip(last.entry.call);
    unlift(last.entry);
    if (last.entry.answer !== undefined) left++;
    const [other, ...rest] = last.others;
    if (last.others.length === 0) at = last.entry.after;
    else {
      take(last.entry, other as S, rest);
      at = head.after;
    }
  }
  return path.map(({ entry }) => calls[entry.call] as Call<I, O>);
}

/** In order of time; at one time questions come before answers. */
function entriesOf(calls: readonly Call<unknown, unknown>[]): Entry {
  const events = calls.flatMap(({ called, returned }, call) => {
    const answer: Entry | undefined =
      returned === undefined
        ? undefined
        : { call, answer: undefined, isQuestion: false, before: undefined, after: undefined };
    const question: Entry = { call, answer, isQuestion: true, before: undefined, after: undefined };
    return [
      { time: called, entry: question },
      ...(answer === undefined ? [] : [{ time: returned as number, entry: answer }]),
    ];
  });
  events.sort((a, b) => a.time - b.time || Number(b.entry.isQuestion) - Number(a.entry.isQuestion));
  const head: Entry = { call: -1, answer: undefined, isQuestion: true, before: undefined, after: undefined };
  let last = head;
  for (const { entry } of events) {
    entry.before = last;
    last.after = entry;
    last = entry;
  }
  return head;
}

function lift(question: Entry): void {
  unlink(question);
  if (question.answer !== undefined) unlink(question.answer);
}

/** In the opposite order, so that each finds its neighbours where it left them. */
function unlift(question: Entry): void {
  if (question.answer !== undefined) relink(question.answer);
  relink(question);
}

function unlink({ before, after }: Entry): void {
  if (before !== undefined) before.after = after;
  if (after !== undefined) after.before = before;
}

function relink(entry: Entry): void {
  if (entry.before !== undefined) entry.before.after = entry;
  if (entry.after !== undefined) entry.after.before = entry;
}

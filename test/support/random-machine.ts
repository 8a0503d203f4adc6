/** Machines drawn at random from all that the compiler follows, so that it can be held against xstate. */
import {
  type AnyStateMachine,
  and,
  assign,
  cancel,
  emit,
  enqueueActions,
  log,
  not,
  or,
  raise,
  setup,
  stateIn,
} from 'xstate';
import type { Chance } from './random.js';

interface Context {
  readonly n: number;
  readonly list: readonly number[];
}

type Event = { readonly type: string; readonly k?: number };

/** What `enqueueActions` gives, untyped: names are resolved as the machine is made. */
interface Collected {
  readonly context: Context;
  readonly event: Event;
  // biome-ignore lint/suspicious/noExplicitAny: xstate's own types want every name beforehand
  readonly enqueue: any;
  // biome-ignore lint/suspicious/noExplicitAny: the same
  readonly check: any;
}

const say = (type: string, n: number) => ({ type: 'send', to: 'other', message: { type, n } }) as const;

const base = setup({
  types: { context: {} as Context, events: {} as Event, emitted: {} as ReturnType<typeof say>, input: {} as number },
  delays: { soon: ({ context }) => 1 + context.n, late: 100 },
  guards: {
    isOdd: ({ context }) => context.n % 2 === 1,
    isOver: ({ context }, limit: number) => context.n > limit,
    hasK: ({ event }) => event.k !== undefined,
    isOddAndK: and(['isOdd', 'hasK'] as never) as never,
  },
  actions: {
    count: assign({ n: ({ context }) => (context.n + 1) % 7 }),
    add: assign(({ context }, k: number) => ({ list: [...context.list, k].slice(-3) })),
    keep: assign({ n: ({ context }) => context.n }),
    shout: emit(({ context }, type: string) => say(type, context.n)),
    whisper: emit({ type: 'send', to: 'other', message: { type: 'psst', n: 0 } }),
    note: log(({ context }) => context.n),
    several: enqueueActions(({ context, event, enqueue, check }: Collected) => {
      if (check('isOdd')) enqueue('count');
      if (check({ type: 'isOver', params: 3 })) enqueue.raise({ type: 'b', k: context.n });
      enqueue({ type: 'add', params: event.k ?? 9 });
      if (check(not('hasK'))) enqueue.emit(say('several', context.n));
      enqueue.assign({ n: ({ context: now }: Collected) => (now.n + now.list.length) % 7 });
      enqueue.cancel('bell');
    }) as never,
    nothing: enqueueActions(() => {}) as never,
    ring: raise({ type: 'rung' }, { id: 'bell', delay: 5 }),
    hush: cancel('bell'),
  },
});

const events = ['a', 'b', 'c', 'x.y', 'x.z', 'rung'];

/** What a machine that was drawn can hear, but for its timers. */
export const heardEvents = (dice: Chance): Event => {
  const type = dice.pick(events);
  return dice.below(2) === 0 ? { type } : { type, k: dice.below(4) };
};

export function randomMachine(dice: Chance): AnyStateMachine {
  const paths: string[][] = [];
  const plan = (depth: number, path: string[]): Plan => {
    const names = depth > 2 || (depth > 0 && dice.below(3) > 0) ? [] : ['p', 'q', 'r'].slice(0, 1 + dice.below(3));
    if (path.length > 0) paths.push(path);
    const isFinal = names.length === 0 && path.length > 0 && dice.below(8) === 0;
    return { path, isFinal, states: names.map((name) => [name, plan(depth + 1, [...path, name])] as const) };
  };
  const root = plan(0, []);

  const guard = (): unknown =>
    dice.pick<() => unknown>([
      () => 'isOdd',
      () => 'isOddAndK',
      () => ({ type: 'isOver', params: dice.below(4) }),
      () => ({ type: 'isOver', params: ({ event }: { event: Event }) => event.k ?? 2 }),
      () =>
        ({ context }: { context: Context }) =>
          context.list.length < 2,
      () => not(guard() as 'isOdd'),
      () => and([guard() as 'isOdd', 'hasK']),
      () => or(['isOdd', guard() as 'isOdd']),
      () => stateIn(valueAt(dice.pick(paths)) as never),
      () => stateIn(`#${idOf(dice.pick(paths))}`),
    ])();
  const action = (): unknown =>
    dice.pick<() => unknown>([
      () => 'count',
      () => 'keep',
      () => ({ type: 'add', params: dice.below(5) }),
      () => ({ type: 'add', params: ({ context }: { context: Context }) => context.n }),
      () => ({ type: 'shout', params: 'hey' }),
      () => 'whisper',
      () => 'note',
      () => 'several',
      () => 'nothing',
      () => 'hush',
      () => raise({ type: dice.pick(events) }),
      () => assign({ n: 3 }),
      () => 'ring',
    ])();
  const several = (make: () => unknown, most: number) => Array.from({ length: dice.below(most + 1) }, make);
  const target = (plan: Plan): string | undefined => {
    const aim = dice.pick(paths);
    const inside = plan.states[dice.below(3)]?.[0];
    const beside = dice.below(3) > 0 ? `#${idOf(aim)}` : inside === undefined ? undefined : `.${inside}`;
    return dice.below(4) === 0 ? undefined : beside;
  };
  const transition = (plan: Plan, needsGuard: boolean): object => {
    const to = target(plan);
    return {
      ...(to === undefined ? {} : { target: to }),
      ...(needsGuard || dice.below(2) === 0 ? { guard: guard() } : {}),
      ...(dice.below(3) === 0 ? { reenter: true } : {}),
      actions: several(action, 2),
    };
  };
  const config = (plan: Plan): object => {
    const first = plan.states[0]?.[0];
    const descriptors = [...events, '*', 'x.*'].filter(() => dice.below(4) === 0);
    return {
      id: idOf(plan.path),
      ...(plan.isFinal
        ? {
            type: 'final',
            ...(dice.below(2) === 0 ? { output: ({ context }: { context: Context }) => context.n } : {}),
          }
        : {
            on: Object.fromEntries(
              descriptors.map((name) => [
                name,
                dice.below(9) === 0 ? undefined : several(() => transition(plan, false), 2),
              ]),
            ),
            ...(dice.below(4) === 0 ? { always: [transition(plan, true)] } : {}),
            ...(dice.below(3) === 0
              ? {
                  after: { [dice.pick(['soon', 'late', '10'])]: transition(plan, false), 20: [transition(plan, true)] },
                }
              : {}),
            ...(first !== undefined && dice.below(2) === 0 ? { onDone: transition(plan, false) } : {}),
          }),
      entry: several(action, 2),
      exit: several(action, 1),
      ...(first === undefined
        ? {}
        : {
            initial: dice.below(3) === 0 ? { target: first, actions: several(action, 1) } : first,
            states: Object.fromEntries(plan.states.map(([name, inner]) => [name, config(inner)])),
          }),
    };
  };
  return base.createMachine({
    ...(config(root) as object),
    context: ({ input }: { input: number }) => ({ n: input, list: [] }),
    ...(dice.below(3) === 0 ? { output: ({ context }: { context: Context }) => context.list } : {}),
    options: { maxIterations: 40 },
  } as never) as unknown as AnyStateMachine;
}

interface Plan {
  readonly path: readonly string[];
  readonly isFinal: boolean;
  readonly states: readonly (readonly [name: string, plan: Plan])[];
}

const idOf = (path: readonly string[]): string => `m${path.join('')}`;

const valueAt = ([first, ...rest]: readonly string[]): unknown =>
  rest.length === 0 ? first : { [first as string]: valueAt(rest) };

/** The chart of an xstate machine, read off its definition: what a person would draw of it. */
import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';
import type { ChartState, ChartTransition, MachineLike, Statechart } from '../kernel/index.js';

/** @internal */
export function statechartOf(machine: MachineLike): Statechart {
  const { id, root } = machine as unknown as AnyStateMachine;
  return { id, root: chartState(root) };
}

function chartState(node: AnyStateNode): ChartState {
  const initial = node.type === 'compound' ? node.initial.target?.[0] : undefined;
  return {
    key: node.key,
    path: node.path.join('.'),
    type: node.type,
    ...(initial === undefined ? {} : { initial: initial.path.join('.') }),
    entry: named(node.entry),
    exit: named(node.exit),
    states: Object.values(node.states as Readonly<Record<string, AnyStateNode>>).map(chartState),
    transitions: [...(node.always ?? []), ...[...node.transitions.values()].flat()].map((one) =>
      chartTransition(node, one),
    ),
  };
}

function chartTransition(
  node: AnyStateNode,
  { eventType, guard, target, actions }: AnyTransitionDefinition,
): ChartTransition {
  const told = guard === undefined ? undefined : nameOf(guard, 'a condition');
  return {
    on: triggerOf(node, eventType),
    ...(told === undefined ? {} : { guard: told }),
    targets: (target ?? []).map(({ path }) => path.join('.')),
    actions: named(actions),
  };
}

/** A timer of `after` is an event of xstate's own, named by its delay and the state. */
function triggerOf({ id }: AnyStateNode, eventType: string): ChartTransition['on'] {
  if (eventType === '') return { kind: 'always' };
  const [before, after] = ['xstate.after.', `.${id}`];
  const isTimer = eventType.startsWith(before) && eventType.endsWith(after);
  return isTimer
    ? { kind: 'timer', name: eventType.slice(before.length, -after.length) }
    : { kind: 'event', name: eventType };
}

/** What xstate does of itself for `after` is no action that anybody wrote. */
const named = (actions: readonly unknown[]): readonly string[] =>
  actions.map((action) => nameOf(action, 'an action')).filter((name) => !/^xstate\.(raise|cancel)$/.test(name));

/** Written in place, it has no name worth telling, unless it is one of xstate's own. */
function nameOf(thing: unknown, unnamed: string): string {
  if (typeof thing === 'string') return thing;
  const { type } = thing as { readonly type?: unknown };
  if (typeof type === 'string') return type;
  return unnamed;
}

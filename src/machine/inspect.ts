/**
 * What the checker can and cannot follow in an xstate machine, decided by walking its definition before it runs. Whatever
 * acts outside the machine's own state is refused by name, with what to use instead.
 */
import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { ChurnproofError } from '../kernel/index.js';

/** xstate's own actions that only change the snapshot or are read by the adapter. `log` is heard by nobody and ignored. */
const followed = new Set([
  'xstate.assign',
  'xstate.raise',
  'xstate.cancel',
  'xstate.emit',
  'xstate.enqueueActions',
  'xstate.log',
]);

const say = "emit({ type: 'send', to, message })";
const instead: Readonly<Record<string, string>> = {
  'xstate.sendTo': `${say} instead of sendTo, sendParent and forwardTo: the system delivers it to that peer; to itself, raise`,
  'xstate.spawnChild': 'a nested or parallel state, or one more peer of the system',
  'xstate.stopChild': 'a nested or parallel state that is left, or one more peer of the system',
  'self.send': 'raise',
  'self.getSnapshot': 'the context, and stateIn for where the machine is',
};

/** Short names of a machine's `after` timers, by the type of the event each raises. @internal */
export type TimerNames = ReadonlyMap<string, string>;

/** Refuses what cannot be checked; returns what its timers are called. @internal */
export function inspect(peer: string, machine: AnyStateMachine): TimerNames {
  const timers: { event: string; delay: string; state: string }[] = [];
  for (const state of everyState(machine.root)) {
    const where = `peer ${peer}, state ${state.path.join('.') || '(root)'}`;
    refuseInvoked(state, where);
    for (const action of actionsOf(state)) refuse(machine, action, where);
    for (const delay of Object.keys(state.config.after ?? {})) {
      refuseUnknown(machine, delay, where);
      timers.push({ event: `xstate.after.${delay}.${state.id}`, delay, state: state.path.join('.') || '(root)' });
    }
  }
  const alone = (delay: string) => timers.filter((timer) => timer.delay === delay).length === 1;
  return new Map(timers.map(({ event, delay, state }) => [event, alone(delay) ? delay : `${delay} of ${state}`]));
}

/** The error for something that a step did and the walk could not foresee. @internal */
export function refuseAction(where: string, type: string): never {
  throw unsupported(`it runs the action '${type}'`, where, instead[type] ?? pureActions);
}

const pureActions = `assign for what it remembers, ${say} for what it says, or enqueueActions of these`;

function* everyState(state: AnyStateNode): Generator<AnyStateNode> {
  yield state;
  for (const child of Object.values(state.states)) yield* everyState(child as AnyStateNode);
}

function actionsOf(state: AnyStateNode): readonly unknown[] {
  const transitions = [...state.transitions.values()].flat().concat(state.always ?? []);
  return [
    ...state.entry,
    ...state.exit,
    ...transitions.flatMap((transition) => transition.actions as readonly unknown[]),
    ...(state.type === 'compound' ? (state.initial.actions as readonly unknown[]) : []),
  ];
}

function refuseInvoked({ invoke }: AnyStateNode, where: string): void {
  if (invoke.length === 0) return;
  const sources = invoke.map((invoked) => `'${String(invoked.src)}'`).join(', ');
  throw unsupported(`it invokes ${sources}`, where, 'an event from a client operation, or one more peer of the system');
}

/** Without an implementation xstate would take the transition at once. */
function refuseUnknown({ implementations }: AnyStateMachine, delay: string, where: string): void {
  if (!Number.isNaN(Number(delay)) || implementations.delays[delay] !== undefined) return;
  throw unsupported(`its delay '${delay}' has no implementation`, where, `setup({ delays: { ${delay}: ... } })`);
}

function refuse(machine: AnyStateMachine, action: unknown, where: string): void {
  const name = nameOf(action);
  const made =
    typeof action === 'function' ? action : (machine.implementations.actions as Record<string, unknown>)[name];
  if (made === undefined) {
    throw unsupported(`its action '${name}' has no implementation`, where, `setup({ actions: { ${name}: ... } })`);
  }
  const type = builtinType(made);
  if (type === undefined) throw unsupported(`its action '${name}' is a function of its own`, where, pureActions);
  if (!followed.has(type)) throw unsupported(`its action '${name}' is ${type}`, where, instead[type] ?? pureActions);
}

function nameOf(action: unknown): string {
  if (typeof action === 'function') return action.name || '(anonymous)';
  return typeof action === 'string' ? action : String((action as { type?: unknown }).type);
}

const builtinType = (made: unknown): string | undefined =>
  typeof made === 'function' && 'resolve' in made ? String((made as { type?: unknown }).type) : undefined;

function unsupported(what: string, where: string, use: string): ChurnproofError {
  return new ChurnproofError('MACHINE_UNSUPPORTED', `the machine cannot be checked: ${what}`, {
    where,
    expected: 'a pure machine: everything it does is in its next state, its timers and what it emits',
    hint: `use ${use}`,
  });
}

/** A timer is called by its delay, and by its state too where several states have one of that delay. @internal */
export const isCalled = (called: string, timer: string): boolean =>
  timer === called || timer.startsWith(`${called} of `);

/**
 * What each transition does, worked out before any is taken: a machine without parallel states is in one leaf at a time, so
 * what a transition leaves and enters depends on the leaf and on nothing else. The algorithm is SCXML's as xstate 5 has it
 * (transition domain, exit set, entry set), for one active leaf.
 */
import type { AnyStateMachine, AnyStateNode, EventObject, StateValue } from 'xstate';
import { Actions } from './actions.js';
import { Guards } from './guards.js';
import { type Act, Args, NotCompiled, type Own, type Test } from './parts.js';

/** A transition from one leaf: its guard, then what it does in order, then where it ends. @internal */
export interface Step {
  readonly test: Test | undefined;
  readonly script: readonly Act[];
  readonly to: number;
  /** Whether the event counts as heard even if nothing changes. */
  readonly counts: boolean;
}

/** What can be taken on one type of event in one leaf, first come first served. @internal */
export interface Choice {
  readonly steps: readonly Step[];
  /** How often it was looked at. */
  seen: number;
}

/** @internal */
export interface Leaf {
  readonly index: number;
  readonly key: string;
  readonly value: StateValue;
  readonly always: readonly Step[];
  on(type: string): Choice;
}

/** @internal */
export interface Chart {
  readonly leaves: readonly Leaf[];
  /** What entering the machine does, once it has its context. */
  readonly initial: Step;
}

interface Transition {
  readonly source: AnyStateNode;
  readonly target: readonly AnyStateNode[] | undefined;
  readonly reenter: boolean;
  readonly guard?: unknown;
  readonly actions: readonly unknown[];
}

/** @throws NotCompiled that says what the machine has and this does not follow. @internal */
export function chartOf(machine: AnyStateMachine, timerNames: ReadonlyMap<string, string>): Chart {
  return new Compiler(machine, timerNames);
}

class Compiler implements Chart {
  readonly leaves: readonly Leaf[];
  readonly initial: Step;
  private readonly nodes: readonly AnyStateNode[];
  private readonly guards: Guards;
  private readonly actions: Actions;

  constructor(machine: AnyStateMachine, timerNames: ReadonlyMap<string, string>) {
    const { root, implementations } = machine;
    const all = [...everyNode(root)];
    const strange = all.find(({ type }) => type === 'parallel' || type === 'history');
    if (strange !== undefined) throw new NotCompiled(`a ${strange.type} state`);
    if (root.type === 'final' || all.some(({ config }) => 'route' in config))
      throw new NotCompiled('a final root or a route');
    this.nodes = all.filter((node) => node.type !== 'compound');
    const places = this.nodes.map((node) => ({
      value: stateValueOf(node),
      ids: new Set(lineOf(node).map(({ id }) => id)),
    }));
    this.guards = new Guards({ guards: implementations.guards as Record<string, unknown>, leaves: places });
    this.actions = new Actions({
      actions: implementations.actions as Record<string, unknown>,
      delays: implementations.delays as Record<string, unknown>,
      guards: this.guards,
      timerNames,
    });
    this.leaves = this.nodes.map((node, index) =>
      this.leafOf(node, index, (places[index] as { value: StateValue }).value),
    );
    this.initial = this.enterMachine(root);
  }

  private leafOf(node: AnyStateNode, index: number, value: StateValue): Leaf {
    const line = lineOf(node);
    const stepOf = (transition: unknown) => this.stepFrom(node, transition as Transition);
    const choices = new Map<string, Choice>();
    const choiceOf = (type: string): Choice => {
      if (type === 'xstate.init' || type === 'xstate.stop' || type.startsWith('xstate.error.actor'))
        throw new NotCompiled(`the event ${type}`);
      const made = { steps: line.flatMap((state) => candidates(state, type)).map(stepOf), seen: 0 };
      choices.set(type, made);
      return made;
    };
    return {
      index,
      key: node.id,
      value,
      always: line.flatMap(({ always = [] }) => always).map(stepOf),
      on: (type) => choices.get(type) ?? choiceOf(type),
    };
  }

  private stepFrom(leaf: AnyStateNode, transition: Transition): Step {
    const { source, target, reenter, guard, actions } = transition;
    const active = lineOf(leaf); // from the leaf up
    const test = guard === undefined ? undefined : this.guards.compile(guard);
    const counts = target !== undefined || actions.length > 0;
    const own = actions.map((action) => this.actions.compile(action));
    if (target === undefined || target.length === 0) return { test, counts, script: own, to: this.nodes.indexOf(leaf) };
    const [aim, ...others] = target as [AnyStateNode, ...AnyStateNode[]];
    if (others.length > 0) throw new NotCompiled('a transition with several targets');

    const domain = domainOf(source, aim, reenter);
    const left = active.filter((node) => isBelow(node, domain) || (reenter && source === domain && node === domain));
    const entry = new Map<AnyStateNode, boolean>();
    const enter = (node: AnyStateNode, byDefault: boolean) => entry.set(node, byDefault || entry.get(node) === true);
    if (source !== aim || source !== domain || reenter) enter(aim, true);
    for (const node of defaultsBelow(aim)) enter(node, true);
    const within = source.parent === undefined && reenter ? undefined : domain;
    for (const node of ancestors(aim, domain)) if (within === undefined || isBelow(node, within)) enter(node, false);
    return {
      test,
      counts,
      ...this.arrive(
        active.filter((node) => !left.includes(node)),
        entry,
        [...left.flatMap((node) => this.compile(node.exit)), ...own],
      ),
    };
  }

  private enterMachine(root: AnyStateNode): Step {
    const entered = [root, ...defaultsBelow(root)];
    const entry = new Map(entered.map((node) => [node, true] as const));
    return { test: undefined, counts: true, ...this.arrive([root], entry, []) };
  }

  /** Enters states from the outside in, and ends the machine where that is what entering one of them means. */
  private arrive(stayed: readonly AnyStateNode[], entry: ReadonlyMap<AnyStateNode, boolean>, before: readonly Act[]) {
    const script = [...before];
    const entered = [...entry].sort(([a], [b]) => a.order - b.order);
    const active = new Set([...stayed, ...entered.map(([node]) => node)]);
    const inside = [...active].sort((a, b) => b.order - a.order);
    const [leaf] = inside as [AnyStateNode];
    if (lineOf(leaf).length !== active.size) throw new NotCompiled('a state that is in two places');
    let ends = false;
    for (const [node, byDefault] of entered) {
      script.push(...this.compile(node.entry));
      if (byDefault && node.type === 'compound')
        script.push(...this.compile(node.initial.actions as readonly unknown[]));
      if (node.type !== 'final') continue;
      const { parent } = node;
      if (parent?.type === 'compound') script.push(announce(`xstate.done.state.${parent.id}`, node.output));
      if (parent?.parent !== undefined) continue;
      script.push(end(node));
      ends = true;
    }
    if (ends) for (const node of inside) script.push(...this.compile(node.exit));
    return { script, to: this.nodes.indexOf(leaf) };
  }

  private compile(actions: readonly unknown[]): readonly Act[] {
    return actions.map((action) => this.actions.compile(action));
  }
}

const outputOf = (output: unknown, args: Args): unknown =>
  typeof output === 'function' ? (output as Own)(args, undefined) : output;

const announce =
  (type: string, output: unknown): Act =>
  (run, event) =>
    void run.queue.push({ type, output: outputOf(output, new Args(run.context, event)) } as EventObject);

/** The machine is done: what it has to show for it is computed from the state that ended it. */
const end =
  (node: AnyStateNode): Act =>
  (run, event) => {
    const { root } = node.machine;
    run.isOver = true;
    run.changes++;
    if (root.output === undefined) {
      run.output = undefined;
      return;
    }
    // xstate's own: the node that completes the root is the final one itself.
    const output = node.parent === undefined ? undefined : outputOf(node.output, new Args(run.context, event));
    const done = { type: `xstate.done.state.${node.id}`, output } as EventObject;
    run.output = outputOf(root.output, new Args(run.context, done));
  };

function* everyNode(node: AnyStateNode): Generator<AnyStateNode> {
  yield node;
  for (const child of Object.values(node.states)) yield* everyNode(child as AnyStateNode);
}

/** A node and what it lies in, from the inside out. */
function lineOf(node: AnyStateNode): readonly AnyStateNode[] {
  return node.parent === undefined ? [node] : [node, ...lineOf(node.parent)];
}

/** As xstate has it: the name of a leaf right below the root, nested names below that, `{}` for a root alone. */
function stateValueOf(leaf: AnyStateNode): StateValue {
  const [innermost, ...outer] = leaf.path;
  if (innermost === undefined) return {};
  const path = [innermost, ...outer];
  let value: StateValue = path.at(-1) as string;
  for (const name of path.slice(0, -1).reverse()) value = { [name]: value };
  return value;
}

/** Whether a node lies within another; everything lies within what is not there. */
const isBelow = (node: AnyStateNode, above: AnyStateNode | undefined): boolean =>
  above === undefined || (node !== above && lineOf(node).includes(above));

/** Proper ancestors, from the inside out, up to one that is left out. */
function ancestors(node: AnyStateNode, upTo: AnyStateNode | undefined): readonly AnyStateNode[] {
  if (node === upTo) return [];
  const [, ...above] = lineOf(node);
  const end = upTo === undefined ? -1 : above.indexOf(upTo);
  return end < 0 ? above : above.slice(0, end);
}

/** What is entered by default once a node is. */
function defaultsBelow(node: AnyStateNode): readonly AnyStateNode[] {
  if (node.type !== 'compound') return [];
  const [child] = node.initial.target as readonly AnyStateNode[];
  return child === undefined ? [] : [child, ...defaultsBelow(child)];
}

function domainOf(source: AnyStateNode, aim: AnyStateNode, reenter: boolean): AnyStateNode | undefined {
  if (!reenter && (aim === source || isBelow(aim, source))) return source;
  const common = ancestors(aim, undefined).find((node) => isBelow(source, node));
  return common ?? (reenter ? undefined : source.machine.root);
}

/** The transitions of one node for a type of event: those that name it, then wildcards, the longest first. */
function candidates(node: AnyStateNode, type: string): readonly unknown[] {
  const wild = [...node.transitions.keys()].filter((name) => name !== type && isMatch(type, name));
  const names = [type, ...wild.sort((a, b) => b.length - a.length)];
  return names.flatMap((name) => (node.transitions.get(name) ?? []) as readonly unknown[]);
}

function isMatch(type: string, descriptor: string): boolean {
  if (descriptor === '*') return true;
  if (!descriptor.endsWith('.*')) return false;
  const words = type.split('.');
  for (const [i, part] of descriptor.split('.').entries()) {
    if (part === '*') return i === descriptor.split('.').length - 1;
    if (part !== words[i]) return false;
  }
  return true;
}

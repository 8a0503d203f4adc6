/**
 * What of a machine's definition was ever used: which states it was in, which transitions it took, which way its guards went.
 * xstate itself tells, by its inspection of every microstep; so passing through a state counts as having been there.
 */
import type { AnyStateMachine, AnyStateNode, InspectionEvent } from 'xstate';
import type { Answers } from './listening.js';

type Transition = AnyStateNode['always'] extends readonly (infer T)[] | undefined ? T : never;

/** Parts of a machine by what a person calls them, each with whether it was used. @internal */
export interface Used {
  readonly states: ReadonlyMap<string, boolean>;
  readonly transitions: ReadonlyMap<string, boolean>;
  readonly guards: Answers;
}

/** @internal */
export class Taken {
  private readonly states: ReadonlyMap<AnyStateNode, string>;
  private readonly transitions: ReadonlyMap<Transition, string>;
  private readonly usedStates = new Set<AnyStateNode>();
  private readonly usedTransitions = new Set<Transition>();

  /** @param guards see {@link listening} */
  constructor(
    { root }: AnyStateMachine,
    private readonly guards: Answers,
  ) {
    const nodes = [...everyNode(root)];
    this.states = new Map(nodes.filter((node) => node !== root).map((node) => [node, node.path.join('.')]));
    this.transitions = new Map(nodes.flatMap(namesOf));
  }

  /** Given to the actor as its inspector. */
  readonly note = (event: InspectionEvent): void => {
    if (event.type !== '@xstate.microstep') return;
    this.visit(event.snapshot);
    for (const transition of event._transitions) this.usedTransitions.add(transition as Transition);
  };

  visit(snapshot: unknown): void {
    for (const node of (snapshot as { readonly _nodes: readonly AnyStateNode[] })._nodes) this.usedStates.add(node);
  }

  get used(): Used {
    return {
      states: new Map([...this.states].map(([node, name]) => [name, this.usedStates.has(node)])),
      transitions: new Map([...this.transitions].map(([one, name]) => [name, this.usedTransitions.has(one)])),
      guards: this.guards,
    };
  }
}

function* everyNode(node: AnyStateNode): Generator<AnyStateNode> {
  yield node;
  for (const child of Object.values(node.states)) yield* everyNode(child as AnyStateNode);
}

/** Such as `waiting, on ack (1 of 2)`, `waiting, after retry` and `on reset`. */
function namesOf(node: AnyStateNode): readonly (readonly [Transition, string])[] {
  const at = node.path.length === 0 ? '' : `${node.path.join('.')}, `;
  const rows: (readonly [string, readonly Transition[]])[] = [...node.transitions].map(([event, list]) => [
    `${at}${heard(event, node)}`,
    list as readonly Transition[],
  ]);
  if (node.always !== undefined) rows.push([`${at}always`, node.always as readonly Transition[]]);
  return rows.flatMap(([label, list]) =>
    list.map((one, i) => [one, list.length === 1 ? label : `${label} (${i + 1} of ${list.length})`] as const),
  );
}

function heard(event: string, { id }: AnyStateNode): string {
  const timer = event.startsWith('xstate.after.') && event.endsWith(`.${id}`);
  if (timer) return `after ${event.slice('xstate.after.'.length, -id.length - 1)}`;
  return event.startsWith('xstate.done.') ? 'onDone' : `on ${event}`;
}

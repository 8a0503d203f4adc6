/** Steps of an unpacked peer by xstate itself: slow, and always right. */
import type { AnyMachineSnapshot, AnyStateMachine, AnyStateNode } from 'xstate';
import { canonical, type Message, type StateValue } from '../kernel/index.js';
import type { Context, Life, Place, Stepper } from './life.js';
import { type ArmedTimer, type Local, type Outcome, Runner, type Said } from './runner.js';

/** A place as xstate has it, with what history states remember. */
interface Snapshot extends Place {
  readonly snapshot: AnyMachineSnapshot;
}

/** @internal */
export class Interpreted implements Stepper {
  said: readonly Said[] = [];
  private readonly runner: Runner;

  constructor(peer: string, machine: AnyStateMachine) {
    this.runner = new Runner(peer, machine, false);
  }

  get calls(): number {
    return this.runner.calls;
  }

  /** The most microsteps of one step. */
  get microsteps(): number {
    return this.runner.machine.options.maxIterations ?? Number.POSITIVE_INFINITY;
  }

  /** What each `after` is called. */
  get timerNames(): ReadonlyMap<string, string> {
    return this.runner.timerNames;
  }

  start(input: unknown): Life {
    return this.tell(this.runner.start(input));
  }

  hear(life: Life, event: Message): Life | undefined {
    const outcome = this.runner.hear(this.localOf(life), event);
    return outcome.handled ? this.tell(outcome) : undefined;
  }

  fire(life: Life, timer: ArmedTimer): Life {
    const local = this.localOf(life);
    return this.tell(this.runner.fire(local, local.timers.find(({ id }) => id === timer.id) as ArmedTimer));
  }

  private tell({ local, said }: Outcome): Life {
    const { snapshot, timers } = local;
    this.said = said;
    return {
      place: { key: keyOf(snapshot), value: snapshot.value as StateValue, snapshot } as Snapshot,
      context: snapshot.context as Context,
      timers,
      isOver: snapshot.status !== 'active',
      output: snapshot.output,
    };
  }

  private localOf({ place, context, timers, isOver, output }: Life): Local {
    const known = (place as Partial<Snapshot>).snapshot;
    const snapshot =
      known?.context === context && known.machine === this.runner.machine
        ? known
        : this.runner.machine.resolveState({
            value: place.value,
            context,
            status: isOver ? 'done' : 'active',
            output,
            ...(known === undefined ? {} : { historyValue: known.historyValue }),
          });
    return { key: '', snapshot, timers };
  }
}

/** The id of the active leaf; where several are active, or a history state remembers, all of that. */
function keyOf({ _nodes, historyValue, value }: AnyMachineSnapshot): string {
  const leaves = (_nodes as readonly AnyStateNode[]).filter(({ type }) => type === 'atomic' || type === 'final');
  const [leaf] = leaves;
  const remembered = Object.entries(historyValue as Record<string, readonly AnyStateNode[]>);
  if (leaves.length === 1 && remembered.length === 0) return (leaf as AnyStateNode).id;
  const told = remembered.map(([id, nodes]) => `${id}:${nodes.map((node) => node.id).join()}`).sort();
  return `${canonical(value)} ${told.join(';')}`;
}

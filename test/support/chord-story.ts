/** Plays a behaviour that is told line by line, such as `2: join via 0`, and says after which line a claim is false. */
import type { Notify } from '../../models/chord/index.js';
import { describeMove, Moves, type Property, type Send, type State, type System } from '../../src/kernel/index.js';
import { compose } from '../../src/system/index.js';

export interface Story {
  /** After how many moves the property is false for the first time; undefined when it never is. */
  falseAfter(property: Property): number | undefined;
  /** The successor lists and predecessor of each member at the end, such as `0:[2,-] p=2`. */
  readonly end: string;
}

/** @throws when a line is not among the moves enabled there. */
// biome-ignore lint/suspicious/noExplicitAny: a system of either protocol
export function play(system: System<any, any>, lines: readonly string[], start?: string): Story {
  const model = compose(system);
  const first = model.starts.find(({ label }) => start === undefined || label === start);
  if (first === undefined) throw new Error(`no start is called '${start}'`);
  const states: State[] = [first.state.slice()];
  const moves = new Moves();
  for (const line of lines) {
    const state = (states.at(-1) as State).slice();
    model.expand(state, moves);
    const offered = Array.from({ length: moves.count }, (_, i) => describeMove(model.move(moves, i)));
    const at = offered.indexOf(line);
    if (at < 0) throw new Error(`move ${states.length} '${line}' is not enabled:\n${offered.join('\n')}`);
    moves.apply(at, state);
    states.push(state);
  }
  return {
    falseAfter(property) {
      if (property.kind !== 'always') throw new Error(`${property.name} is not said of every state`);
      const holds = model.observe(property.holds);
      const at = states.findIndex((state) => !holds.at(state));
      return at < 0 ? undefined : at;
    },
    end: model
      .picture(states.at(-1) as State)
      .peers.flatMap(({ name, context }) => (context === undefined ? [] : [`${name}:${pointers(context as never)}`]))
      .join(' '),
  };
}

interface Pointers {
  readonly list?: readonly number[];
  readonly succ?: number | null;
  readonly succ2?: number | null;
  readonly prdc: number | null;
}

const pointers = ({ list, succ = null, succ2 = null, prdc }: Pointers): string =>
  `[${(list ?? [succ, succ2]).map((entry) => entry ?? '-').join(',')}] p=${prdc ?? '-'}`;

/** Notification of `to` by `from`, where it is a move of its own. */
export const heard = (from: number, to: number): string => `deliver ${from} -> ${to} {"type":"notify","id":${from}}`;

/** Whom a step of a member's machine notified. */
export const notified = (actions: readonly { readonly type: string; readonly params?: unknown }[]): readonly string[] =>
  actions
    .filter(({ type }) => type === 'xstate.emit')
    .map(({ params }) => (params as { readonly event: Send<Notify> & { readonly to: string } }).event.to);

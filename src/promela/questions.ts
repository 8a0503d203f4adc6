/** Questions to a state or a step, each written down as a decision tree while every reachable state is looked at. */
import type { Peers, State, World } from '../kernel/index.js';
import type { Anatomy } from '../system/index.js';
import { looks, Notes, Onlooker, statusCodes } from './onlooker.js';
import { Tree } from './tree.js';
import type { Variables } from './variables.js';

type AnyWorld = World<Peers, true>;

/** A state with what the variables are in it. @internal */
export interface Seen {
  readonly state: State;
  readonly values: Int32Array;
}

/** A function of one world, or of a world before a move and the world after it, whose answers are numbers. @internal */
export class Question {
  readonly tree = new Tree();

  constructor(
    private readonly anatomy: Anatomy,
    private readonly variables: Variables,
    private readonly compute: (world: AnyWorld, after: AnyWorld) => number,
  ) {}

  askState(seen: Seen): number {
    return this.tree.answer(this.found(seen, seen), () => {
      const notes = new Notes();
      const world = this.onlooker(seen, notes, 0);
      return { answer: this.compute(world, world), reads: notes.reads };
    });
  }

  askStep(before: Seen, after: Seen): number {
    return this.tree.answer(this.found(before, after), () => {
      const notes = new Notes();
      const answer = this.compute(this.onlooker(before, notes, looks.before), this.onlooker(after, notes, 0));
      return { answer, reads: notes.reads };
    });
  }

  private found(before: Seen, after: Seen): (read: number) => number {
    const { tables } = this.anatomy;
    return (read) => {
      const variable = Math.floor(read / looks.width);
      const { values } = (read & looks.before) === 0 ? after : before;
      const value = values[variable] as number;
      const table = tables[variable];
      return (read & looks.status) === 0 || table === undefined ? value : statusCodes.indexOf(table.slot(value).status);
    };
  }

  private onlooker({ state, values }: Seen, notes: Notes, offset: number): AnyWorld {
    return new Onlooker(this.anatomy, this.variables, state, values, notes, offset);
  }
}

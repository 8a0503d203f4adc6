/** Rehearsals: behaviours played from what their moves are meant to be, as far as that is still enabled. */
import { intentOf, type Model, Moves, type Property, type State, type Trace, traceOf } from '../kernel/index.js';
import { ByCode } from './by-code.js';

/** What a property thinks of a behaviour as it unfolds. @internal */
export interface Watched {
  /** Whether it is violated or witnessed by now. */
  readonly decided: boolean;
  atState(state: State, found: () => void): void;
  atQuiet(state: State, found: () => void): void;
  atStep(before: State, after: State, found: () => void): void;
}

/** Begins to watch properties, all of them open. @internal */
export type Watch = (properties: readonly Property[]) => Watched;

/** Behaviours from lists of intents. @internal */
export class Rehearsal {
  /** Moves taken so far, in all behaviours. */
  effort = 0;
  private readonly intents: ByCode<string>;
  private readonly moves = new Moves();

  constructor(
    private readonly model: Model,
    private readonly property: Property,
    private readonly watch: Watch,
  ) {
    this.intents = new ByCode((moves, index) => intentOf(model.move(moves, index)));
  }

  /**
   * Takes, from a start, each move that is meant and enabled, and skips the others, until the property is decided.
   * @returns the behaviour up to there, or `undefined` when the property is not decided
   */
  play(start: number, meant: readonly string[]): Trace | undefined {
    const { model, moves } = this;
    const watched = this.watch([this.property]);
    const state = (model.starts[start] as Model['starts'][number]).state.slice();
    const before = state.slice();
    const choices: number[] = [];
    const arrive = () => {
      watched.atState(state, ignore);
      model.expand(state, moves);
      if (moves.quiet) watched.atQuiet(state, ignore);
    };
    arrive();
    for (const intent of meant) {
      if (watched.decided) break;
      const choice = this.find(intent);
      if (choice < 0) continue;
      choices.push(choice);
      before.set(state);
      moves.apply(choice, state);
      watched.atStep(before, state, ignore);
      arrive();
    }
    this.effort += choices.length;
    return watched.decided ? traceOf(model, start, choices) : undefined;
  }

  private find(intent: string): number {
    for (let i = 0; i < this.moves.count; i++) if (this.intents.at(this.moves, i) === intent) return i;
    return -1;
  }
}

const ignore = (): void => {};

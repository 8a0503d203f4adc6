/**
 * The properties that are still open, and their test against states and steps. A property leaves when it is decided: an
 * `always` by a state in which it is false, a `sometimes` by one in which it is true. No state or step decides a temporal one.
 */
import {
  answerOf,
  isTemporal,
  type Model,
  type Moves,
  type Observer,
  type Property,
  type State,
  type StepObserver,
} from '../kernel/index.js';

interface Watched<O> {
  readonly index: number;
  readonly property: Property;
  readonly observer: O;
  /** The answer that decides it. */
  readonly decides: boolean;
}

/** Told which property, by its index, has just been decided. @internal */
export type Found = (index: number) => void;

/** @internal */
export class Evaluation {
  /** Whether no property is open any more. */
  get decided(): boolean {
    return this.states.length + this.quiet.length + this.steps.length === 0;
  }

  private states: Watched<Observer<boolean>>[] = [];
  private quiet: Watched<Observer<boolean>>[] = [];
  private steps: Watched<StepObserver<boolean>>[] = [];

  constructor(
    private readonly model: Model,
    properties: readonly Property[],
  ) {
    for (const [index, property] of properties.entries()) {
      if (isTemporal(property)) continue;
      const decides = property.kind === 'sometimes';
      if (property.kind === 'alwaysStep') {
        this.steps.push({ index, property, decides, observer: model.observeStep(property.holds) });
      } else {
        const list = property.kind === 'whenQuiet' ? this.quiet : this.states;
        list.push({ index, property, decides, observer: model.observe(property.holds) });
      }
    }
  }

  get watchesStates(): boolean {
    return this.states.length > 0;
  }

  get watchesQuiet(): boolean {
    return this.quiet.length > 0;
  }

  get watchesSteps(): boolean {
    return this.steps.length > 0;
  }

  atState(state: State, found: Found): void {
    this.states = this.sift(this.states, (observer) => observer.at(state), state, found);
  }

  atQuiet(state: State, found: Found): void {
    this.quiet = this.sift(this.quiet, (observer) => observer.at(state), state, found);
  }

  atStep(before: State, after: State, found: Found): void {
    this.steps = this.sift(this.steps, (observer) => observer.at(before, after), after, found);
  }

  /**
   * Tests the step that each move of a state makes; `found` is told the first that decides. Moves that change nothing which
   * a property reads share one answer, that for a step from the state to itself: most moves do. `after` is a scratch.
   */
  atMoves(before: State, moves: Moves, after: State, found: (index: number, move: number) => void): void {
    const open = this.steps;
    for (const watched of open) {
      const standing = standStill(watched.observer, before);
      const move = this.firstDeciding(watched, standing, before, moves, after);
      if (move < 0) continue;
      this.steps = this.steps.filter((other) => other !== watched);
      found(watched.index, move);
    }
  }

  private firstDeciding(
    { property, observer, decides }: Watched<StepObserver<boolean>>,
    standing: boolean | undefined,
    before: State,
    moves: Moves,
    after: State,
  ): number {
    const ask = () => observer.at(before, after);
    for (let i = 0; i < moves.count; i++) {
      if (standing !== undefined && !touches(observer, moves, i)) {
        if (standing === decides) return i;
        continue;
      }
      after.set(before);
      moves.apply(i, after);
      if (answerOf(property, this.model, after, ask) === decides) return i;
    }
    return -1;
  }

  private sift<O>(list: Watched<O>[], ask: (observer: O) => unknown, state: State, found: Found): Watched<O>[] {
    let decided: Set<number> | undefined;
    for (let i = 0; i < list.length; i++) {
      const watched = list[i] as Watched<O>;
      if (answerOf(watched.property, this.model, state, () => ask(watched.observer)) !== watched.decides) continue;
      decided ??= new Set();
      decided.add(watched.index);
    }
    if (decided === undefined) return list;
    for (const index of decided) found(index);
    return list.filter((watched) => !decided.has(watched.index));
  }
}

/** `undefined` when there is no answer; that is no fault where no move stands still. */
function standStill(observer: StepObserver<boolean>, state: State): boolean | undefined {
  try {
    const answer: unknown = observer.at(state, state);
    return typeof answer === 'boolean' ? answer : undefined;
  } catch {
    return undefined;
  }
}

function touches(observer: StepObserver<boolean>, moves: Moves, i: number): boolean {
  const end = moves.first[i + 1] as number;
  for (let c = moves.first[i] as number; c < end; c += 2) if (observer.reads(moves.changes[c] as number)) return true;
  return false;
}

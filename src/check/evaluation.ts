/**
 * The properties that are still open, and their test against states and steps. A property leaves when it is decided: an
 * `always` by a state in which it is false, a `sometimes` by one in which it is true. No state or step decides a temporal one.
 */
import {
  answerOf,
  isTemporal,
  type Model,
  type Moves,
  type Noticing,
  type Observer,
  type Property,
  type State,
  type StepObserver,
} from '../kernel/index.js';
import { Notices } from './notices.js';

interface Watched<O> {
  readonly index: number;
  readonly property: Property;
  readonly observer: O;
  /** The answer that decides it. */
  readonly decides: boolean;
}

/** No move, for a property that none decides. */
const undecided = -1;

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
  /** By place in `states`, and in `steps`. */
  private stateNotices: Notices;
  private stepNotices: Notices;
  /** The step that is asked about, and who is asked. */
  private before: State = new Int32Array(0);
  private after: State = new Int32Array(0);
  private asked: StepObserver<boolean> | undefined;
  private readonly askStep = () => this.asked?.at(this.before, this.after);

  /** @param leaves whether a state that decides a property ends its test; by default it does, else {@link close} must say so */
  constructor(
    private readonly model: Model,
    properties: readonly Property[],
    private readonly leaves = true,
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
    this.stateNotices = noticesOf(this.states, model);
    this.stepNotices = noticesOf(this.steps, model);
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

  /** Ends the test of a property. */
  close(index: number): void {
    const others = ({ index: other }: { readonly index: number }) => other !== index;
    this.quiet = this.quiet.filter(others);
    if (!this.states.every(others)) {
      this.states = this.states.filter(others);
      this.stateNotices = noticesOf(this.states, this.model);
    }
    if (!this.steps.every(others)) {
      this.steps = this.steps.filter(others);
      this.stepNotices = noticesOf(this.steps, this.model);
    }
  }

  atState(state: State, found: Found): void {
    this.siftStates(state, found);
  }

  atQuiet(state: State, found: Found): void {
    this.quiet = this.sift(this.quiet, (observer) => observer.at(state), state, found);
  }

  atStep(before: State, after: State, found: Found): void {
    this.steps = this.sift(this.steps, (observer) => observer.at(before, after), after, found);
  }

  /**
   * Tests the state after a move whose changes, pairs of a component and its new number, stand from `from` to before `end`; the state
   * before it has been tested and has decided nothing that is open.
   */
  atStateBy(before: State, changes: Int32Array, from: number, end: number, after: State, found: Found): void {
    this.stateNotices.lookAt(before, changes, from, end);
    if (this.stateNotices.any) this.siftStates(after, found, this.stateNotices);
  }

  /**
   * Tests the step that each move of a state makes; `found` is told the first that decides. Moves of which a property notices
   * nothing share one answer, that for a step from the state to itself: most moves do. `after` is a scratch.
   * @param isOrdinary whether it is known that {@link standsStill}
   */
  atMoves(
    before: State,
    moves: Moves,
    after: State,
    isOrdinary: boolean,
    found: (index: number, move: number) => void,
  ): void {
    const { steps: open, stepNotices } = this;
    const standing = open.map(({ observer, decides }) => (isOrdinary ? !decides : standStill(observer, before)));
    const deciding = open.map(() => undecided);
    for (let i = 0; i < moves.count; i++) {
      stepNotices.look(before, moves, i);
      if (isOrdinary && !stepNotices.any) continue;
      let isMade = false;
      for (let k = 0; k < open.length; k++) {
        if (deciding[k] !== undecided) continue;
        const { property, observer, decides } = open[k] as Watched<StepObserver<boolean>>;
        const still = standing[k];
        if (still !== undefined && !stepNotices.has(k)) {
          if (still === decides) deciding[k] = i;
          continue;
        }
        if (!isMade) {
          copy(before, after);
          moves.apply(i, after);
          isMade = true;
        }
        this.before = before;
        this.after = after;
        this.asked = observer;
        if (answerOf(property, this.model, after, this.askStep) === decides) deciding[k] = i;
      }
    }
    if (deciding.every((move) => move === undecided)) return;
    this.steps = open.filter((_, k) => deciding[k] === undecided);
    this.stepNotices = noticesOf(this.steps, this.model);
    for (const [k, { index }] of open.entries()) if (deciding[k] !== undecided) found(index, deciding[k] as number);
  }

  /** Whether no step from a state to itself decides anything, and each gets an answer: nearly everywhere. */
  standsStill(state: State): boolean {
    return this.steps.every(({ observer, decides }) => standStill(observer, state) === !decides);
  }

  /** The same of the state after move `i`, where it is so of the one before it. */
  stillStands(before: State, moves: Moves, i: number, after: State): boolean {
    const { steps, stepNotices } = this;
    stepNotices.look(before, moves, i);
    for (let k = 0; k < steps.length; k++) {
      const { observer, decides } = steps[k] as Watched<StepObserver<boolean>>;
      if (stepNotices.has(k) && standStill(observer, after) !== !decides) return false;
    }
    return true;
  }

  /** Tests the state after move `i`, where the one before it has been tested and has decided nothing that is open. */
  atSuccessor(before: State, moves: Moves, i: number, after: State, found: Found): void {
    this.atStateBy(before, moves.changes, moves.first[i] as number, moves.first[i + 1] as number, after, found);
  }

  private siftStates(state: State, found: Found, notices?: Notices): void {
    const before = this.states;
    this.states = this.sift(before, (observer) => observer.at(state), state, found, notices);
    if (this.states !== before) this.stateNotices = noticesOf(this.states, this.model);
  }

  private sift<O>(
    list: Watched<O>[],
    ask: (observer: O) => unknown,
    state: State,
    found: Found,
    notices?: Notices,
  ): Watched<O>[] {
    let decided: Set<number> | undefined;
    for (let i = 0; i < list.length; i++) {
      const watched = list[i] as Watched<O>;
      if (notices !== undefined && !notices.has(i)) continue;
      if (answerOf(watched.property, this.model, state, () => ask(watched.observer)) !== watched.decides) continue;
      decided ??= new Set();
      decided.add(watched.index);
    }
    if (decided === undefined) return list;
    for (const index of decided) found(index);
    if (!this.leaves) return list;
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

const noticesOf = (watched: readonly Watched<Noticing>[], model: Model): Notices =>
  new Notices(
    watched.map(({ observer }) => observer),
    model.width,
  );

function copy(from: State, to: State): void {
  for (let c = 0; c < from.length; c++) to[c] = from[c] as number;
}

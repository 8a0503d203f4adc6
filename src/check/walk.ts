/**
 * A walk: one behaviour made of a list of naturals. Each natural picks a class of move by weight (a kind, or one of the
 * operations), then a move of that class, so that a class with many moves does not drown the others; moves that change
 * nothing are a class of their own. Law: every list of naturals is a legal behaviour, and the same one each time.
 */
import { type Model, Moves, moveClass, moveKinds, type State, type Trace, traceOf } from '../kernel/index.js';
import type { Evaluation, Found } from './evaluation.js';
import type { Schedule } from './schedule.js';

/** Who looks on while a walk goes its way. @internal */
export interface Onlooker {
  readonly evaluation: Evaluation;
  readonly found: Found;
  /** Told of every state, the start included. */
  visit(state: State): void;
}

const operation = moveKinds.indexOf('operation');

/** Walks one model again and again, without making anything new on the way. @internal */
export class Walker {
  /** Moves taken in the latest walk. */
  length = 0;
  private start = 0;
  /** Their indices among the enabled moves. */
  private choices = new Int32Array(1024);
  private readonly moves = new Moves();
  private readonly state: State;
  private readonly before: State;

  private readonly classOfKind: readonly number[];
  /** The classes of operations, by peer and operation as their moves are coded. */
  private readonly classOfOperation: number[][] = [];
  /** The class of the moves that change nothing, after all others. */
  private readonly idle: number;
  /** The class of each enabled move, and how many each class has. */
  private classes = new Int32Array(64);
  private readonly counts: Int32Array;

  /**
   * @param names every class that a move of the model can have
   * @param weights by class: how often it is picked beside the others, 0 for never
   */
  constructor(
    private readonly model: Model,
    private readonly names: readonly string[],
    private readonly weights: Int32Array,
  ) {
    this.state = new Int32Array(model.width);
    this.before = new Int32Array(model.width);
    this.classOfKind = moveKinds.map((kind) => names.indexOf(kind));
    this.idle = names.length;
    this.counts = new Int32Array(names.length + 1);
  }

  /**
   * Takes the moves that the naturals from `first` on stand for, until they are used up, all that is watched is decided,
   * or nothing that is enabled changes anything.
   */
  walk({ start, dials, naturals }: Schedule, first: number, { evaluation, found, visit }: Onlooker): void {
    const { model, moves, state, before } = this;
    const most = naturals.length - first;
    if (most > this.choices.length) this.choices = new Int32Array(most);
    this.length = 0;
    this.start = start % model.starts.length;
    state.set(this.startState());
    visit(state);
    evaluation.atState(state, found);
    for (let goesOn = true; ; ) {
      model.expand(state, moves);
      if (moves.quiet) evaluation.atQuiet(state, found);
      if (!goesOn || this.length === most || evaluation.decided) return;
      this.sort();
      const choice = this.pick(naturals[first + this.length] as number, dials);
      if (choice < 0) return;
      // What is left is idle: it is a step all the same, but no way on.
      goesOn = this.counts[this.idle] !== moves.count;
      this.choices[this.length++] = choice;
      if (evaluation.watchesSteps) before.set(state);
      moves.apply(choice, state);
      visit(state);
      if (evaluation.watchesSteps) evaluation.atStep(before, state, found);
      evaluation.atState(state, found);
    }
  }

  /** The latest walk as a trace. */
  trace(): Trace {
    return traceOf(this.model, this.start, [...this.choices.subarray(0, this.length)]);
  }

  /** The index of the move that a natural stands for, -1 when there is none. */
  private pick(natural: number, dials: readonly number[] | undefined): number {
    const { counts, idle } = this;
    let total = 0;
    for (let c = 0; c < idle; c++) if (counts[c] !== 0) total += this.share(c, dials);
    // What is switched off has its turn when nothing else would change anything, so that every run goes on.
    if (total === 0 && dials !== undefined) return this.pick(natural, undefined);
    if (counts[idle] !== 0) total += 1;
    if (total === 0) return -1;
    let chosen = -1;
    for (let ticket = natural % total; ticket >= 0; ) {
      chosen++;
      if (counts[chosen] !== 0) ticket -= chosen === idle ? 1 : this.share(chosen, dials);
    }
    return this.nth(Math.floor(natural / total) % (counts[chosen] as number), chosen);
  }

  private nth(n: number, wanted: number): number {
    let left = n;
    for (let i = 0; ; i++) if (this.classes[i] === wanted && left-- === 0) return i;
  }

  /** How often a class is picked, beside the others. */
  private share(c: number, dials: readonly number[] | undefined): number {
    return (this.weights[c] as number) * (dials === undefined ? 1 : (dials[c] as number));
  }

  /** Finds the class of each enabled move. */
  private sort(): void {
    const { counts, moves } = this;
    counts.fill(0);
    if (moves.count > this.classes.length) this.classes = new Int32Array(moves.count * 2);
    for (let i = 0; i < moves.count; i++) {
      const found = moves.changesNothing(i) ? this.idle : this.classOf(i);
      this.classes[i] = found;
      counts[found] = (counts[found] as number) + 1;
    }
  }

  private classOf(i: number): number {
    const { moves } = this;
    const kind = moves.kind[i] as number;
    if (kind !== operation) return this.classOfKind[kind] as number;
    const peer = moves.peer[i] as number;
    const what = moves.what[i] as number;
    this.classOfOperation[peer] ??= [];
    const known = this.classOfOperation[peer] as number[];
    known[what] ??= this.names.indexOf(moveClass(this.model.move(moves, i)));
    return known[what] as number;
  }

  private startState(): State {
    return (this.model.starts[this.start] as Model['starts'][number]).state;
  }
}

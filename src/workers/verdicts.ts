/**
 * What a worker has found to decide properties, and what of it counts. Law: of all that decides a property in a level the first in the
 * order of one worker alone counts, whoever has found it; so a property stays open until the level's end, when all have told.
 */
import { Evaluation } from '../check/evaluation.js';
import type { Model, Moves, Property, State } from '../kernel/index.js';
import type { Decision, Place } from './place.js';

/**
 * Of the state that a move starts from: `ordinary` if it was asked here, and no step from it to itself decides anything. What is asked
 * of a state after it needs then be asked only by who notices the move; nobody here has looked at the state of another worker.
 * @internal
 */
export type Standing = 'ordinary' | 'unknown';

/** @internal */
export class Verdicts {
  private readonly evaluation: Evaluation;
  /** By worker and property, the key of what decides it in the level at hand. */
  private readonly deciding: Float64Array;
  /** By property: states of the level to come that decide it; or the one that did, with its rank. */
  private readonly candidates: number[][];
  private readonly judged: (Decision | undefined)[];
  private readonly decisions: Decision[] = [];
  /** States of which a step to itself decides something, or gets no answer. */
  private readonly restless = new Set<number>();
  private readonly after: State;

  constructor(
    model: Model,
    private readonly properties: readonly Property[],
    private readonly place: Place,
  ) {
    this.evaluation = new Evaluation(model, properties, false);
    this.deciding = new Float64Array(place.deciding);
    this.candidates = properties.map(() => []);
    this.judged = properties.map(() => undefined);
    this.after = new Int32Array(model.width);
  }

  /** Whether nothing is open any more. */
  get decided(): boolean {
    return this.evaluation.decided;
  }

  /** Whether anything is asked of states that were found. */
  get looks(): boolean {
    return this.evaluation.watchesStates || this.evaluation.watchesSteps;
  }

  /** How state `id` of this worker stands. */
  standing(id: number): Standing {
    return this.restless.has(id) ? 'unknown' : 'ordinary';
  }

  /** Asks a state. */
  look(id: number, state: State): void {
    if (!this.evaluation.standsStill(state)) this.restless.add(id);
    this.evaluation.atState(state, (property) => this.isCandidate(property, id));
  }

  /** The same of one that move `i` has just led to. */
  lookAfter(before: State, standing: Standing, moves: Moves, i: number, id: number, after: State): void {
    if (standing === 'unknown') {
      this.look(id, after);
      return;
    }
    const { evaluation } = this;
    if (!evaluation.stillStands(before, moves, i, after) && !evaluation.standsStill(after)) this.restless.add(id);
    evaluation.atSuccessor(before, moves, i, after, (property) => this.isCandidate(property, id));
  }

  /** Asks a state of the level at hand of its moves. */
  judge(level: number, rank: number, id: number, state: State, moves: Moves): void {
    const { evaluation, judged } = this;
    if (moves.quiet && evaluation.watchesQuiet)
      evaluation.atQuiet(state, (property) => {
        judged[property] ??= { property, level, key: rank, state: id };
      });
    if (evaluation.watchesSteps)
      evaluation.atMoves(state, moves, this.after, !this.restless.has(id), (property, move) => {
        judged[property] ??= { property, level, key: rank, state: id, move };
      });
  }

  /** Tells the others what decides a property in the level that ends; returns it for {@link close}. */
  tell(level: number, keyOf: (state: number) => number): readonly Decision[] {
    const { deciding, place, properties } = this;
    const open = this.open(level, keyOf);
    const begin = place.worker * properties.length;
    deciding.fill(Number.POSITIVE_INFINITY, begin, begin + properties.length);
    for (const { property, key } of open) deciding[begin + property] = key;
    return open;
  }

  /** Ends the test of every property that some worker has decided, once all have told. */
  close(mine: readonly Decision[]): void {
    const { place, deciding, properties } = this;
    for (let property = 0; property < properties.length; property++) {
      const keyAt = (worker: number) => deciding[worker * properties.length + property] as number;
      let best = 0;
      for (let worker = 1; worker < place.workers; worker++) if (keyAt(worker) < keyAt(best)) best = worker;
      if (keyAt(best) === Number.POSITIVE_INFINITY) continue;
      this.evaluation.close(property);
      this.candidates[property] = [];
      this.judged[property] = undefined;
      if (best === place.worker) this.decisions.push(mine.find((one) => one.property === property) as Decision);
    }
  }

  /** All that counts, and what may count of the level at hand. */
  all(level: number, keyOf: (state: number) => number): readonly Decision[] {
    return [...this.decisions, ...this.open(level, keyOf)];
  }

  private isCandidate(property: number, id: number): void {
    (this.candidates[property] as number[]).push(id);
  }

  private open(level: number, keyOf: (state: number) => number): readonly Decision[] {
    const nearest = this.candidates.flatMap((states, property): readonly Decision[] => {
      if (states.length === 0) return [];
      const state = states.reduce((best, other) => (keyOf(other) < keyOf(best) ? other : best));
      return [{ property, level, key: keyOf(state), state }];
    });
    return [...nearest, ...this.judged.filter((decision) => decision !== undefined)];
  }
}

/**
 * The temporal properties of one search: they are noted state by state and move by move while the graph grows, and decided
 * when it is whole. Law: nothing is said of a graph that is not.
 */
import {
  answerOf,
  ChurnproofError,
  type Model,
  type Moves,
  type Noticing,
  type Observer,
  type State,
  type Temporal,
} from '../kernel/index.js';
import { Graph } from './graph.js';
import { Units } from './units.js';
import { type Refutation, refute } from './verdict.js';

interface Watched {
  readonly property: Temporal;
  readonly holds: Observer<boolean>;
  readonly given: Observer<boolean> | undefined;
}

const isHolding = 1;
const isGiven = 2;

/** @internal */
export class Temporals {
  readonly units: Units;
  private readonly graph = new Graph();
  private readonly watched: readonly Watched[];
  /** By property and state: which of its conditions are true there. */
  private marks: Uint8Array<ArrayBuffer>[];

  /** @throws ChurnproofError SEARCH_UNSOUND for a model that leaves out states or moves */
  constructor(
    private readonly model: Model,
    properties: readonly Temporal[],
  ) {
    const [first] = properties;
    if (model.reduced !== undefined && first !== undefined)
      throw new ChurnproofError('SEARCH_UNSOUND', `'${first.name}' cannot be decided under ${model.reduced}`, {
        where: `model ${model.name}`,
        expected: `the whole graph of states: ${first.kind} speaks of how behaviours go on, and a reduction leaves some out`,
        hint: 'check it without the reduction',
      });
    this.units = new Units(model);
    this.watched = properties.map((property) => ({
      property,
      holds: model.observe(property.holds),
      given: property.kind === 'leadsTo' ? model.observe(property.given) : undefined,
    }));
    this.marks = properties.map(() => new Uint8Array(1 << 10));
  }

  get count(): number {
    return this.watched.length;
  }

  /** Bytes that the graph takes, and that deciding will take besides: the graph reversed, and a dozen numbers a state. */
  get bytes(): number {
    return (
      2 * this.graph.bytes + 48 * this.graph.states + this.marks.reduce((sum, { byteLength }) => sum + byteLength, 0)
    );
  }

  /** A start, after it was {@link found}. */
  begins(id: number): void {
    this.graph.starts.push(id);
  }

  /** All functions of the world that are asked, two for each that has a `given`. */
  get observers(): readonly Noticing[] {
    return this.watched.flatMap(({ holds, given }) => (given === undefined ? [holds] : [holds, given]));
  }

  found(id: number, state: State): void {
    if (id >= (this.marks[0] as Uint8Array).length) this.grow();
    for (let i = 0; i < this.watched.length; i++) this.mark(i, id, state);
  }

  /** The same of a state after a move. @param notices whether one of the {@link observers}, by its index, notices the move */
  foundAfter(parent: number, id: number, state: State, notices: (observer: number) => boolean): void {
    if (id >= (this.marks[0] as Uint8Array).length) this.grow();
    let observer = 0;
    for (let i = 0; i < this.watched.length; i++) {
      const hasGiven = (this.watched[i] as Watched).given !== undefined;
      const marks = this.marks[i] as Uint8Array;
      if (notices(observer) || (hasGiven && notices(observer + 1))) this.mark(i, id, state);
      else marks[id] = marks[parent] as number;
      observer += hasGiven ? 2 : 1;
    }
  }

  private mark(i: number, id: number, state: State): void {
    const { property, holds, given } = this.watched[i] as Watched;
    const ask = (observer: Observer<boolean>) => answerOf(property, this.model, state, () => observer.at(state));
    (this.marks[i] as Uint8Array)[id] =
      (ask(holds) ? isHolding : 0) | (given !== undefined && ask(given) ? isGiven : 0);
  }

  /** All moves of one state; `targetOf` numbers the state that a move leads to. */
  expanded(id: number, moves: Moves, targetOf: (index: number) => number): void {
    this.graph.open(id);
    for (let i = 0; i < moves.count; i++) {
      if (!moves.changesNothing(i)) this.graph.edge(id, targetOf(i), this.units.of(moves, i));
    }
  }

  /** Decides property `index` of a graph that is whole; `undefined` when it holds. */
  refute(index: number): Refutation | undefined {
    const { graph, units } = this;
    const marks = this.marks[index] as Uint8Array;
    const { property } = this.watched[index] as Watched;
    return refute(property, {
      graph,
      units,
      holds: (s) => ((marks[s] as number) & isHolding) !== 0,
      given: (s) => ((marks[s] as number) & isGiven) !== 0,
    });
  }

  private grow(): void {
    this.marks = this.marks.map((marks) => {
      const wider = new Uint8Array(marks.length * 2);
      wider.set(marks);
      return wider;
    });
  }
}

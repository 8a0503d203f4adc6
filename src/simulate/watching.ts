/**
 * The properties that are still open, watched in a simulation: each is asked again only when something that it read has
 * changed. It leaves when it is decided, as in a search.
 */
import { answerOf, isTemporal, type Model, type Property, type State } from '../kernel/index.js';
import type { AnyWorld, Watcher } from './graph.js';
import type { Simulation } from './simulation.js';

interface Watched {
  readonly index: number;
  readonly property: Property;
  readonly watcher: Watcher;
  /** The answer that decides it. */
  readonly decides: boolean;
  readonly ask: () => unknown;
  /** Of a step: whether a step that touches nothing it reads was asked since the last that did. */
  standsStill: boolean;
}

/** Told which property, by its index, has just been decided. @internal */
export type Found = (index: number) => void;

const unpacked: State = new Int32Array(0);

/** @internal */
export class Watching {
  private states: Watched[] = [];
  private quiet: Watched[] = [];
  private steps: Watched[] = [];
  /** For errors: what a state looks like. */
  private readonly asModel: Model;

  constructor(simulation: Simulation, properties: readonly Property[]) {
    const { graph, before, after } = simulation;
    graph.clear();
    this.asModel = { picture: () => simulation.picture() } as unknown as Model;
    for (const [index, property] of properties.entries()) {
      if (isTemporal(property)) continue;
      const watched = (look: () => unknown): Watched => {
        const watcher = graph.watcher(true);
        const ask = () => graph.ask(watcher, look);
        return { index, property, watcher, decides: property.kind === 'sometimes', ask, standsStill: false };
      };
      if (property.kind === 'alwaysStep') this.steps.push(watched(() => property.holds(before as AnyWorld, after)));
      else (property.kind === 'whenQuiet' ? this.quiet : this.states).push(watched(() => property.holds(after)));
    }
  }

  /** Whether no property is open any more. */
  get decided(): boolean {
    return this.states.length + this.quiet.length + this.steps.length === 0;
  }

  get watchesQuiet(): boolean {
    return this.quiet.length > 0;
  }

  /** A behaviour begins: nothing that was known holds any more. */
  begin(found: Found): void {
    for (const watched of [...this.states, ...this.quiet, ...this.steps]) {
      watched.watcher.isStale = true;
      watched.standsStill = false;
    }
    this.atState(found);
  }

  atState(found: Found): void {
    const { states } = this;
    let decided: Watched[] | undefined;
    for (let i = 0; i < states.length; i++) {
      const watched = states[i] as Watched;
      if (!watched.watcher.isStale) continue;
      watched.watcher.isStale = false;
      if (this.answer(watched) !== watched.decides) continue;
      decided ??= [];
      decided.push(watched);
    }
    if (decided !== undefined) this.states = this.leave(states, decided, found);
  }

  /** After a move. */
  atStep(found: Found): void {
    const { steps } = this;
    let decided: Watched[] | undefined;
    for (let i = 0; i < steps.length; i++) {
      const watched = steps[i] as Watched;
      const { watcher } = watched;
      if (!watcher.isStale && watched.standsStill) continue;
      watched.standsStill = !watcher.isStale;
      watcher.isStale = false;
      if (this.answer(watched) !== watched.decides) continue;
      decided ??= [];
      decided.push(watched);
    }
    if (decided !== undefined) this.steps = this.leave(steps, decided, found);
  }

  atQuiet(found: Found): void {
    const decided = this.quiet.filter((watched) => this.answer(watched) === watched.decides);
    if (decided.length > 0) this.quiet = this.leave(this.quiet, decided, found);
  }

  private answer({ property, ask }: Watched): boolean {
    return answerOf(property, this.asModel, unpacked, ask);
  }

  private leave(list: readonly Watched[], decided: readonly Watched[], found: Found): Watched[] {
    for (const { index } of decided) found(index);
    return list.filter((watched) => !decided.includes(watched));
  }
}

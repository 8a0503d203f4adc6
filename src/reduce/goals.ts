/**
 * What a state must do before a property can be decided: moves of which every behaviour to a deciding state takes one (an
 * up-set: Kristensen, Schmidt and Valmari, "Question-guided stubborn set methods for state properties", 2006). A pure function
 * of the world answers the same while all that it read is the same, so something that it read must change.
 */
import type { Observer, Peers, Property, State, World } from '../kernel/index.js';
import type { Anatomy } from '../system/index.js';
import { type LocalSpace, own } from './local.js';
import type { Stubborn, StubbornSets } from './stubborn.js';

interface Watched {
  readonly observer: Observer<unknown> & { readonly footprint: { collect(found: Set<number>): void } };
  /** What it has read, kept until it has read more. */
  aspects: ReadonlySet<number>;
}

/** @internal */
export class Goals {
  private readonly watched: readonly Watched[];
  /** By aspect and slot: inputs that may be the first to change it. */
  private readonly changers = new Map<number, (readonly number[])[]>();
  private readonly probe: State;

  constructor(
    private readonly anatomy: Anatomy,
    private readonly space: LocalSpace,
    private readonly sets: StubbornSets,
    properties: readonly Property[],
  ) {
    this.probe = new Int32Array(anatomy.network.width);
    this.watched = properties.map(({ holds }) => {
      const observer = anatomy.observers.observe(holds as (world: World<Peers, true>) => unknown);
      return { observer, aspects: new Set<number>() };
    });
  }

  /** Takes in every move that could be the first to change what the answer of a property rests on. */
  add(set: Stubborn, property: number, state: State): void {
    const { observer } = this.watched[property] as Watched;
    observer.at(state);
    const aspects = new Set<number>();
    observer.footprint.collect(aspects);
    for (const aspect of aspects) this.addAspect(set, aspect, state);
  }

  private addAspect(set: Stubborn, aspect: number, state: State): void {
    const { aspects, names, network } = this.anatomy;
    const component = aspects.footprint(aspect).only;
    if (component < names.length) {
      for (const cause of this.changersOf(aspect, component, state[component] as number)) {
        if (cause === own) this.sets.addPeer(set, component, state);
        else this.sets.addMessage(set, component, cause, state);
      }
    } else if (component !== network.weatherComponent) {
      // The weather shows nothing but cuts, and while one is possible all moves are followed anyway.
      const peer = component - names.length;
      if (state[component] !== 0) this.sets.addPeer(set, peer, state);
      for (const item of this.space.alphabet[peer] as Set<number>) this.sets.addSenders(set, peer, item, state);
    }
  }

  private changersOf(aspect: number, peer: number, slot: number): readonly number[] {
    const bySlot = this.changers.get(aspect) ?? [];
    this.changers.set(aspect, bySlot);
    bySlot[slot] ??= this.findChangers(aspect, peer, slot);
    return bySlot[slot];
  }

  /** Walks through slots in which the aspect is as it was; collects what leads out of them. */
  private findChangers(aspect: number, peer: number, slot: number): readonly number[] {
    const valueAt = (at: number) => {
      this.probe[peer] = at;
      return this.anatomy.aspects.value(aspect, this.probe);
    };
    const value = valueAt(slot);
    const found = new Set<number>();
    const seen = new Set([slot]);
    for (const at of seen) {
      for (const { cause, next } of this.space.from(peer, at)) {
        if (valueAt(next) !== value) found.add(cause);
        else seen.add(next);
      }
    }
    return [...found];
  }
}

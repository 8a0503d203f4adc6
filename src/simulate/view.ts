/** A view: a state of the simulator as the {@link World} that properties, offers and guards see. Reads are noted, coarsely. */
import { ChurnproofError, type Envelope, type StateValue, type Status } from '../kernel/index.js';
import type { Context } from '../machine/index.js';
import type { AnyWorld, Graph } from './graph.js';
import type { Components, Inbox, Scene, Standing } from './situation.js';

/** @internal */
export interface Scenery {
  readonly names: readonly string[];
  readonly components: Components;
  readonly graph: Graph;
  /** No inboxes, no links. */
  readonly isSynchronous: boolean;
  readonly cuts: readonly (readonly string[])[];
  /** Whether the network may be cut at all. */
  readonly hasWeather: boolean;
}

/** @internal */
export class View implements AnyWorld {
  readonly names: readonly string[];
  readonly peers: AnyWorld['peers'];
  private readonly index: ReadonlyMap<string, number>;
  private readonly told: { inbox: Inbox; envelopes: readonly Envelope[] }[];
  /** All of them, one inbox after the other, as it was asked for last. */
  private readonly all = { parts: [] as (readonly Envelope[])[], envelopes: [] as readonly Envelope[] };
  private readonly graph: Graph;
  private readonly components: Components;

  constructor(
    private readonly scenery: Scenery,
    private readonly scene: Scene,
  ) {
    this.names = scenery.names;
    this.graph = scenery.graph;
    this.components = scenery.components;
    this.index = new Map(scenery.names.map((name, i) => [name, i]));
    this.told = scenery.names.map(() => ({ inbox: [], envelopes: [] }));
    this.peers = this.contextGetters();
  }

  status(name: string): Status {
    const peer = this.peerCalled(name);
    this.graph.note(this.components.status(peer));
    return (this.scene.standings[peer] as Standing).status;
  }

  isUp(name: string): boolean {
    return this.status(name) === 'up';
  }

  state(name: string): StateValue | undefined {
    return this.standing(this.peerCalled(name)).life?.place.value;
  }

  timers(name: string): readonly string[] {
    const timers = this.standing(this.peerCalled(name)).life?.timers ?? [];
    return timers.map((timer) => timer.name).sort();
  }

  inFlight(to?: string): readonly Envelope[] {
    if (this.scenery.isSynchronous) return [];
    if (to !== undefined) return this.envelopes(this.peerCalled(to));
    const { all } = this;
    let isNew = false;
    for (let peer = 0; peer < this.names.length; peer++) {
      const envelopes = this.envelopes(peer);
      if (all.parts[peer] === envelopes) continue;
      all.parts[peer] = envelopes;
      isNew = true;
    }
    if (isNew) all.envelopes = all.parts.flat();
    return all.envelopes;
  }

  partition(): readonly string[] | undefined {
    if (!this.scenery.hasWeather) return undefined;
    this.graph.note(this.components.cut);
    return this.scenery.cuts[this.scene.cut];
  }

  recall<T>(compute: (world: AnyWorld) => T): T {
    return this.graph.recall(this.scene, compute, this);
  }

  recallPeer<C, T>(name: string, compute: (context: C, name: string) => T): T | undefined {
    return this.graph.recallPeer(this.scene, this.peerCalled(name), compute as (context: Context, name: string) => T);
  }

  private standing(peer: number): Standing {
    this.graph.note(this.components.life(peer));
    return this.scene.standings[peer] as Standing;
  }

  private envelopes(peer: number): readonly Envelope[] {
    this.graph.note(this.components.inbox(peer));
    const inbox = this.scene.inboxes[peer] as Inbox;
    const told = this.told[peer] as { inbox: Inbox; envelopes: readonly Envelope[] };
    if (told.inbox !== inbox) {
      told.inbox = inbox;
      told.envelopes = inbox.map((flight) => flight.envelope);
    }
    return told.envelopes;
  }

  private peerCalled(name: string): number {
    const peer = this.index.get(name);
    if (peer !== undefined) return peer;
    throw new ChurnproofError('PROPERTY_INVALID', `a function of the world asks for a peer called '${name}'`, {
      expected: `one of ${this.names.join(', ')}`,
    });
  }

  private contextGetters(): AnyWorld['peers'] {
    const peers = {};
    for (const [peer, name] of this.names.entries()) {
      Object.defineProperty(peers, name, { enumerable: true, get: () => this.standing(peer).life?.context });
    }
    return Object.freeze(peers);
  }
}

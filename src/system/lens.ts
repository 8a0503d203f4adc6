/** A lens: one global state as the {@link World} that properties see, with every look noted while somebody records. */
import {
  ChurnproofError,
  type Envelope,
  type Message,
  type Peers,
  type State,
  type StateValue,
  type Status,
  type World,
} from '../kernel/index.js';
import type { PeerTable } from '../machine/index.js';
import type { Aspects, OfPeer } from './aspects.js';
import type { Read } from './memo.js';

/** What a lens must know of the system it looks into. @internal */
export interface Scene {
  readonly names: readonly string[];
  readonly tables: readonly PeerTable[];
  readonly aspects: Aspects;
  /** The component of a peer's inbox, -1 in a synchronous system. */
  inboxComponent(peer: number): number;
  envelopes(peer: number, content: number): readonly Envelope[];
  /** The component of the weather, -1 where there is none. */
  readonly weatherComponent: number;
  side(weather: number): readonly string[] | undefined;
  recall<T>(compute: (world: AnyWorld) => T): { readonly aspect: number; answer(number: number): T };
  recallPeer<C, T>(peer: number, compute: (context: C, name: string) => T): OfPeer<T | undefined>;
}

type AnyWorld = World<Peers, true>;

/** The reads of one computation, each once, in order. @internal */
export class Recorder {
  readonly reads: Read[] = [];
  private readonly seen = new Set<number>();

  note(aspect: number, value: number): void {
    if (this.seen.has(aspect)) return;
    this.seen.add(aspect);
    this.reads.push({ aspect, value });
  }
}

/** @internal */
export class Lens implements AnyWorld {
  readonly names: readonly string[];
  readonly peers: AnyWorld['peers'];
  private now: State = new Int32Array(0);
  private recorder = new Recorder();
  private stride = 1;
  private offset = 0;
  private readonly index: ReadonlyMap<string, number>;
  private readonly contexts: object[][];

  constructor(private readonly scene: Scene) {
    this.names = scene.names;
    this.index = new Map(scene.names.map((name, i) => [name, i]));
    this.contexts = scene.names.map(() => []);
    this.peers = this.contextGetters();
  }

  /**
   * Looks at a state for as long as `look` takes. The aspects noted are numbered `aspect * stride + offset`, so that two
   * lenses can note into one recorder.
   */
  through<T>(state: State, recorder: Recorder, look: (world: AnyWorld) => T, stride = 1, offset = 0): T {
    const before = [this.now, this.recorder, this.stride, this.offset] as const;
    [this.now, this.recorder, this.stride, this.offset] = [state, recorder, stride, offset];
    try {
      return look(this);
    } finally {
      [this.now, this.recorder, this.stride, this.offset] = before;
    }
  }

  status(name: string): Status {
    return this.statusOf(this.peerCalled(name));
  }

  isUp(name: string): boolean {
    return this.status(name) === 'up';
  }

  state(name: string): StateValue | undefined {
    return this.stateOf(this.peerCalled(name));
  }

  timers(name: string): readonly string[] {
    const peer = this.peerCalled(name);
    this.note(this.scene.aspects.timers(peer));
    const timers = this.table(peer).slot(this.now[peer] as number).local?.timers ?? [];
    return timers.map((timer) => timer.name).sort();
  }

  inFlight(to?: string): readonly Envelope[] {
    const receivers = to === undefined ? this.names.keys() : [this.peerCalled(to)];
    return [...receivers].flatMap((peer) => {
      const component = this.scene.inboxComponent(peer);
      if (component < 0) return [];
      this.note(this.scene.aspects.component(component));
      return this.scene.envelopes(peer, this.now[component] as number);
    });
  }

  partition(): readonly string[] | undefined {
    const component = this.scene.weatherComponent;
    if (component < 0) return undefined;
    this.note(this.scene.aspects.component(component));
    return this.scene.side(this.now[component] as number);
  }

  recall<T>(compute: (world: AnyWorld) => T): T {
    const derived = this.scene.recall(compute);
    return derived.answer(this.note(derived.aspect));
  }

  recallPeer<C, T>(name: string, compute: (context: C, name: string) => T): T | undefined {
    const derived = this.scene.recallPeer(this.peerCalled(name), compute);
    return derived.answer(this.note(derived.aspect));
  }

  private statusOf(peer: number): Status {
    this.note(this.scene.aspects.status(peer));
    return this.table(peer).slot(this.now[peer] as number).status;
  }

  private stateOf(peer: number): StateValue | undefined {
    this.note(this.scene.aspects.stateValue(peer));
    return this.table(peer).stateOf(this.now[peer] as number);
  }

  private note(aspect: number): number {
    const value = this.scene.aspects.value(aspect, this.now);
    this.recorder.note(aspect * this.stride + this.offset, value);
    return value;
  }

  private table(peer: number): PeerTable {
    return this.scene.tables[peer] as PeerTable;
  }

  private peerCalled(name: string): number {
    const peer = this.index.get(name);
    if (peer !== undefined) return peer;
    throw new ChurnproofError('PROPERTY_INVALID', `a function of the world asks for a peer called '${name}'`, {
      expected: `one of ${this.names.join(', ')}`,
    });
  }

  /** `world.peers`: looking up a name notes whether that peer is up; looking up a field of it notes the field. */
  private contextGetters(): AnyWorld['peers'] {
    const peers = {};
    for (const [peer, name] of this.names.entries()) {
      Object.defineProperty(peers, name, {
        enumerable: true,
        get: () => (this.statusOf(peer) === 'up' ? this.context(peer, this.now[peer] as number) : undefined),
      });
    }
    return Object.freeze(peers);
  }

  private context(peer: number, slot: number): object {
    const known = this.contexts[peer]?.[slot];
    if (known !== undefined) return known;
    const { aspects } = this.scene;
    const whole = () => this.note(aspects.component(peer));
    const made = new Proxy(this.table(peer).contextOf(slot) as Record<string, Message>, {
      get: (context, field) => {
        if (typeof field !== 'string') return undefined;
        this.note(aspects.field(peer, field));
        return context[field];
      },
      has: (context, field) => {
        whole();
        return field in context;
      },
      ownKeys: (context) => {
        whole();
        return Reflect.ownKeys(context);
      },
      getOwnPropertyDescriptor: (context, field) => {
        whole();
        return Reflect.getOwnPropertyDescriptor(context, field);
      },
    });
    (this.contexts[peer] as object[])[slot] = made;
    return made;
  }
}

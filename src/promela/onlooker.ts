/**
 * An onlooker: one state as the world that properties, offers and guards see, with every look noted as a look at the variables of the
 * Promela model. It shares nothing with the lens and the memos that a search uses, so that those are judged, too.
 */
import {
  ChurnproofError,
  type Envelope,
  type Peers,
  type State,
  type StateValue,
  type Status,
  type World,
} from '../kernel/index.js';
import type { Anatomy } from '../system/index.js';
import type { Read } from './tree.js';
import type { Variables } from './variables.js';

type AnyWorld = World<Peers, true>;

/** How a look is numbered: `4 * variable`, plus one for a peer's status alone, plus two for the state before the move. @internal */
export const looks = { status: 1, before: 2, width: 4 } as const;

/** @internal */
export const statusCodes: readonly Status[] = ['absent', 'up', 'crashed', 'left'];

/** Notes each look once. @internal */
export class Notes {
  readonly reads: Read[] = [];
  private readonly seen = new Set<number>();

  note(read: number, value: number): void {
    if (this.seen.has(read)) return;
    this.seen.add(read);
    this.reads.push({ read, value });
  }
}

/** @internal */
export class Onlooker implements AnyWorld {
  readonly names: readonly string[];
  readonly peers: AnyWorld['peers'];
  private readonly derived = new Map<unknown, unknown>();

  constructor(
    private readonly anatomy: Anatomy,
    private readonly variables: Variables,
    private readonly now: State,
    /** What the variables are in that state. */
    private readonly values: Int32Array,
    private readonly notes: Notes,
    private readonly offset = 0,
  ) {
    this.names = anatomy.names;
    const peers = {};
    for (const name of anatomy.names)
      Object.defineProperty(peers, name, { enumerable: true, get: () => this.contextOf(this.called(name)) });
    this.peers = peers;
  }

  status(name: string): Status {
    return this.statusOf(this.called(name));
  }

  isUp(name: string): boolean {
    return this.status(name) === 'up';
  }

  state(name: string): StateValue | undefined {
    const peer = this.called(name);
    return this.anatomy.tables[peer]?.stateOf(this.slot(peer));
  }

  timers(name: string): readonly string[] {
    const peer = this.called(name);
    const armed = this.anatomy.tables[peer]?.slot(this.slot(peer)).local?.timers ?? [];
    return armed.map((timer) => timer.name).sort();
  }

  inFlight(to?: string): readonly Envelope[] {
    const { names, network } = this.anatomy;
    const receivers = to === undefined ? [...names.keys()] : [this.called(to)];
    return receivers.flatMap((peer) => {
      for (const bit of this.variables.bits) if (bit.to === peer) this.look(bit.at);
      for (const { to, first, cells } of this.variables.links) {
        if (to !== peer) continue;
        for (let at = first; at < first + cells && this.look(at) !== 0; at++);
      }
      return network.inFlight(peer, this.now);
    });
  }

  partition(): readonly string[] | undefined {
    const { cut } = this.variables;
    return cut < 0 ? undefined : this.anatomy.network.cuts[this.look(cut) - 1];
  }

  recall<T>(compute: (world: AnyWorld) => T): T {
    if (!this.derived.has(compute)) this.derived.set(compute, compute(this));
    return this.derived.get(compute) as T;
  }

  recallPeer<C, T>(name: string, compute: (context: C, name: string) => T): T | undefined {
    const context = this.contextOf(this.called(name));
    return context === undefined ? undefined : compute(context as C, name);
  }

  private contextOf(peer: number): object | undefined {
    return this.statusOf(peer) === 'up' ? this.anatomy.tables[peer]?.contextOf(this.slot(peer)) : undefined;
  }

  private statusOf(peer: number): Status {
    const status = this.anatomy.tables[peer]?.slot(this.values[peer] as number).status as Status;
    this.notes.note(looks.width * peer + looks.status + this.offset, statusCodes.indexOf(status));
    return status;
  }

  private slot(peer: number): number {
    return this.look(peer);
  }

  private look(variable: number): number {
    const value = this.values[variable] as number;
    this.notes.note(looks.width * variable + this.offset, value);
    return value;
  }

  private called(name: string): number {
    const peer = this.names.indexOf(name);
    if (peer >= 0) return peer;
    throw new ChurnproofError('PROPERTY_INVALID', `a function of the world asks for a peer called '${name}'`, {
      expected: `one of ${this.names.join(', ')}`,
    });
  }
}

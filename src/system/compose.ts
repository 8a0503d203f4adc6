/**
 * Composition: peers, links, timers, faults and churn become one transition system on integer vectors. A state holds a slot
 * for each peer, then an inbox for each (unless the system is synchronous), then the weather (if anything is counted).
 */
import type {
  Contents,
  Effort,
  Envelope,
  MachineCoverage,
  Model,
  Move,
  Moves,
  Observer,
  Peer,
  Peers,
  Picture,
  Plain,
  State,
  StepObserver,
  System,
  SystemSpec,
  World,
} from '../kernel/index.js';
import { PeerTable } from '../machine/index.js';
import { Aspects } from './aspects.js';
import { Churner } from './churner.js';
import { SystemContents } from './contents.js';
import { Effects } from './effects.js';
import { Faulter } from './faulter.js';
import { Inbox } from './inbox.js';
import { cutsOf, limitsOf } from './limits.js';
import { machineCoverage } from './machine-coverage.js';
import { Network } from './network.js';
import { Observers } from './observers.js';
import { type Parts, Protocol } from './protocol.js';
import { Scratch } from './scratch.js';
import { checkTimers, validate } from './validate.js';
import { Weather } from './weather.js';

/**
 * Gives life to a system.
 * @throws ChurnproofError when the system contradicts itself or a machine cannot be checked
 * @public
 */
// biome-ignore lint/suspicious/noExplicitAny: a system of any peers
export function compose(system: System<any, any>): Model {
  const spec = system as SystemSpec;
  validate(spec);
  return new Composed(spec);
}

/** What a composed model is made of. @internal */
export interface Anatomy extends Parts {
  readonly names: readonly string[];
  readonly aspects: Aspects;
}

/** The parts of a model that was composed here, for who must look inside. @internal */
export function anatomyOf(model: Model): Anatomy {
  if (model instanceof Composed) return model.anatomy;
  throw new Error(`model ${model.name} was not composed`);
}

class Composed implements Model {
  readonly name: string;
  readonly width: number;
  readonly starts: readonly { readonly label: string; readonly state: State }[];
  private readonly names: readonly string[];
  private readonly tables: readonly PeerTable[];
  private readonly network: Network;
  private readonly observers: Observers;
  private readonly protocol: Protocol;
  private readonly faulter: Faulter;
  private readonly churner: Churner;
  private readonly scratch: Scratch;
  readonly anatomy: Anatomy;
  readonly contents: Contents;

  constructor(spec: SystemSpec) {
    this.name = spec.name;
    this.names = Object.keys(spec.peers);
    const effects = new Effects(this.names);
    this.tables = this.names.map((name, i) => {
      return new PeerTable(name, spec.peers[name] as Peer, (said) => effects.number(i, said));
    });
    effects.tables = this.tables;
    checkTimers(
      spec,
      this.tables.flatMap(({ timerNames }) => timerNames),
    );
    const cuts = cutsOf(spec, this.names);
    const weather = new Weather(limitsOf(spec), cuts.length);
    this.network = this.buildNetwork(spec, effects, weather, cuts);
    this.width = this.network.width;
    this.scratch = new Scratch(this.width);
    const aspects = new Aspects(this.tables);
    this.observers = new Observers({
      names: this.names,
      tables: this.tables,
      aspects,
      inboxComponent: (peer) => this.network.inboxComponent(peer),
      envelopes: (peer, content) => this.network.envelopes(peer, content),
      weatherComponent: this.network.weatherComponent,
      side: (id) => this.network.side(id),
    });
    const parts = {
      spec,
      tables: this.tables,
      network: this.network,
      observers: this.observers,
      scratch: this.scratch,
    };
    this.anatomy = { ...parts, names: this.names, aspects };
    this.protocol = new Protocol(parts);
    this.faulter = new Faulter(parts);
    this.churner = new Churner(parts);
    this.contents = new SystemContents(this.tables, this.network);
    this.starts = this.churner.starts();
  }

  expand(state: State, moves: Moves): void {
    moves.clear();
    this.scratch.open(state);
    this.protocol.expand(state, moves);
    this.faulter.expand(state, moves);
    this.churner.expand(state, moves);
  }

  move(moves: Moves, index: number): Move {
    return (
      this.protocol.describe(moves, index) ?? this.faulter.describe(moves, index) ?? this.churner.describe(moves, index)
    );
  }

  observe<T>(compute: (world: World<Peers, true>) => T): Observer<T> {
    return this.observers.observe(compute);
  }

  observeStep<T>(compute: (before: World<Peers, true>, after: World<Peers, true>) => T): StepObserver<T> {
    return this.observers.observeStep(compute);
  }

  picture(state: State): Picture {
    const cut = this.network.side(this.network.weatherOf(state));
    return {
      peers: this.names.map((name, i) => this.picturePeer(name, this.tables[i] as PeerTable, state[i] as number)),
      inFlight: this.names.flatMap((_, i): readonly Envelope[] => this.network.inFlight(i, state)),
      ...(cut === undefined ? {} : { partition: cut }),
    };
  }

  recheck(): void {
    for (const table of this.tables) table.recheck();
  }

  effort(): Effort {
    return {
      machineCalls: this.tables.reduce((sum, table) => sum + table.machineCalls, 0),
      blocked: this.network.blocked,
      fullestInbox: this.network.fullest,
    };
  }

  machines(): readonly MachineCoverage[] {
    return machineCoverage(this.tables);
  }

  private picturePeer(name: string, table: PeerTable, id: number): Picture['peers'][number] {
    const { status, local } = table.slot(id);
    if (local === undefined) return { name, status };
    const timers = local.timers.map((timer) => timer.name);
    const state = table.stateOf(id);
    return {
      name,
      status,
      ...(state === undefined ? {} : { state }),
      context: table.contextOf(id) as Plain,
      ...(timers.length > 0 ? { timers } : {}),
    };
  }

  private buildNetwork(
    spec: SystemSpec,
    effects: Effects,
    weather: Weather,
    cuts: readonly (readonly string[])[],
  ): Network {
    const kind = spec.network ?? 'unordered';
    const capacity = spec.capacity ?? Number.POSITIVE_INFINITY;
    const inboxes =
      kind === 'synchronous' ? [] : this.names.map((_, i) => new Inbox(kind, capacity, effects.itemsOf(i)));
    return new Network({ spec, names: this.names, tables: this.tables, effects, inboxes, weather, cuts });
  }
}

/**
 * The inquiry: everything in a system that looks at the world (offers, guards, rules of timers, properties), asked in every state
 * in which a search would ask it.
 */
import {
  describeMove,
  isTemporal,
  type Model,
  type Move,
  Moves,
  type Offer,
  type Peers,
  type Property,
  type World,
} from '../kernel/index.js';
import { isCalled, refused } from '../machine/index.js';
import { type Anatomy, askGuard, offersOf } from '../system/index.js';
import type { Explored } from './explored.js';
import { Question, type Seen } from './questions.js';
import type { Variables } from './variables.js';

type AnyWorld = World<Peers, true>;

/** One way in which something may be asked: the input that it is, and the move. @internal */
export interface Listed {
  readonly input: number;
  readonly text: string;
}

/** @internal */
export class Inquiry {
  /** Lists of offers, by number. */
  readonly lists: (readonly Listed[])[] = [];
  /** By name of what is asked and peer. */
  readonly offers = new Map<string, Question>();
  readonly guards = new Map<string, Question>();
  readonly claims: readonly { readonly property: Property; readonly question: Question }[];
  private readonly listIds = new Map<string, number>();
  /** By name of what is asked and peer: every list that was offered. */
  private readonly given = new Map<string, Set<number>>();

  constructor(
    private readonly model: Model,
    private readonly anatomy: Anatomy,
    private readonly variables: Variables,
    properties: readonly Property[],
  ) {
    const { names, spec } = anatomy;
    for (const [peer, name] of names.entries()) {
      for (const operation of spec.operations ?? []) {
        const { offer } = operation;
        if (offer === undefined || !(operation.peers ?? names).includes(name)) continue;
        this.offer(operation.name, peer, (world) => offersOf(operation, name, world));
      }
      const { join, ...others } = spec.churn ?? {};
      if (join?.offer !== undefined && (join.peers ?? names).includes(name))
        this.offer('join', peer, (world) =>
          offersOf({ name: 'join', offer: join.offer as NonNullable<typeof join.offer> }, name, world),
        );
      for (const kind of ['leave', 'crash', 'restart'] as const) {
        const when = others[kind]?.when;
        if (when !== undefined) this.guard(`${kind} ${peer}`, (world) => when(world, name));
      }
      for (const [timer, rule] of Object.entries(spec.timers ?? {}))
        this.guard(`timer ${timer} ${peer}`, (world) => rule.when(world, name));
    }
    this.claims = properties
      .filter((property) => !isTemporal(property))
      .map((property) => ({
        property,
        question: this.question((...worlds) =>
          (property.holds as (...worlds: AnyWorld[]) => boolean)(...worlds) ? 1 : 0,
        ),
      }));
  }

  /** The list that is offered in every state. */
  list(peer: number, name: string, offers: readonly Offer[]): number {
    const listed = offers.map(({ args = {}, event }) => ({
      input: (this.anatomy.tables[peer] as Anatomy['tables'][number]).hears(event),
      text: describeMove(this.moveOf(peer, name, args, event)),
    }));
    const key = JSON.stringify([peer, listed]);
    const known = this.listIds.get(key);
    if (known !== undefined) return known;
    this.listIds.set(key, this.lists.length);
    this.lists.push(listed);
    return this.lists.length - 1;
  }

  /** The lists that were ever offered. */
  listsOf(name: string, peer: number): readonly (readonly Listed[])[] {
    return [...(this.given.get(`${name} ${peer}`) ?? [])].map((id) => this.lists[id] as readonly Listed[]);
  }

  /** Asks everything everywhere. */
  run(explored: Explored): void {
    const moves = new Moves();
    const steps = this.claims.filter(({ property }) => property.kind === 'alwaysStep');
    for (let id = 0; id < explored.count; id++) {
      const state = explored.state(id);
      const seen: Seen = { state, values: this.variables.read(state) };
      this.askSystem(seen);
      this.model.expand(state, moves);
      for (const { property, question } of this.claims) {
        if (property.kind === 'alwaysStep' || (property.kind === 'whenQuiet' && !moves.quiet)) continue;
        question.askState(seen);
      }
      if (steps.length === 0) continue;
      for (let i = 0; i < moves.count; i++) {
        const after = state.slice();
        moves.apply(i, after);
        for (const { question } of steps) question.askStep(seen, { state: after, values: this.variables.read(after) });
      }
    }
  }

  /** In the states in which a search would ask, too: an offer may not bear being asked of a peer that is down. */
  private askSystem(seen: Seen): void {
    const { names, tables, spec } = this.anatomy;
    for (const peer of names.keys()) {
      const table = tables[peer] as Anatomy['tables'][number];
      const slot = seen.state[peer] as number;
      const { status } = table.slot(slot);
      if (status === 'absent') this.offers.get(`join ${peer}`)?.askState(seen);
      if (status === 'crashed') this.guards.get(`restart ${peer}`)?.askState(seen);
      if (status !== 'up') continue;
      for (const { name } of spec.operations ?? []) this.offers.get(`${name} ${peer}`)?.askState(seen);
      for (const kind of ['leave', 'crash']) this.guards.get(`${kind} ${peer}`)?.askState(seen);
      for (const input of table.timers(slot)) {
        table.step(slot, input);
        const rule = this.ruleOf(table.timerName(input));
        if (rule !== undefined && table.next !== refused) this.guards.get(`timer ${rule} ${peer}`)?.askState(seen);
      }
    }
  }

  /** The first rule that a timer falls under. */
  ruleOf(timer: string): string | undefined {
    return Object.keys(this.anatomy.spec.timers ?? {}).find((called) => isCalled(called, timer));
  }

  private moveOf(peer: number, name: string, args: NonNullable<Offer['args']>, event: Offer['event']): Move {
    const who = this.anatomy.names[peer] as string;
    return name === 'join'
      ? { kind: 'join', peer: who, args, event }
      : { kind: 'operation', peer: who, operation: name, args, event };
  }

  private offer(name: string, peer: number, ask: (world: AnyWorld) => readonly Offer[]): void {
    const given = new Set<number>();
    this.given.set(`${name} ${peer}`, given);
    const compute = (world: AnyWorld): number => {
      const list = this.list(peer, name, ask(world));
      given.add(list);
      return list;
    };
    this.offers.set(`${name} ${peer}`, this.question(compute));
  }

  private guard(name: string, when: (world: AnyWorld) => unknown): void {
    this.guards.set(
      name,
      this.question((world) => (askGuard(name, () => when(world)) ? 1 : 0)),
    );
  }

  private question(compute: (...worlds: [AnyWorld, AnyWorld]) => number): Question {
    return new Question(this.anatomy, this.variables, compute);
  }
}

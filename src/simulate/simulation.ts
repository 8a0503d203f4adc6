/**
 * A system that runs unpacked: peers as objects, inboxes as arrays, one move at a time and only that move worked out. It means
 * what the composed model means. Law: every list of naturals is a legal behaviour, and the same one each time.
 */

import { Dice } from '../check/dice.js';
import {
  ChurnproofError,
  type Peer,
  type Picture,
  type Plain,
  type Start,
  type System,
  type SystemSpec,
} from '../kernel/index.js';
import { JudgedPeer, type Life } from '../machine/index.js';
import { checkTimers, cutsOf, limitsOf, validate } from '../system/index.js';
import { Attempts, type Parts, type Taken } from './attempts.js';
import { classesFor, type MoveClass } from './classes.js';
import { Graph } from './graph.js';
import { Links } from './links.js';
import { type Inbox, nobody, Situation, type Standing } from './situation.js';
import { View } from './view.js';

/** @internal */
export interface SimulationOptions {
  /** Every so many steps of a peer xstate takes it too; default 256. */
  readonly judgeEvery?: number;
}

interface Beginning {
  readonly standings: readonly Standing[];
  readonly inboxes: readonly Inbox[];
}

/** @internal */
export class Simulation {
  readonly name: string;
  readonly starts: readonly { readonly label: string }[];
  readonly situation: Situation;
  readonly graph: Graph;
  /** The world now, and before the latest move. */
  readonly after: View;
  readonly before: View;
  /** Every class of move, in fixed order. */
  readonly classes: readonly MoveClass[];

  private readonly allStarts: readonly Start[];
  private readonly names: readonly string[];
  private readonly peers: readonly JudgedPeer[];
  private readonly cuts: readonly (readonly string[])[];
  private readonly links: Links;
  private readonly attempts: Attempts;
  private readonly beginnings: (Beginning | undefined)[];
  private weights: ArrayLike<number>;
  private readonly shares: Int32Array;
  private readonly dice = new Dice();

  // biome-ignore lint/suspicious/noExplicitAny: a system of any peers
  constructor(system: System<any, any>, { judgeEvery = 256 }: SimulationOptions = {}) {
    const spec = system as SystemSpec;
    validate(spec);
    this.name = spec.name;
    const names = Object.keys(spec.peers);
    this.names = names;
    this.peers = names.map((name) => new JudgedPeer(name, spec.peers[name] as Peer, judgeEvery));
    checkTimers(
      spec,
      this.peers.flatMap(({ timerNames }) => timerNames),
    );
    this.cuts = cutsOf(spec, names);
    const limited = Object.entries(limitsOf(spec)).filter(([, limit]) => limit !== 'unlimited');
    const counters = new Map(limited.map(([name], i) => [name, i]));
    const situation = new Situation(names.length, {
      limits: limited.map(([, limit]) => limit as number),
      hasQueues: spec.network === 'fifo',
    });
    this.situation = situation;
    this.links = new Links(spec, names, this.peers, this.cuts, situation);
    this.graph = new Graph(situation, names, () => this.after);
    const scenery = {
      names,
      components: situation.components,
      graph: this.graph,
      isSynchronous: this.links.isSynchronous,
      cuts: this.cuts,
      hasWeather: this.cuts.length > 0,
    };
    this.after = new View(scenery, situation);
    this.before = new View(scenery, situation.before);
    const parts: Parts = {
      spec,
      names,
      peers: this.peers,
      situation,
      links: this.links,
      world: this.after,
      cuts: this.cuts,
      counter: (name) => counters.get(name) ?? -1,
    };
    this.attempts = new Attempts(parts);
    this.classes = classesFor(parts, this.attempts, this.graph);
    this.weights = this.classes.map(() => 1);
    this.shares = new Int32Array(this.classes.length);
    const everybody: Start = { up: Object.fromEntries(names.map((name) => [name, {}])) };
    this.allStarts = spec.starts ?? [everybody];
    this.starts = this.allStarts.map(({ label }, i) => ({ label: label ?? `start ${i + 1}` }));
    this.beginnings = this.starts.map(() => undefined);
  }

  /** By class: how often it is picked beside the others. */
  weigh(weights: ArrayLike<number>): void {
    this.weights = weights;
  }

  begin(start: number): void {
    this.beginnings[start] ??= this.beginning(this.allStarts[start] as Start);
    const { standings, inboxes } = this.beginnings[start] as Beginning;
    this.situation.load(standings, inboxes);
    this.graph.spread();
  }

  /**
   * Makes the move that a natural stands for; false when nothing that could be done would change anything.
   * @param dials by class, a factor of its weight; what is switched off has its turn when nothing else would change anything
   */
  take(natural: number, dials?: ArrayLike<number>): boolean {
    const { dice } = this;
    dice.throw(natural);
    const isMade = this.pick(dials) || (dials !== undefined && this.pick(undefined));
    if (isMade) this.graph.spread();
    return isMade;
  }

  /** Makes a move that is meant, if it is enabled and changes anything. */
  perform({ move, nth }: Taken): boolean {
    const isMade = this.classes.some((one) => one.perform(move, nth));
    if (isMade) this.graph.spread();
    return isMade;
  }

  /** The latest move. */
  latest(): Taken {
    return this.attempts.describe();
  }

  /** Every move that is enabled and changes anything, with what it would make; slow. A move may come more than once. */
  enabled(): readonly { readonly taken: Taken; readonly picture: Picture }[] {
    const all: { readonly taken: Taken; readonly picture: Picture }[] = [];
    this.attempts.tap = () => {
      all.push({ taken: this.attempts.describe(), picture: this.picture() });
      return false;
    };
    try {
      for (const one of this.classes) if (one.mayMove()) one.move(this.dice);
    } finally {
      this.attempts.tap = undefined;
    }
    return all;
  }

  /** Whether no delivery, timer or upkeep of the protocol would change anything. */
  isQuiet(): boolean {
    this.attempts.tap = () => true;
    try {
      return !this.classes.some((one) => one.isProtocol && one.mayMove() && one.move(this.dice));
    } finally {
      this.attempts.tap = undefined;
    }
  }

  /** Whether a delivery could be made for certain, without a look at any. */
  get isBusy(): boolean {
    const { situation, links } = this;
    return situation.flights.length > 0 && !links.isSet && links.neverBlocks && situation.cut < 0;
  }

  picture(): Picture {
    const { standings, inboxes, cut } = this.situation;
    const side = this.cuts[cut];
    return {
      peers: this.names.map((name, i) => picturePeer(name, standings[i] as Standing)),
      inFlight: inboxes.flatMap((inbox) => inbox.map(({ envelope }) => envelope)),
      ...(side === undefined ? {} : { partition: side }),
    };
  }

  effort() {
    const sum = (count: (peer: JudgedPeer) => number) => this.peers.reduce((total, peer) => total + count(peer), 0);
    return {
      blocked: this.links.blocked,
      fullestInbox: this.situation.fullest,
      steps: sum(({ counts }) => counts.steps),
      judged: sum(({ counts }) => counts.judged),
      interpreted: sum(({ counts }) => counts.interpreted),
      machineCalls: sum(({ machineCalls }) => machineCalls),
    };
  }

  /** Peers whose machines xstate runs, and why. */
  get notCompiled(): readonly { readonly peer: string; readonly why: string }[] {
    return this.peers.flatMap(({ name, notCompiled }) =>
      notCompiled === undefined ? [] : [{ peer: name, why: notCompiled }],
    );
  }

  private pick(dials: ArrayLike<number> | undefined): boolean {
    const { classes, shares, weights, dice } = this;
    let total = 0;
    for (let c = 0; c < classes.length; c++) {
      const weight = (weights[c] as number) * (dials === undefined ? 1 : (dials[c] as number));
      const share = weight > 0 && (classes[c] as MoveClass).mayMove() ? weight : 0;
      shares[c] = share;
      total += share;
    }
    while (total > 0) {
      let ticket = dice.below(total);
      let chosen = 0;
      for (; ; chosen++) {
        ticket -= shares[chosen] as number;
        if (ticket < 0) break;
      }
      if ((classes[chosen] as MoveClass).move(dice)) return true;
      total -= shares[chosen] as number;
      shares[chosen] = 0;
    }
    return false;
  }

  private beginning({ label, up }: Start): Beginning {
    const { names, situation } = this;
    const nobodyUp = names.map((): Standing => ({ status: 'absent', life: undefined, stored: undefined }));
    situation.load(
      nobodyUp,
      names.map(() => nobody),
    );
    const said: [peer: number, said: JudgedPeer['said']][] = [];
    for (const [i, name] of names.entries()) {
      const asked = up[name];
      if (asked === undefined) continue;
      const peer = this.peers[i] as JudgedPeer;
      const life: Life = peer.start(asked.input === undefined ? peer.peer.input : asked.input);
      situation.setStanding(i, { status: 'up', life, stored: undefined });
      said.push([i, peer.said]);
    }
    for (const [i, words] of said) if (!this.links.send(i, words)) throw this.fullAtStart(label, i);
    const made = { standings: [...situation.standings], inboxes: [...situation.inboxes] };
    situation.undo();
    return made;
  }

  private fullAtStart(label: string | undefined, peer: number): ChurnproofError {
    return new ChurnproofError('SYSTEM_FULL_AT_START', `peer ${this.names[peer]} fills a link before the first move`, {
      where: label ?? 'the start',
      hint: 'raise the capacity, or let machines wait for an operation before they speak',
    });
  }
}

function picturePeer(name: string, { status, life }: Standing): Picture['peers'][number] {
  if (life === undefined) return { name, status };
  const timers = life.timers.map((timer) => timer.name);
  return {
    name,
    status,
    state: life.place.value,
    context: life.context as Plain,
    ...(timers.length > 0 ? { timers } : {}),
  };
}

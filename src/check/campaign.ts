/**
 * A fuzzing campaign: fast-check draws runs, a scheduler picks the moves of each, every property that is still open is watched in
 * all of them. Law: the same seed gives the same campaign.
 */
import fc from 'fast-check';
import {
  ChurnproofError,
  isTemporal,
  type Model,
  type Property,
  type Report,
  type ScheduleName,
  settle,
  type Trace,
} from '../kernel/index.js';
import { ByClass } from './by-class.js';
import { Census } from './census.js';
import { Explored } from './explored.js';
import type { Menus } from './menus.js';
import { type Behaviour, behaviours, type Drawn, runsOf, weightsOf } from './schedule.js';
import type { Scheduler } from './scheduler.js';
import { peersOf, schedulerOf, usualDepth } from './schedulers.js';
import { type Onlooker, type Picker, Walker } from './walk.js';
import { watcher } from './watch.js';

/** @internal */
export interface CampaignOptions {
  readonly seed: number;
  readonly runs: number;
  /** The most moves of one run. */
  readonly moves: number;
  /** By class: how often it is picked beside the others; default 1. */
  readonly weights?: Readonly<Record<string, number>>;
  /** How the moves are picked; default `swarm`. */
  readonly schedule?: ScheduleName;
  /** For `pct`: events whose order makes the bugs that it looks for; default 3. */
  readonly depth?: number;
  /** Bytes that the states may take which are counted. */
  readonly stateBytes?: number;
}

/** Lets others have their turn; whether to go on. @internal */
export type Pause = () => Promise<boolean>;

/** Moves between two pauses. */
const slice = 50_000;

/** Moves that fast-check's shrinking of one schedule may cost. */
const shrinkMoves = 100_000;

/** What decided a property, up to the move that did. */
interface Discovery {
  readonly start: number;
  readonly choices: readonly number[];
}

/** @internal */
export class Campaign {
  runs = 0;
  readonly watch: ReturnType<typeof watcher>;
  private readonly discoveries = new Map<Property, Discovery>();
  private open: readonly Property[];
  private moves = 0;
  private states = 0;
  private longest = 0;
  private cut: 'interrupted' | 'decided' | undefined;
  private readonly explored: Explored;
  private readonly walker: Walker;
  private readonly scheduler: Scheduler;
  /** For behaviours that are naturals. */
  private readonly byClass: ByClass;
  private readonly census: Census;
  private readonly visit = (state: number, code: number) => {
    this.scheduler.visit(state);
    this.census.visit(state, code);
  };

  /** @param classes every class that a move of the model can have */
  constructor(
    private readonly model: Model,
    private readonly properties: readonly Property[],
    private readonly classes: readonly string[],
    private readonly options: CampaignOptions,
  ) {
    const { seed, runs, moves, weights, schedule = 'swarm', depth = usualDepth } = options;
    whole('seed', seed, Number.MIN_SAFE_INTEGER);
    whole('runs', runs, 1);
    whole('moves', moves, 1);
    whole('depth', depth, 1);
    const shares = weightsOf(classes, weights);
    this.byClass = new ByClass(shares);
    this.explored = new Explored(model, classes, options.stateBytes);
    this.census = new Census(this.explored);
    this.scheduler = schedulerOf(schedule, this.explored, shares, depth);
    this.walker = new Walker(this.explored);
    this.watch = watcher(model);
    this.open = properties.filter((property) => !isTemporal(property));
  }

  get progress(): { readonly runs: number; readonly moves: number; readonly states: number } {
    return { runs: this.runs, moves: this.moves, states: this.states };
  }

  /** Runs until the runs are used up, every property is decided, or a pause says stop. */
  async run(pause: Pause): Promise<void> {
    const { seed, runs, moves } = this.options;
    const drawn = runsOf(this.model.starts.length, this.classes.length, moves);
    let fault: unknown;
    let nextPause = slice;
    const goesOn = fc.asyncProperty(drawn, async (run) => {
      try {
        this.take(run);
        if (this.open.length === 0) this.cut = 'decided';
        else if (this.moves >= nextPause) {
          nextPause = this.moves + slice;
          if (!(await pause())) this.cut = 'interrupted';
        }
      } catch (thrown) {
        fault = thrown;
        return false;
      }
      return this.cut === undefined;
    });
    await fc.check(goesOn, { seed, numRuns: runs, endOnFailure: true });
    if (fault !== undefined) throw fault;
    this.model.recheck();
  }

  /**
   * The behaviour that decided a property, if one did, and the number of its moves as it was found.
   * @param simplify whether to follow fast-check's shrinks first
   */
  discovered(property: Property, simplify: boolean): { readonly trace: Trace; readonly from: number } | undefined {
    const discovery = this.discoveries.get(property);
    if (discovery === undefined) return undefined;
    const behaviour = this.naturalsOf(discovery);
    this.decides(simplify ? this.simplest(behaviour, property) : behaviour, property);
    return { trace: this.walker.trace(), from: discovery.choices.length };
  }

  report(): Report {
    const { machineCalls, blocked, fullestInbox } = this.model.effort();
    const { runs, moves, states } = this.progress;
    const estimate = this.census.estimate(peersOf(this.model), this.scheduler.isBlind && this.cut !== 'decided');
    return {
      model: this.model.name,
      strategy: 'fuzz',
      coverage: {
        kind: 'sampled',
        ...(this.cut === undefined ? {} : { cut: this.cut }),
        states,
        ...(this.explored.states.isFull ? { uncounted: true } : {}),
        transitions: moves,
        depth: this.longest,
        queue: 0,
        runs,
        schedule: this.scheduler.told(),
        ...(estimate === undefined ? {} : { estimate }),
      },
      findings: this.properties.map((property) => ({
        property: property.name,
        kind: property.kind,
        verdict: settle(property.kind, this.discoveries.has(property), false),
        ...(isTemporal(property) ? { why: 'only the whole graph of states can decide it: check it' } : {}),
      })),
      effort: { machineCalls, blocked, fullestInbox, bytesPerState: this.explored.states.bytes / Math.max(1, states) },
      ...(this.model.machines === undefined ? {} : { machines: this.model.machines() }),
    };
  }

  /** One run: behaviour after behaviour, each from where the one before could go no further, until its moves are used up. */
  private take(run: Drawn): void {
    const { walker, scheduler } = this;
    this.runs++;
    const moves = scheduler.isWhole ? this.options.moves : run.moves;
    const { length: starts } = this.model.starts;
    let first = 0;
    this.census.begin();
    for (let begun = scheduler.begin(run); this.open.length > 0 && first < moves; begun++) {
      const { open } = this;
      scheduler.behave(first);
      walker.walk(begun, moves - first, scheduler, {
        evaluation: this.watch(open),
        found: (index) => {
          const choices = walker.taken();
          this.discoveries.set(open[index] as Property, { start: begun % starts, choices });
        },
        knows: true,
        visit: this.visit,
      });
      this.open = open.filter((property) => !this.discoveries.has(property));
      scheduler.end(walker.length, walker.length === moves - first);
      this.moves += walker.length;
      this.longest = Math.max(this.longest, walker.length);
      first += Math.max(1, walker.length);
      if (scheduler.isWhole) break;
    }
    this.census.end(run.seed);
    this.states = this.explored.states.count;
  }

  /** A behaviour as naturals that pick its moves, whoever picked them. */
  private naturalsOf({ start, choices }: Discovery): Behaviour {
    const naturals: number[] = [];
    const again: Picker = {
      pick: (menus: Menus, at: number) => {
        const picked = menus.entryOf(at, choices[naturals.length] as number);
        naturals.push(this.byClass.naturalFor(menus, at, picked));
        return picked;
      },
    };
    const onlooker = { evaluation: this.watch([unending]), found: ignore, knows: false, visit: ignore };
    this.walker.walk(start, choices.length, again, onlooker);
    return [start, naturals];
  }

  /** Follows fast-check's shrinks as long as they still decide the property. */
  private simplest(behaviour: Behaviour, property: Property): Behaviour {
    const shrinkable = behaviours(this.model.starts.length, this.options.moves);
    let best = behaviour;
    let left = shrinkMoves;
    const simpler = (): Behaviour | undefined => {
      for (const { value } of shrinkable.shrink(best, undefined)) {
        const isDecided = this.decides(value, property);
        if (isDecided) return [value[0], value[1].slice(0, this.walker.length)];
        left -= this.walker.length + 1;
        if (left < 0) return undefined;
      }
      return undefined;
    };
    for (let next = simpler(); next !== undefined; next = simpler()) best = next;
    return best;
  }

  private decides([start, naturals]: Behaviour, property: Property): boolean {
    const evaluation = this.watch([property]);
    const onlooker: Onlooker = { evaluation, found: ignore, knows: false, visit: ignore };
    this.byClass.follow(naturals, 0);
    this.walker.walk(start, naturals.length, this.byClass, onlooker);
    return evaluation.decided;
  }
}

/** Keeps a walk going that nobody watches. */
const unending: Property = { kind: 'always', name: 'the walk goes on', holds: () => true };

const ignore = (): void => {};

function whole(name: string, value: number, min: number): void {
  if (Number.isSafeInteger(value) && value >= min) return;
  throw new ChurnproofError('SEARCH_INVALID', `${name} is ${value}`, {
    expected: min > 0 ? `a whole number from ${min}` : 'a whole number',
  });
}

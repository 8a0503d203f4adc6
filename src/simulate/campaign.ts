/**
 * A fuzzing campaign in the simulator: fast-check draws runs, each a seed that stands for as many naturals as the run has
 * moves. Law: the same seed gives the same campaign. What is found is not shrunk by its seed, which would be another behaviour
 * altogether, but by leaving out moves.
 */
import fc from 'fast-check';
import { naturalOf } from '../check/dice.js';
import { dialsOf, weightsOf } from '../check/schedule.js';
import {
  ChurnproofError,
  isTemporal,
  type Property,
  type Report,
  type ScheduleName,
  type System,
  settle,
} from '../kernel/index.js';
import type { Taken } from './attempts.js';
import { Shortener } from './shorten.js';
import { Simulation } from './simulation.js';
import { Watching } from './watching.js';

/** @internal */
export interface SimulationCampaignOptions {
  readonly seed: number;
  readonly runs: number;
  /** The moves of one run. */
  readonly moves: number;
  /** By class: how often it is picked beside the others; default 1. */
  readonly weights?: Readonly<Record<string, number>>;
  /** How the moves are picked: `swarm` (the default) or `uniform`. */
  readonly schedule?: ScheduleName;
}

/** Lets others have their turn; whether to go on. */
type Pause = () => Promise<boolean>;

/** What decided a property. @internal */
export interface Discovery {
  readonly start: number;
  /** Moves before any were left out. */
  readonly from: number;
  readonly taken: readonly Taken[];
}

/** Part of a run that is one behaviour. */
interface Stretch {
  readonly start: number;
  readonly dials: readonly number[];
  readonly seed: number;
  /** Its first natural, and how many it used. */
  readonly first: number;
  readonly length: number;
}

/** Moves between two pauses; fewer where xstate itself takes the steps. */
const slices = { compiled: 20_000, interpreted: 500 };

/** Every how many moves it is asked whether a state is quiet though something is on its way. */
const quietEvery = 64;

/** @internal */
export class SimulationCampaign {
  runs = 0;
  moves = 0;
  readonly simulation: Simulation;
  private readonly found = new Map<Property, Stretch>();
  private open: readonly Property[];
  private watching: Watching;
  private longest = 0;
  private quietStates = 0;
  private nextPause: number;
  private readonly slice: number;
  private readonly schedule: 'swarm' | 'uniform';
  private cut: 'interrupted' | 'decided' | undefined;

  constructor(
    // biome-ignore lint/suspicious/noExplicitAny: a system of any peers
    system: System<any, any>,
    private readonly properties: readonly Property[],
    classes: readonly string[],
    private readonly options: SimulationCampaignOptions,
  ) {
    const { schedule = 'swarm' } = options;
    if (schedule !== 'swarm' && schedule !== 'uniform') throw needsPacked(schedule);
    this.schedule = schedule;
    const weights = weightsOf(classes, options.weights);
    this.simulation = new Simulation(system);
    this.slice = this.simulation.notCompiled.length > 0 ? slices.interpreted : slices.compiled;
    this.nextPause = this.slice;
    const own = this.simulation.classes.map(({ name }) => weights[classes.indexOf(name)] ?? 0);
    this.simulation.weigh(own);
    this.open = properties.filter((property) => !isTemporal(property));
    this.watching = new Watching(this.simulation, this.open);
  }

  /** Runs until the runs are used up, every property is decided, or a pause says stop. */
  async run(pause: Pause): Promise<void> {
    const { seed, runs } = this.options;
    const { starts, classes } = this.simulation;
    const drawn = fc.noBias(
      fc.tuple(fc.nat(starts.length - 1), dialsOf(classes.length, this.schedule === 'swarm'), fc.nat(0x7fffffff)),
    );
    let fault: unknown;
    const goesOn = fc.asyncProperty(drawn, async ([start, dials, of]) => {
      try {
        await this.take(start, dials, of, pause);
        if (this.open.length === 0) this.cut ??= 'decided';
      } catch (thrown) {
        fault = thrown;
        return false;
      }
      return this.cut === undefined;
    });
    await fc.check(goesOn, { seed, numRuns: runs, endOnFailure: true });
    if (fault !== undefined) throw fault;
  }

  /** The behaviour that decided a property, if one did: how long it was as it was found, and without its needless moves. */
  async discovered(property: Property, pause: Pause): Promise<Discovery | undefined> {
    const stretch = this.found.get(property);
    if (stretch === undefined) return undefined;
    const { start, dials, seed, first, length } = stretch;
    const { simulation } = this;
    const whole: Taken[] = [];
    simulation.begin(start);
    for (let i = 0; i < length; i++) {
      if (!simulation.take(naturalOf(seed, first + i), dials)) throw lost(property);
      whole.push(simulation.latest());
    }
    const shortener = new Shortener(simulation, property, pause);
    if (shortener.play(start, whole) === undefined) throw lost(property);
    return { start, from: length, taken: await shortener.shorten(start, whole) };
  }

  report(): Report {
    const { simulation, properties, found, runs, moves } = this;
    const { machineCalls, blocked, fullestInbox, steps, judged, interpreted } = simulation.effort();
    return {
      model: simulation.name,
      strategy: 'simulate',
      coverage: {
        kind: 'sampled',
        ...(this.cut === undefined ? {} : { cut: this.cut }),
        states: 0,
        transitions: moves,
        depth: this.longest,
        queue: 0,
        runs,
        schedule: { name: this.schedule },
        simulated: {
          steps,
          judged,
          interpreted,
          quietStates: this.quietStates,
          notCompiled: simulation.notCompiled,
        },
      },
      findings: properties.map((property) => ({
        property: property.name,
        kind: property.kind,
        verdict: settle(property.kind, found.has(property), false),
        ...(isTemporal(property) ? { why: 'only the whole graph of states can decide it: check it' } : {}),
      })),
      effort: { machineCalls, blocked, fullestInbox, bytesPerState: 0 },
    };
  }

  /** One run: behaviour after behaviour, each from where the one before could go no further, until its naturals are used up. */
  private async take(start: number, dials: readonly number[], seed: number, pause: Pause): Promise<void> {
    this.runs++;
    const { simulation } = this;
    const { moves } = this.options;
    let first = 0;
    for (let begun = start; first < moves && this.open.length > 0 && this.cut === undefined; begun++) {
      const at = begun % simulation.starts.length;
      let length = 0;
      let decided = 0;
      const { open } = this;
      const found = (index: number) => {
        decided++;
        this.found.set(open[index] as Property, { start: at, dials, seed, first, length });
      };
      simulation.begin(at);
      this.watching.begin(found);
      if (this.watching.watchesQuiet) this.lookForQuiet(found);
      while (first + length < moves && decided < open.length) {
        if (!simulation.take(naturalOf(seed, first + length), dials)) {
          if (this.watching.watchesQuiet) this.atQuiet(found);
          break;
        }
        length++;
        this.watching.atStep(found);
        this.watching.atState(found);
        if (this.watching.watchesQuiet && (simulation.situation.flights.length === 0 || length % quietEvery === 0))
          this.lookForQuiet(found);
        if (this.moves + length >= this.nextPause) {
          this.nextPause += this.slice;
          this.moves += length;
          const goesOn = await pause();
          this.moves -= length;
          if (!goesOn) {
            this.cut = 'interrupted';
            break;
          }
        }
      }
      this.moves += length;
      this.longest = Math.max(this.longest, length);
      first += Math.max(1, length);
      if (decided === 0) continue;
      this.open = open.filter((property) => !this.found.has(property));
      this.watching = new Watching(simulation, this.open);
    }
  }

  private lookForQuiet(found: (index: number) => void): void {
    if (!this.simulation.isBusy && this.simulation.isQuiet()) this.atQuiet(found);
  }

  private atQuiet(found: (index: number) => void): void {
    this.quietStates++;
    this.watching.atQuiet(found);
  }
}

function needsPacked(schedule: ScheduleName): ChurnproofError {
  return new ChurnproofError('SEARCH_INVALID', `a simulation cannot pick moves by the schedule '${schedule}'`, {
    expected: 'swarm or uniform: it works out one move at a time, and the others must know all that are enabled',
    hint: 'leave out --simulate, or say --no-simulate where the configuration asks for it',
  });
}

function lost(property: Property): ChurnproofError {
  return new ChurnproofError('ENGINE_DEVIATES', `what decided '${property.name}' does not do so a second time`, {
    expected: 'the same behaviour from the same seed',
    hint: 'look for a property, an offer or a guard that remembers something outside; otherwise this is a mistake of churnproof, please report it',
  });
}

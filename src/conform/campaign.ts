/**
 * A campaign: an implementation and a model taken through the same schedules, random ones or all there are. What goes apart is
 * sorted: by the known divergences that explain it, and, where none does, by what differs; of each sort the shortest is kept.
 */
import fc from 'fast-check';
import {
  ChurnproofError,
  canonical,
  type Model,
  type Peers,
  type Plain,
  type Suite,
  type Trace,
  type Values,
} from '../kernel/index.js';
import { select } from '../run/suite.js';
import { compose } from '../system/index.js';
import type { Adapter, AnyAdapter } from './adapter.js';
import { type Chooser, drive, type Run } from './drive.js';
import { type Explanation, explains, isRecorded, type KnownDivergence, movesOf } from './known.js';
import { type Allowed, Reference } from './reference.js';
import { byNaturals, EverySchedule, type Extent, schedulesOf } from './schedules.js';
import { shortest, withoutNeedless } from './shortest.js';

/** What is held against what. @public */
export interface Campaign<P extends Peers = Peers, Setup = unknown> {
  readonly name: string;
  readonly adapter: Adapter<P, Setup>;
  /** The reference: a suite, so that a divergence can be replayed on it by name. */
  readonly suite: Suite;
  readonly configuration: string;
  readonly set?: Values;
  readonly known?: readonly KnownDivergence[];
  readonly explanations?: readonly Explanation[];
}

/** Which schedules a campaign tries. @public */
export type Schedules =
  /** Each there is, from every start. */
  | ({ readonly kind: 'exhaustive' } & Partial<Extent>)
  | ({ readonly kind: 'random'; readonly runs: number; readonly seed: number } & Partial<Extent>);

/** How a campaign tells how far it is, and how it is stopped. @public */
export interface ConformOptions {
  /** Called before each schedule with how many there were. */
  readonly onSchedule?: (schedules: number) => void;
  /** Asked before each schedule; a campaign that was stopped is not complete, and says so. */
  readonly stop?: () => boolean;
}

/** Divergences of one sort. @public */
export interface Divergences {
  /** Ids of the known ones that explain them; none for new ones. */
  readonly known: readonly string[];
  readonly schedules: number;
  /** The shortest schedule: of the scope in an exhaustive campaign, else as far as it could be shrunk. */
  readonly shortest: Run;
  /** Of the start: which of the model's it is. */
  readonly label: string;
  /** What the model does in it, moves that nobody drove included. */
  readonly trace: Trace;
}

/** What came of a campaign: where implementation and model went apart, and how much was tried. @public */
export interface ConformReport {
  readonly campaign: string;
  readonly implementation: string;
  readonly version: string;
  readonly model: string;
  readonly configuration: string;
  readonly values: Values;
  readonly mode: Schedules;
  /** Whether the campaign came to its end. */
  readonly complete: boolean;
  readonly schedules: number;
  readonly moves: number;
  /** Schedules in which the two agreed throughout. */
  readonly agreed: number;
  /** How often each aspect was compared, and how many different values were seen: one alone proves little. */
  readonly aspects: readonly { readonly aspect: string; readonly compared: number; readonly values: number }[];
  readonly divergences: readonly Divergences[];
  /** Known divergences of this implementation that did not occur. */
  readonly gone: readonly string[];
}

/** Whether nothing new was found, and something was compared. @public */
export const isAsKnown = ({ divergences, aspects, complete }: ConformReport): boolean =>
  complete && divergences.every(({ known }) => known.length > 0) && aspects.some(({ compared }) => compared > 0);

/** What a divergence is counted under. */
interface Sort {
  readonly key: string;
  readonly known: readonly string[];
  /** The schedule by which it is known. */
  readonly small?: Run;
}

const usualExtent: Extent = { moves: 100, repeats: 1 };

/** Takes an implementation through the schedules of a model. @public */
export async function conform<P extends Peers, Setup>(
  campaign: Campaign<P, Setup>,
  mode: Schedules,
  options: ConformOptions = {},
): Promise<ConformReport> {
  return new Conformance(campaign as unknown as Campaign, mode, options).run();
}

class Conformance {
  readonly model: Model;
  private readonly adapter: AnyAdapter;
  private readonly extent: Extent;
  private readonly reference: Reference;
  private readonly explanations: readonly { readonly because: readonly string[]; readonly reference: Reference }[];
  private readonly known: readonly KnownDivergence[];
  private readonly sorts = new Map<string, { known: readonly string[]; schedules: number; shortest: Run }>();
  private readonly seen = new Map<string, { compared: number; values: Set<string> }>();
  private readonly values: Values;
  private schedules = 0;
  private moves = 0;
  private agreed = 0;

  constructor(
    private readonly campaign: Campaign,
    private readonly mode: Schedules,
    private readonly options: ConformOptions,
  ) {
    const { adapter, suite, configuration, set = {}, known = [], explanations = [] } = campaign;
    const selection = select(suite, configuration, set, () => []);
    this.adapter = adapter;
    this.values = selection.values;
    this.model = compose(selection.system);
    this.extent = { moves: mode.moves ?? usualExtent.moves, repeats: mode.repeats ?? usualExtent.repeats };
    this.reference = new Reference(this.model, adapter);
    this.known = known.filter((one) => one.implementation === adapter.name && one.version === adapter.version);
    this.explanations = explanations.map(({ because, system }) => ({
      because,
      reference: new Reference(compose(system), adapter),
    }));
    checkExplanations(explanations, known);
    for (const aspect of Object.keys(adapter.aspects)) this.seen.set(aspect, { compared: 0, values: new Set() });
  }

  async run(): Promise<ConformReport> {
    const complete = this.mode.kind === 'exhaustive' ? await this.every() : await this.random(this.mode);
    return this.report(complete);
  }

  private async every(): Promise<boolean> {
    for (let start = 0; start < this.model.starts.length; start++) {
      const all = new EverySchedule(this.extent);
      for (let next = all.next(); next !== undefined; next = all.next()) {
        if (this.options.stop?.()) return false;
        await this.sort(await this.drive(start, next, true));
        all.advance();
      }
    }
    return true;
  }

  private async random(mode: Extract<Schedules, { kind: 'random' }>): Promise<boolean> {
    const drawn = schedulesOf(this.model.starts.length, this.extent.moves);
    for (const [start, naturals] of fc.sample(drawn, { numRuns: mode.runs, seed: mode.seed })) {
      if (this.options.stop?.()) return false;
      await this.sort(await this.drive(start, byNaturals(naturals, this.extent), true), naturals);
    }
    return true;
  }

  /** On a fresh instance; counted unless it is only to shorten something. */
  private async drive(start: number, choose: Chooser, isCounted = false): Promise<Run> {
    if (isCounted) {
      this.options.onSchedule?.(this.schedules);
      this.schedules++;
    }
    const { state } = this.model.starts[start] as Model['starts'][number];
    const setup = this.model.observe((world) => this.adapter.setup(world)).at(state);
    const run = await drive(this.reference, this.adapter, setup, start, choose, isCounted ? this : undefined);
    if (isCounted) this.moves += run.steps.length - 1;
    return run;
  }

  /** @internal */
  compared(aspect: string, { values }: Allowed, seen: Plain): void {
    const tally = this.seen.get(aspect);
    if (tally === undefined || values === undefined || seen === undefined) return;
    tally.compared++;
    // Few are enough to tell that it is not always the same.
    if (tally.values.size < 1000) tally.values.add(canonical(seen));
  }

  private async sort(run: Run, naturals?: readonly number[]): Promise<void> {
    if (run.divergence === undefined) {
      this.agreed++;
      return;
    }
    const sort = (await this.recorded(run)) ?? this.sortOf(run);
    const before = this.sorts.get(sort.key);
    if (before !== undefined) {
      before.schedules++;
      if (isBefore(run, before.shortest)) before.shortest = run;
      return;
    }
    const found = sort.small ?? (this.mode.kind === 'exhaustive' ? run : await this.shortened(run, sort.key, naturals));
    this.sorts.set(sort.key, { known: sort.known, schedules: 1, shortest: found });
  }

  private sortOf(run: Run): Sort {
    const explained = this.explanations.find(({ reference }) => explains(reference, run));
    if (explained !== undefined) return { key: `known ${explained.because.join(' ')}`, known: explained.because };
    const { aspect, failure } = run.divergence ?? {};
    return { key: `new ${aspect ?? ''} ${failure?.kind ?? ''}`, known: [] };
  }

  /** The known divergence that a run without an explanation comes down to, if one is recorded by its shortest schedule. */
  private async recorded(run: Run): Promise<Sort | undefined> {
    const recorded = this.known.filter(({ shortest: schedule }) => schedule !== undefined);
    const sort = this.sortOf(run);
    if (recorded.length === 0 || sort.known.length > 0) return undefined;
    const shows = (other: Run) => other.divergence !== undefined && this.sortOf(other).key === sort.key;
    const small = await withoutNeedless(run, { drive: (start, choose) => this.drive(start, choose), shows });
    const found = recorded.find((one) => isRecorded(one, small));
    return found && { key: `known ${found.id}`, known: [found.id], small };
  }

  private shortened(run: Run, key: string, naturals?: readonly number[]): Promise<Run> {
    const shortening = {
      drive: (start: number, choose: Chooser) => this.drive(start, choose),
      shows: (other: Run) => other.divergence !== undefined && this.sortOf(other).key === key,
      starts: this.model.starts.length,
      extent: this.extent,
    };
    return shortest(run, shortening, naturals);
  }

  private report(complete: boolean): ConformReport {
    const divergences = [...this.sorts.values()].map((sort): Divergences => {
      const trace = traceOfRun(this.reference, sort.shortest);
      const { label } = this.model.starts[sort.shortest.start] as Model['starts'][number];
      return { ...sort, label, trace };
    });
    const occurred = new Set(divergences.flatMap(({ known }) => known));
    const { name, adapter, suite, configuration } = this.campaign;
    return {
      campaign: name,
      implementation: adapter.name,
      version: adapter.version,
      model: suite.model,
      configuration,
      values: this.values,
      mode: this.mode,
      complete,
      schedules: this.schedules,
      moves: this.moves,
      agreed: this.agreed,
      aspects: [...this.seen].map(([aspect, { compared, values }]) => ({ aspect, compared, values: values.size })),
      divergences: divergences.toSorted((a, b) => a.known.length - b.known.length || b.schedules - a.schedules),
      gone: this.known.map(({ id }) => id).filter((id) => !occurred.has(id)),
    };
  }
}

function traceOfRun(reference: Reference, { start, steps, divergence }: Run): Trace {
  let belief = reference.begin(start);
  for (const [at, { move, seen }] of steps.entries()) {
    if (move !== undefined) belief = reference.after(belief, move);
    if (at === divergence?.step || seen === undefined) break;
    belief = reference.agreeing(belief, seen);
  }
  return reference.trace(belief);
}

function isBefore(a: Run, b: Run): boolean {
  const [left, right] = [movesOf(a).length, movesOf(b).length];
  return left < right || (left === right && a.start < b.start);
}

function checkExplanations(explanations: readonly Explanation[], known: readonly KnownDivergence[]): void {
  const ids = known.map(({ id }) => id);
  const stranger = explanations.flatMap(({ because }) => because).find((id) => !ids.includes(id));
  if (stranger === undefined && explanations.every(({ because }) => because.length > 0)) return;
  throw new ChurnproofError('KNOWN_INVALID', `an explanation names ${stranger ?? 'no divergence'}`, {
    expected: `one or more of ${ids.join(', ')}`,
  });
}

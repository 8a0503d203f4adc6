/**
 * Trace validation: is there a behaviour of the model that explains a log? Between two lines any number of moves may have happened
 * that nobody logged. All states that the log so far can have led to are followed at once, line by line, so the answer does not
 * hang on a guess (the subset construction; for specifications as judges of logs see Cirstea, Kuppe, Loillier and Merz,
 * "Validating traces of distributed programs against TLA+ specifications", 2024).
 */
import { Store } from '../check/store.js';
import {
  ChurnproofError,
  describeMove,
  type Model,
  type Move,
  Moves,
  moveClass,
  type State,
  type Trace,
  traceOf,
} from '../kernel/index.js';
import type { LogLine } from './log.js';
import { isMove, misplaced } from './match.js';

/** What a log leaves out, and how far the search goes. @public */
export interface ValidationOptions {
  /** Classes of move that were not logged; default: those that no line of the log names. */
  readonly hidden?: readonly string[];
  /** States looked at, over all lines; default 1,000,000. */
  readonly maxStates?: number;
}

/** Whether some behaviour of the model explains a log; if none does, from which line on. @public */
export type LogVerdict =
  | {
      readonly verdict: 'accepted';
      /** A behaviour that explains the log, moves that were not logged included. */
      readonly trace: Trace;
      /** By line, how many moves of the trace came up to it, its own included. */
      readonly upTo: readonly number[];
    }
  | {
      readonly verdict: 'rejected';
      /** The first line that no behaviour explains. */
      readonly line: LogLine;
      /** What the model could have done instead, each once, those most like the line first. */
      readonly candidates: readonly string[];
      /** Where some move was as told and what followed was not: the peers that stood otherwise. */
      readonly misplaced: readonly string[];
      /** A behaviour that explains the lines before it. */
      readonly trace: Trace;
    }
  | { readonly verdict: 'undecided'; readonly line: LogLine };

/** A verdict on a log, and how much was looked at for it. @public */
export type Validation = LogVerdict & {
  readonly lines: number;
  readonly hidden: readonly string[];
  readonly states: number;
};

/**
 * @param classes every class of move that the model can have
 * @throws ChurnproofError LOG_INVALID for a line that names a peer, or a hidden class, that there is not
 * @public
 */
export function validateLog(
  model: Model,
  classes: readonly string[],
  log: readonly LogLine[],
  { hidden, maxStates = 1_000_000 }: ValidationOptions = {},
): Validation {
  const named = new Set(log.map(classOf));
  const unlogged = hidden ?? classes.filter((one) => !named.has(one));
  checkNames(model, classes, log, unlogged);
  const search = new LogSearch(model, new Set(unlogged), maxStates);
  return { ...search.run(log), lines: log.length, hidden: unlogged, states: search.states };
}

/** The class that a line's move belongs to; the kind where an operation is not named. */
const classOf = ({ kind, fields }: LogLine): string | undefined =>
  kind === 'operation' && typeof fields.operation === 'string' ? fields.operation : kind;

/** A state that the log can have led to, and how. */
interface Node {
  readonly state: State;
  /** `undefined` for a start. */
  readonly from: Node | undefined;
  readonly start: number;
  readonly choice: number;
  /** Moves before it. */
  readonly depth: number;
}

class LogSearch {
  states = 0;
  private readonly moves = new Moves();
  private readonly after: State;

  constructor(
    private readonly model: Model,
    private readonly hidden: ReadonlySet<string>,
    private readonly maxStates: number,
  ) {
    this.after = new Int32Array(model.width);
  }

  run(log: readonly LogLine[]): LogVerdict {
    let nodes: readonly Node[] = this.model.starts.map(({ state }, start) => ({
      state,
      from: undefined,
      start,
      choice: -1,
      depth: 0,
    }));
    const upTo: (readonly Node[])[] = [];
    for (const line of log) {
      const reached = this.withHidden(nodes);
      if (this.states >= this.maxStates) return { verdict: 'undecided', line };
      const next = line.kind === undefined ? this.looking(reached, line) : this.moving(reached, line);
      if (next.length === 0) return this.rejected(reached, line);
      upTo.push(next);
      nodes = next;
    }
    const last = nodes[0] as Node;
    const way = wayTo(last);
    const marks = upTo.map((layer) => layer.find((node) => way.has(node))?.depth ?? 0);
    return { verdict: 'accepted', trace: this.traceTo(last), upTo: marks };
  }

  /** Those, and all that moves which were not logged lead to from there; the nearest first. */
  private withHidden(nodes: readonly Node[]): readonly Node[] {
    const layer = new Layer(this.model.width);
    for (const node of nodes) layer.add(node);
    for (let at = 0; at < layer.nodes.length && this.states < this.maxStates; at++) {
      const node = layer.nodes[at] as Node;
      this.states++;
      this.expand(node, (move, after) => {
        if (this.hidden.has(moveClass(move))) layer.add(after());
      });
    }
    return layer.nodes;
  }

  private moving(nodes: readonly Node[], line: LogLine): readonly Node[] {
    const layer = new Layer(this.model.width);
    for (const node of nodes) {
      this.expand(node, (move, after) => {
        if (!isMove(line, move)) return;
        const next = after();
        if (this.misplacedAt(line, next) === undefined) layer.add(next);
      });
    }
    return layer.nodes;
  }

  private looking(nodes: readonly Node[], line: LogLine): readonly Node[] {
    return nodes.filter((node) => this.misplacedAt(line, node) === undefined);
  }

  private misplacedAt(line: LogLine, { state }: Node): string | undefined {
    return line.after === undefined ? undefined : misplaced(line, this.model.picture(state));
  }

  private rejected(nodes: readonly Node[], line: LogLine): LogVerdict {
    const offered = new Map<string, boolean>();
    const elsewhere = new Set<string>();
    const look = (node: Node) => {
      const name = this.misplacedAt(line, node);
      if (name !== undefined) elsewhere.add(name);
    };
    for (const node of nodes) {
      if (line.kind === undefined) look(node);
      this.expand(node, (move, after) => {
        offered.set(describeMove(move), move.kind === line.kind);
        if (isMove(line, move)) look(after());
      });
    }
    const candidates = [...offered].sort((a, b) => Number(b[1]) - Number(a[1])).map(([text]) => text);
    return {
      verdict: 'rejected',
      line,
      candidates,
      misplaced: [...elsewhere].sort(),
      trace: this.traceTo(nodes[0] as Node),
    };
  }

  /** Tells each move that is enabled, and how to get what it leads to. */
  private expand(node: Node, tell: (move: Move, after: () => Node) => void): void {
    const { model, moves } = this;
    model.expand(node.state, moves);
    for (let choice = 0; choice < moves.count; choice++) {
      tell(model.move(moves, choice), () => {
        this.after.set(node.state);
        moves.apply(choice, this.after);
        return { state: this.after.slice(), from: node, start: node.start, choice, depth: node.depth + 1 };
      });
    }
  }

  private traceTo(node: Node): Trace {
    const choices: number[] = [];
    for (let at: Node = node; at.from !== undefined; at = at.from) choices.unshift(at.choice);
    return traceOf(this.model, node.start, choices);
  }
}

/** Distinct states, in the order in which they were added. */
class Layer {
  readonly nodes: Node[] = [];
  private readonly store: Store;

  constructor(width: number) {
    this.store = new Store(width);
  }

  add(node: Node): void {
    const known = this.store.count;
    this.store.addStart(node.state, 0);
    if (this.store.count > known) this.nodes.push(node);
  }
}

function wayTo(last: Node): ReadonlySet<Node> {
  const way = new Set<Node>();
  for (let at: Node | undefined = last; at !== undefined; at = at.from) way.add(at);
  return way;
}

/** A name that nobody has would be rejected at once, and the reason would be hard to see. */
function checkNames(
  model: Model,
  classes: readonly string[],
  log: readonly LogLine[],
  hidden: readonly string[],
): void {
  const names = model.picture((model.starts[0] as Model['starts'][number]).state).peers.map(({ name }) => name);
  for (const { line, fields, after = {} } of log) {
    const { peer, from, to } = fields;
    const stranger = [peer, from, to, ...Object.keys(after)].find(
      (name) => typeof name === 'string' && !names.includes(name),
    );
    if (stranger === undefined) continue;
    throw new ChurnproofError('LOG_INVALID', `the line names a peer '${stranger}', which there is not`, {
      where: `line ${line}`,
      expected: `one of ${names.join(', ')}`,
    });
  }
  const unknown = hidden.find((one) => !classes.includes(one));
  if (unknown === undefined) return;
  throw new ChurnproofError('LOG_INVALID', `'${unknown}' is no class of move of this system`, {
    expected: `one of ${classes.join(', ')}`,
  });
}

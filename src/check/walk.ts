/**
 * A walk: one behaviour, made move by move as a picker picks them. What was seen before is looked up: where a state has been
 * before, its moves are known, and where a move has been taken before, the state after it. Law: a choice is an index into what
 * `expand` gives, whoever picks it, so the same choices are the same behaviour.
 */
import { type Model, type State, type Trace, traceOf } from '../kernel/index.js';
import type { Evaluation, Found } from './evaluation.js';
import type { Explored } from './explored.js';
import { entry, head, type Menus, notTaken } from './menus.js';
import { noRoom } from './seen.js';

/** Picks moves. @internal */
export interface Picker {
  /** The place in the pool of the entry to take, of the menu at `at`; -1 for none, which ends the walk. */
  pick(menus: Menus, at: number): number;
}

/** Who looks on while a walk goes its way. @internal */
export interface Onlooker {
  readonly evaluation: Evaluation;
  readonly found: Found;
  /** Whether what was evaluated before in a walk that this is true of, on the same ground, need not be so again. */
  readonly knows: boolean;
  /**
   * Told the number of every state, the start included, or -1 where there is no room for it; and the code of the move that led
   * there, or -1.
   */
  visit(state: number, code: number): void;
}

const evaluated = 1;
const evaluatedQuiet = 2;

/** Walks one model again and again, without making anything new on the way. @internal */
export class Walker {
  /** Moves taken in the latest walk. */
  length = 0;
  private start = 0;
  /** Their indices among the enabled moves. */
  private choices = new Int32Array(1024);
  private readonly state: State;
  private readonly before: State;
  /** By number of a state: what an onlooker that knows has seen evaluated. */
  private done = new Uint8Array(256);

  constructor(readonly explored: Explored) {
    const { width } = explored.model;
    this.state = new Int32Array(width);
    this.before = new Int32Array(width);
  }

  /** Takes moves until there are `most`, all that is watched is decided, or nothing that is enabled changes anything. */
  walk(start: number, most: number, picker: Picker, onlooker: Onlooker): void {
    const { explored, state, before } = this;
    const { model, states, menus } = explored;
    const { evaluation, found, knows } = onlooker;
    if (most > this.choices.length) this.choices = new Int32Array(most);
    const { choices } = this;
    this.length = 0;
    this.start = start % model.starts.length;
    state.set((model.starts[this.start] as Model['starts'][number]).state);
    let id = states.add(state);
    /** Whether `state` is the state we are in; otherwise only its number is known. */
    let isRead = true;
    onlooker.visit(id, -1);
    if (!knows || this.isFirst(id, evaluated)) evaluation.atState(state, found);
    for (let goesOn = true; ; ) {
      let at = menus.find(id);
      if (at < 0) {
        if (!isRead) states.read(id, state);
        isRead = true;
        at = menus.make(id, state);
      }
      if (menus.pool[at + head.quiet] === 1 && (!knows || this.isFirst(id, evaluatedQuiet))) {
        if (!isRead) states.read(id, state);
        isRead = true;
        evaluation.atQuiet(state, found);
      }
      if (!goesOn || this.length === most || evaluation.decided) return;
      const picked = picker.pick(menus, at);
      if (picked < 0) return;
      const { pool } = menus;
      // What is left is idle: it is a step all the same, but no way on.
      goesOn = pool[at + head.idle] !== pool[at + head.count];
      choices[this.length++] = pool[picked + entry.choice] as number;
      const code = pool[picked + entry.code] as number;
      const after = pool[picked + entry.after] as number;
      if (after !== notTaken && knows) {
        id = after;
        isRead = false;
        onlooker.visit(id, code);
        continue;
      }
      if (!isRead) states.read(id, state);
      isRead = true;
      before.set(state);
      const from = (pool[picked + entry.changes] as number) + 1;
      const end = from + 2 * (pool[from - 1] as number);
      menus.apply(picked, state);
      id = after === notTaken ? states.add(state) : after;
      if (id !== noRoom && knows) pool[picked + entry.after] = id;
      onlooker.visit(id, code);
      if (evaluation.watchesSteps) evaluation.atStep(before, state, found);
      if (!knows || this.isFirst(id, evaluated)) evaluation.atStateBy(before, pool, from, end, state, found);
    }
  }

  /** The latest walk as a trace. */
  trace(): Trace {
    return traceOf(this.explored.model, this.start, this.taken());
  }

  /** The choices of the latest walk. */
  taken(): number[] {
    return [...this.choices.subarray(0, this.length)];
  }

  /** Whether this has not been done for the state, and notes that it is now. */
  private isFirst(id: number, what: number): boolean {
    if (id === noRoom) return true;
    if (id >= this.done.length) {
      const wider = new Uint8Array(Math.max(id + 1, this.done.length * 2));
      wider.set(this.done);
      this.done = wider;
    }
    const known = this.done[id] as number;
    if ((known & what) !== 0) return false;
    this.done[id] = known | what;
    return true;
  }
}

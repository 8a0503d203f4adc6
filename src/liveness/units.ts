/**
 * Units of fairness: which moves take turns together. A delivery is one unit for each message to each peer, a timer one for
 * each peer, an operation one for each peer and choice, whatever it observes; churn one for each peer that it strikes.
 */
import { canonical, type Model, type Move, type Moves, moveClass, moveKinds } from '../kernel/index.js';

/** By kind: whether its `what` tells one unit from another. */
const isTold = moveKinds.map((kind) => !['join', 'leave', 'crash', 'restart', 'heal'].includes(kind));

const operation = moveKinds.indexOf('operation');

/** @internal */
export class Units {
  /** Class of each unit, by its number. */
  private readonly classes: string[] = [];
  /** By kind, peer and what. */
  private readonly table: number[][][] = moveKinds.map(() => []);
  /** Of operations: by peer, what and detail, and by what they stand for. */
  private readonly choices: number[][][] = [];
  private readonly meant = new Map<string, number>();

  constructor(private readonly model: Model) {}

  get count(): number {
    return this.classes.length;
  }

  classOf(unit: number): string {
    return this.classes[unit] as string;
  }

  /** The number of the unit that move `i` belongs to. */
  of(moves: Moves, i: number): number {
    const kind = moves.kind[i] as number;
    if (kind === operation) return this.ofOperation(moves, i);
    const byPeer = this.table[kind] as number[][];
    const peer = (moves.peer[i] as number) + 1; // -1 where a move has no peer
    const byWhat = byPeer[peer] ?? [];
    byPeer[peer] = byWhat;
    const what = isTold[kind] ? (moves.what[i] as number) : 0;
    byWhat[what] ??= this.add(this.model.move(moves, i));
    return byWhat[what] as number;
  }

  private ofOperation(moves: Moves, i: number): number {
    const [peer, what, detail] = [moves.peer[i] as number, moves.what[i] as number, moves.detail[i] as number];
    const byWhat = this.choices[peer] ?? [];
    this.choices[peer] = byWhat;
    const byDetail = byWhat[what] ?? [];
    byWhat[what] = byDetail;
    if (byDetail[detail] === undefined) {
      const move = this.model.move(moves, i);
      const key = `${peer} ${what} ${move.kind === 'operation' ? canonical(move.args) : ''}`;
      byDetail[detail] = this.meant.get(key) ?? this.add(move);
      this.meant.set(key, byDetail[detail] as number);
    }
    return byDetail[detail] as number;
  }

  private add(move: Move): number {
    return this.classes.push(moveClass(move)) - 1;
  }

  /** By unit: whether its class is among these. */
  among(classes: readonly string[] = []): Uint8Array {
    return Uint8Array.from(this.classes, (name) => (classes.includes(name) ? 1 : 0));
  }
}

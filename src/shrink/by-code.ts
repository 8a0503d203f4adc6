/** A table from the code of a packed move to anything that depends on the code alone, filled on first need. */
import type { Moves } from '../kernel/index.js';

/** @internal */
export class ByCode<T> {
  /** By kind, peer, what and detail. */
  private readonly table: T[][][][] = [];

  constructor(private readonly make: (moves: Moves, index: number) => T) {}

  at(moves: Moves, index: number): T {
    const byPeer = row(this.table, moves.kind[index] as number);
    const byWhat = row(byPeer, (moves.peer[index] as number) + 1); // -1 where a move has no peer
    const byDetail = row(byWhat, moves.what[index] as number);
    const detail = moves.detail[index] as number;
    byDetail[detail] ??= this.make(moves, index);
    return byDetail[detail] as T;
  }
}

function row<R>(table: R[][], index: number): R[] {
  table[index] ??= [];
  return table[index];
}

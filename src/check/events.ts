/**
 * Events: moves told apart by what they are meant to be, whatever came before. The same event may be enabled in many states; what
 * an operation observes of other peers is no part of it. Each has a class, by which weights are stated.
 */
import { intentOf, type Model, type Moves, moveClass } from '../kernel/index.js';
import { Seen } from './seen.js';

/** @internal */
export class Events {
  /** By event: the index of its class, and the index of the peer that does it, -1 for the network as a whole. */
  readonly classes: number[] = [];
  readonly peers: number[] = [];
  /** By code: the event. An operation that observes something else has another code, and is the same event. */
  readonly ofCode: number[] = [];
  private readonly byIntent = new Map<string, number>();
  private readonly codes = new Seen(4);
  private readonly code = new Int32Array(4);

  /** @param names every class that a move of the model can have */
  constructor(
    private readonly model: Model,
    private readonly names: readonly string[],
  ) {}

  get count(): number {
    return this.classes.length;
  }

  /** The number of the code of move `i`: equal codes, equal moves. */
  codeOf(moves: Moves, i: number): number {
    const { code, codes } = this;
    code[0] = moves.kind[i] as number;
    code[1] = moves.peer[i] as number;
    code[2] = moves.what[i] as number;
    code[3] = moves.detail[i] as number;
    const known = codes.add(code);
    if (codes.isNew) this.ofCode[known] = this.intern(moves, i);
    return known;
  }

  private intern(moves: Moves, i: number): number {
    const move = this.model.move(moves, i);
    const intent = intentOf(move);
    const known = this.byIntent.get(intent);
    if (known !== undefined) return known;
    const event = this.classes.length;
    this.byIntent.set(intent, event);
    this.classes.push(this.names.indexOf(moveClass(move)));
    this.peers.push(moves.peer[i] as number);
    return event;
  }
}

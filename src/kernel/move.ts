/** The kinds of move a system can make, as plain readable data, and the one line that tells a person what happened. */
import { canonical, type Plain, show } from './plain.js';

/** Something a peer hears: a type and plain fields. @public */
export interface Message {
  readonly type: string;
  readonly [field: string]: Plain;
}

/** A message on its way. @public */
export interface Envelope {
  readonly from: string;
  readonly to: string;
  readonly message: Message;
}

/** What one step of a behaviour did. @public */
export type Move =
  | ({ readonly kind: 'deliver' | 'lose' | 'duplicate' } & Envelope)
  | { readonly kind: 'timeout'; readonly peer: string; readonly timer: string }
  | {
      readonly kind: 'operation';
      readonly peer: string;
      readonly operation: string;
      readonly args: Args;
      readonly event: Message;
    }
  | { readonly kind: 'join'; readonly peer: string; readonly args: Args; readonly event: Message | null }
  | { readonly kind: 'leave' | 'crash' | 'restart'; readonly peer: string }
  | { readonly kind: 'partition'; readonly side: readonly string[] }
  | { readonly kind: 'heal' };

/** The choice that an operation or a join makes, as named values; observations are not part of it. @public */
export type Args = { readonly [name: string]: Plain };

/** What sort of move it is. @public */
export type MoveKind = Move['kind'];

/** Fixed order: it numbers the kinds in packed moves. @public */
export const moveKinds: readonly MoveKind[] = [
  'deliver',
  'timeout',
  'operation',
  'lose',
  'duplicate',
  'partition',
  'heal',
  'join',
  'leave',
  'crash',
  'restart',
];

/** One line for a person, such as `deliver alice -> bob {"type":"data"}` or `2: join via 0`. @public */
export function describeMove(move: Move): string {
  switch (move.kind) {
    case 'deliver':
    case 'lose':
    case 'duplicate':
      return `${move.kind} ${move.from} -> ${move.to} ${show(move.message)}`;
    case 'timeout':
      return `${move.peer}: timer ${move.timer}`;
    case 'operation':
      return `${move.peer}: ${move.operation}${showArgs(move.args)}`;
    case 'join':
      return `${move.peer}: join${showArgs(move.args)}`;
    case 'leave':
    case 'crash':
    case 'restart':
      return `${move.peer}: ${move.kind}`;
    case 'partition':
      return `partition {${move.side.join(', ')}} from the others`;
    case 'heal':
      return 'heal';
  }
}

const showArgs = (args: Args): string =>
  Object.entries(args)
    .map(([name, value]) => ` ${name} ${typeof value === 'string' ? value : show(value)}`)
    .join('');

/** Kind and doer of a move, such as `operation stabilize`: what weights and swarm selection are stated for. @public */
export function moveClass(move: Move): string {
  return move.kind === 'operation' ? move.operation : move.kind;
}

/**
 * What a move is meant to be, whatever came before it: its kind, who does it, the message or the choice. What an operation
 * observes of others is left out, for it changes with the history. Equal texts, equal intents. @internal
 */
export function intentOf(move: Move): string {
  if (move.kind !== 'operation' && move.kind !== 'join') return canonical(move);
  const { event: _, ...meant } = move;
  return canonical(meant);
}

/** The peers a move names, whoever does it. @public */
export function peersOf(move: Move): readonly string[] {
  switch (move.kind) {
    case 'deliver':
    case 'lose':
    case 'duplicate':
      return [move.from, move.to];
    case 'partition':
      return move.side;
    case 'heal':
      return [];
    default:
      return [move.peer];
  }
}

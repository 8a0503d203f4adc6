/** Whether a move, or the state that it leads to, is what a line of a log tells. What a line leaves out matches anything. */
import type { Move, Picture } from '../kernel/index.js';
import type { LogLine, SeenPeer } from './log.js';

/** Whether `value` has all that the pattern has. @internal */
export function isPart(pattern: unknown, value: unknown): boolean {
  if (typeof pattern !== 'object' || pattern === null) return Object.is(pattern, value);
  if (typeof value !== 'object' || value === null || Array.isArray(pattern) !== Array.isArray(value)) return false;
  if (Array.isArray(pattern) && pattern.length !== (value as readonly unknown[]).length) return false;
  return Object.entries(pattern).every(
    ([key, part]) => Object.hasOwn(value, key) && isPart(part, (value as Record<string, unknown>)[key]),
  );
}

/** @internal */
export const isMove = ({ kind, fields }: LogLine, move: Move): boolean => move.kind === kind && isPart(fields, move);

/** The first peer that does not stand as the line says; `undefined` where all do. @internal */
export function misplaced({ after = {} }: LogLine, { peers }: Picture): string | undefined {
  return Object.keys(after).find((name) => {
    const peer = peers.find((one) => one.name === name);
    return peer === undefined || !stands(after[name] as SeenPeer, peer);
  });
}

function stands({ status, state, context }: SeenPeer, peer: Picture['peers'][number]): boolean {
  return (
    (status === undefined || status === peer.status) &&
    (state === undefined || isPart(state, peer.state)) &&
    (context === undefined || isPart(context, peer.context))
  );
}

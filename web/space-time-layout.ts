/** Where everything of the space-time diagram stands: columns are moves, rows are peers. */
import type { Status } from '../src/kernel/index.js';
import type { Playback } from '../src/report/index.js';

export const rowHeight = 40;
export const laneHeight = 24;
export const axisHeight = 34;
export interface Scale {
  /** Pixels from one move to the next. */
  readonly column: number;
  /** Room before the first column and behind the last. */
  readonly margin: number;
  readonly width: number;
  /** Height of the rows of peers with the axis above them. */
  readonly height: number;
  x(step: number): number;
  y(peer: number): number;
}

/** Fills the room there is, as long as moves stay apart and do not drift away from each other. */
export function scaleOf({ steps, peers }: Playback, room: number): Scale {
  const column = Math.max(26, Math.min(148, Math.floor(room / (steps.length + 1))));
  const margin = column / 2;
  const x = (step: number) => margin + step * column;
  return {
    column,
    margin,
    width: Math.max(room, x(steps.length) + margin),
    height: axisHeight + peers.length * rowHeight,
    x,
    y: (peer) => axisHeight + (peer + 0.5) * rowHeight,
  };
}

export interface Stretch {
  readonly status: Status;
  readonly from: number;
  /** The step at which it ends: the next stretch begins there. */
  readonly to: number;
}

/** How long a peer was up, down or absent. */
export function stretchesOf({ frames, locals }: Playback, peer: number): readonly Stretch[] {
  const stretches: { status: Status; from: number; to: number }[] = [];
  for (const [step, { peers }] of frames.entries()) {
    const status = locals[peers[peer] as number]?.status ?? 'absent';
    const last = stretches.at(-1);
    if (last !== undefined) last.to = step;
    if (last?.status !== status) stretches.push({ status, from: step, to: step });
  }
  return stretches;
}

export interface Cut {
  readonly side: readonly string[];
  readonly from: number;
  readonly to: number;
}

/** While the network was cut, and who was on the side cut off. */
export function cutsOf({ frames }: Playback): readonly Cut[] {
  const cuts: { side: readonly string[]; from: number; to: number }[] = [];
  let now: readonly string[] | undefined;
  for (const [step, { partition }] of frames.entries()) {
    const last = cuts.at(-1);
    if (last !== undefined && now !== undefined) last.to = step;
    if (partition !== undefined && partition.join() !== now?.join())
      cuts.push({ side: partition, from: step, to: step });
    now = partition;
  }
  return cuts;
}

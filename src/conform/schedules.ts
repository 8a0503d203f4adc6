/** Which moves a run takes: those of a recorded schedule, those that naturals pick, or one after the other every way there is. */
import fc from 'fast-check';
import { intentOf, type Move } from '../kernel/index.js';
import type { Chooser } from './drive.js';

/** How far schedules go. @public */
export interface Extent {
  /** Moves of one schedule, at most. */
  readonly moves: number;
  /** How often the same move may be made in one schedule; 2 is enough for duplicates. */
  readonly repeats: number;
}

/** Moves by what they mean; what is not enabled when its turn comes is left out. @internal */
export function byIntent(intents: readonly string[]): Chooser {
  let at = 0;
  return (enabled) => {
    while (at < intents.length) {
      const intent = intents[at++];
      const move = enabled.find((one) => intentOf(one) === intent);
      if (move !== undefined) return move;
    }
    return undefined;
  };
}

/** Each natural picks one of the moves enabled, modulo how many there are, so any list of naturals is a schedule. @internal */
export function byNaturals(naturals: readonly number[], extent: Extent): Chooser {
  const left = allowance(extent);
  return (enabled, step) => {
    const natural = naturals[step];
    const open = left(enabled, step);
    if (natural === undefined || open.length === 0) return undefined;
    return left.take(open[natural % open.length] as Move);
  };
}

/** What fast-check generates, and shrinks without knowing how it was generated. @internal */
export const schedulesOf = (starts: number, moves: number): fc.Arbitrary<[start: number, naturals: number[]]> =>
  // Without bias: small numbers and short lists are all alike here.
  fc.noBias(fc.tuple(fc.nat(starts - 1), fc.array(fc.nat(), { maxLength: moves, size: 'max' })));

/**
 * Every schedule there is from one start, each from its first move on: an implementation cannot be put back to where it was, so
 * the search keeps nothing but which choice was made of how many (an odometer).
 * @internal
 */
export class EverySchedule {
  private readonly made: { chosen: number; of: number }[] = [];
  private isDone = false;

  constructor(private readonly extent: Extent) {}

  /** The next one; `undefined` when there is none. */
  next(): Chooser | undefined {
    if (this.isDone) return undefined;
    const left = allowance(this.extent);
    return (enabled, step) => {
      const open = left(enabled, step);
      if (open.length === 0) return undefined;
      this.made[step] ??= { chosen: 0, of: open.length };
      const { chosen } = this.made[step];
      return left.take(open[Math.min(chosen, open.length - 1)] as Move);
    };
  }

  /** To be called after each run: on to the next schedule, the last choice first. */
  advance(): void {
    for (;;) {
      const last = this.made.at(-1);
      if (last === undefined) {
        this.isDone = true;
        return;
      }
      if (++last.chosen < last.of) return;
      this.made.pop();
    }
  }
}

/** The moves that may still be made, by how often each was. */
function allowance({ moves, repeats }: Extent) {
  const made = new Map<string, number>();
  const open = (enabled: readonly Move[], step: number): readonly Move[] =>
    step >= moves ? [] : enabled.filter((move) => (made.get(intentOf(move)) ?? 0) < repeats);
  return Object.assign(open, {
    take(move: Move): Move {
      const intent = intentOf(move);
      made.set(intent, (made.get(intent) ?? 0) + 1);
      return move;
    },
  });
}

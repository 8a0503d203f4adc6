/** A picture of a chain of headers: what time each block says and what time it was, and what the next one is worth. */
import type { Frame } from '../../src/kernel/index.js';
import { workOf } from '../bitcoin/index.js';
import { film } from '../chain/index.js';
import type { DifficultyContext } from './machine.js';

/** @public */
export const difficultyChart = (frames: readonly Frame[]): readonly string[] => [
  '      block  says  clock  the next is worth',
  ...film(frames, ({ picture }) => {
    const { height, times, now, bits } = (picture.peers[0] as (typeof picture.peers)[0])
      .context as unknown as DifficultyContext;
    const worth = Number(workOf(bits));
    const numbers = [height, times.at(-1), now].map((number, at) => String(number).padStart([6, 5, 6][at] as number));
    return [`${numbers.join(' ')}  ${String(worth).padStart(4)} ${'#'.repeat(Math.min(worth, 60))}`];
  }),
];

/** Whether and how a terminal is painted. */
import pico from 'picocolors';
import type { Paint } from '../report/index.js';
import type { Io } from './io.js';

/** Colours on a terminal, unless NO_COLOR is set; FORCE_COLOR asks for them anywhere. @internal */
export function paintFor({ stdout, env }: Io): Paint {
  const refused = (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb';
  const forced = (env.FORCE_COLOR ?? '') !== '' && env.FORCE_COLOR !== '0';
  const { green, red, yellow, dim, bold } = pico.createColors(!refused && (forced || stdout.isTTY === true));
  return { good: green, bad: (text) => bold(red(text)), doubt: yellow, aside: dim, title: bold };
}

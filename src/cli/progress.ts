/** How a long run shows that it is alive: one line that is written over on a terminal, now and then a line elsewhere. */
import type { Writable } from 'node:stream';
import yoctoSpinner from 'yocto-spinner';
import { canUpdate, type Io } from './io.js';

/** @internal */
export interface Gauge {
  /** Shown as often as is useful; `text` is called only then. */
  show(text: () => string): void;
  stop(): void;
}

/** Seconds between two lines where none can be written over. */
const between = 10;

const silent: Gauge = { show: () => {}, stop: () => {} };

/** @internal */
export function gauge(io: Io, title: string, options: { readonly quiet?: boolean; readonly json?: boolean }): Gauge {
  if (options.quiet === true) return silent;
  return canUpdate(io) && options.json !== true ? updating(io, title) : plain(io, title);
}

function updating(io: Io, title: string): Gauge {
  // Its own signal handling would end the process before what is known could be printed.
  const spinner = yoctoSpinner({ stream: io.stderr as Writable, handleSignals: false }).start(title);
  return {
    show: (text) => {
      spinner.text = `${title}: ${text()}`;
    },
    stop: () => {
      spinner.stop();
    },
  };
}

function plain(io: Io, title: string): Gauge {
  let next = performance.now() + between * 1000;
  return {
    show: (text) => {
      if (performance.now() < next) return;
      next = performance.now() + between * 1000;
      io.stderr.write(`${title}: ${text()}\n`);
    },
    stop: () => {},
  };
}

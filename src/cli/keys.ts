/** Keys of a terminal, one after another; the terminal is given back as it was. */
import { emitKeypressEvents } from 'node:readline';
import type { Keys } from './io.js';

/** Nothing when nobody sits at a keyboard. @internal */
export function terminalKeys(): Keys | undefined {
  const { stdin } = process;
  if (stdin.isTTY !== true) return undefined;
  const waiting: ((key: string | undefined) => void)[] = [];
  const pressed: (string | undefined)[] = [];
  const give = (key: string | undefined) => {
    const next = waiting.shift();
    if (next === undefined) pressed.push(key);
    else next(key);
  };
  const hear = (_text: string | undefined, key: { readonly name?: string; readonly ctrl?: boolean }) =>
    give(key.ctrl === true && (key.name === 'c' || key.name === 'd') ? undefined : (key.name ?? ''));
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  stdin.on('keypress', hear);
  stdin.resume();
  return {
    next: () =>
      pressed.length > 0 ? Promise.resolve(pressed.shift()) : new Promise((resolve) => waiting.push(resolve)),
    close() {
      stdin.off('keypress', hear);
      stdin.setRawMode(false);
      stdin.pause();
    },
  };
}

/** Progress: a line written over on a terminal, a line now and then elsewhere, nothing when it is not wanted. */
import { Writable } from 'node:stream';
import { afterEach, expect, test, vi } from 'vitest';
import { gauge } from '../../src/cli/progress.js';
import { run } from './toy.js';

afterEach(() => {
  vi.useRealTimers();
});

/** As much of a terminal as a spinner needs. */
function terminal() {
  let text = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  const stderr = Object.assign(stream, { isTTY: true, columns: 200, cursorTo() {}, moveCursor() {}, clearLine() {} });
  return { stderr, seen: () => text };
}

const io = (stderr: { write(text: string): unknown; isTTY?: boolean }, env = {}) => ({
  catalogue: async () => [],
  stdout: { write: () => true },
  stderr,
  env,
  interrupted: new AbortController().signal,
});

test('elsewhere: a line every ten seconds', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const lines: string[] = [];
  const watch = gauge(io({ write: (text) => lines.push(text) }), 'm/c', {});
  for (let second = 0; second < 25; second++) {
    vi.advanceTimersByTime(1000);
    watch.show(() => `${second + 1} s`);
  }
  watch.stop();
  expect(lines).toEqual(['m/c: 10 s\n', 'm/c: 20 s\n']);
});

test('on a terminal: one line, which is gone at the end', () => {
  const { stderr, seen } = terminal();
  const watch = gauge(io(stderr), 'm/c', {});
  const listeners = process.listenerCount('SIGINT');
  watch.show(() => '12 states');
  watch.stop();
  // Without a real terminal behind it the spinner writes whole lines.
  expect(seen()).toContain('m/c: 12 states');
  expect(process.listenerCount('SIGINT')).toBe(listeners);
});

test.each([
  ['--quiet', { quiet: true }, {}],
  ['--json', { json: true }, {}],
  ['in CI', {}, { CI: 'true' }],
  ['on a dumb terminal', {}, { TERM: 'dumb' }],
])('no line to write over: %s', (_what, options, env) => {
  const { stderr, seen } = terminal();
  const watch = gauge(io(stderr, env), 'm/c', options);
  watch.show(() => 'x');
  watch.stop();
  expect(seen()).toBe('');
});

test('short work says nothing', async () => {
  expect((await run('check good')).err).toBe('');
});

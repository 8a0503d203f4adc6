/** The machines that are checked are the machines that run: stop-and-wait under createActor, with real timers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import * as xstate from 'xstate';
import * as model from '../../models/stop-and-wait/index.js';
import { projectRoot } from '../support/source.js';

const { createActor, waitFor } = xstate;

test('every packet arrives once over a wire that loses and repeats', async () => {
  const alice = createActor(model.sender, { input: { to: 'bob', packets: 7, patience: 20 } });
  const bob = createActor(model.receiver);
  let said = 0;
  let lost = 0;
  const wire = (deliver: () => void) => {
    said++;
    if (said % 3 === 0) lost++;
    else setTimeout(deliver, 2);
    if (said % 4 === 0) setTimeout(deliver, 2);
  };
  alice.on('send', ({ to, message }) => {
    expect(to).toBe('bob');
    wire(() => bob.send({ ...message, from: 'alice' }));
  });
  bob.on('send', ({ to, message }) => {
    expect(to).toBe('alice');
    wire(() => alice.send({ ...message, from: 'bob' }));
  });
  bob.start();
  alice.start();
  const { context } = await waitFor(alice, (snapshot) => snapshot.matches('done'));
  expect(context.sent).toBe(7);
  expect(bob.getSnapshot().context.delivered).toBe(7);
  expect(lost).toBeGreaterThan(2);
});

test('the example in the README runs as it stands', async () => {
  const readme = readFileSync(join(projectRoot, 'models/stop-and-wait/README.md'), 'utf8');
  const source = /## Outside the toolkit[\s\S]*?```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const modules: Readonly<Record<string, object>> = { xstate, 'churnproof/models/stop-and-wait': model };
  const names: string[] = [];
  const values: unknown[] = [];
  const body = source.replace(/import \{ (.*) \} from '(.*)';\n/g, (_line, list: string, from: string) => {
    for (const name of list.split(', ')) {
      names.push(name);
      values.push((modules[from] as Record<string, unknown>)[name]);
    }
    return '';
  });
  const { outputText } = ts.transpileModule(body, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  const printed: string[] = [];
  const run = Object.getPrototypeOf(async () => {}).constructor(...names, 'console', outputText);
  await run(...values, { log: (line: string) => printed.push(line) });
  expect(printed).toEqual(['bob has delivered 5 packets']);
});

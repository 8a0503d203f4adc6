/** Claims of how behaviours go on for ever, through every command: what is found, written, told, and shown again. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { replayFile } from '../../src/cli/replay.js';
import { always, alwaysEventually, recoverable, type Suite } from '../../src/kernel/index.js';
import { readTrace, type TraceFile, writeTrace } from '../../src/trace/index.js';
import { lampSuite, run as runIn, scratch, temporal } from './toy.js';

const out = scratch();
const suite = lampSuite(Object.values(temporal));
const run = (words: string, catalogue: readonly Suite[] = [suite]) => runIn(words, { catalogue });

const file = (name: string) => join(out, `lamp-${name}.json`);
const recorded = (name: string): TraceFile => readTrace(readFileSync(file(name), 'utf8'), name);

/** A file like one that was written, with something else in it. */
function forged(name: string, change: Partial<TraceFile>): string {
  const path = join(out, 'forged.json');
  writeFileSync(path, writeTrace({ ...recorded(name), ...change }));
  return path;
}

describe('check', () => {
  test('tells each loop, where the fate of the behaviour was decided, and what is assumed', async () => {
    const { code, out: text } = await run(`check lamp --out ${out}`);
    expect(code).toBe(1);
    expect(text.replaceAll(out, 'FOLDER')).toMatchInlineSnapshot(`
      "lamp/fragile: exhaustive breadth-first search, 4 states, 9 transitions, depth 2, 0.0 s
        witnessed  it gets bright (2 moves)
        VIOLATED   sooner or later it is lit (1 move, then nothing more)
           1. lamp: hit  <- critical
          then it stays like this for ever: nothing that is owed a turn would change anything
          critical: move 1 is the one that killed it: before it the goal could still be reached (for instance by \`lamp: press\` instead), after it no behaviour without another hit reaches it any more
          assuming that press and turn are weakly fair and that hit ceases
          replay: churnproof replay FOLDER/lamp-fragile-sooner-or-later-it-is-lit.json
        VIOLATED   it is lit again and again (1 move, then nothing more)
           1. lamp: hit  <- critical
          then it stays like this for ever: nothing that is owed a turn would change anything
          critical: move 1 is the one that killed it: before it the goal could still be reached (for instance by \`lamp: press\` instead), after it no behaviour without another hit reaches it any more
          assuming that press and turn are weakly fair and that hit ceases
          replay: churnproof replay FOLDER/lamp-fragile-it-is-lit-again-and-again.json
        VIOLATED   a lit lamp gets bright (2 moves, then nothing more)
           1. lamp: press
           2. lamp: hit  <- critical
          then it stays like this for ever: nothing that is owed a turn would change anything
          critical: move 2 is the one that killed it: before it the goal could still be reached (for instance by \`lamp: turn\` instead), after it no behaviour without another hit reaches it any more
          assuming that press and turn are weakly fair and that hit ceases
          replay: churnproof replay FOLDER/lamp-fragile-a-lit-lamp-gets-bright.json
        VIOLATED   in the end it stays lit (1 move, then nothing more)
           1. lamp: hit
          then it stays like this for ever: nothing that is owed a turn would change anything
          critical: a state in which it can stay true for ever was out of reach from the start: no behaviour without another hit reaches one
          assuming that press and turn are weakly fair and that hit ceases
          replay: churnproof replay FOLDER/lamp-fragile-in-the-end-it-stays-lit.json
        VIOLATED   it can always be lit again (1 move, 1 dead state of 4)
           1. lamp: hit  <- critical
          critical: move 1 is the one that killed it: before it the goal could still be reached (for instance by \`lamp: press\` instead), after it press and turn cannot reach it any more
          only press and turn may repair it
          replay: churnproof replay FOLDER/lamp-fragile-it-can-always-be-lit-again.json
        VIOLATED   a lit lamp gets bright if turning is never put off for ever (2 moves, then nothing more)
           1. lamp: press
           2. lamp: hit  <- critical
          then it stays like this for ever: nothing that is owed a turn would change anything
          critical: move 2 is the one that killed it: before it the goal could still be reached (for instance by \`lamp: turn\` instead), after it no behaviour without another hit reaches it any more
          assuming that press is weakly fair, that turn is strongly fair and that hit ceases
          replay: churnproof replay FOLDER/lamp-fragile-a-lit-lamp-gets-bright-if-turning-is-never-put-off-for-ever.json
      6 counterexamples are in FOLDER: churnproof replay <file>
      7 claims: 6 not as expected
      "
    `);
  });

  test('of a lamp that does not break: what goes round, and what holds', async () => {
    const { out: text } = await run(`check lamp/solid --out ${out}`);
    expect(text.replaceAll(out, 'FOLDER')).toMatchInlineSnapshot(`
      "lamp/solid: exhaustive breadth-first search, 3 states, 4 transitions, depth 2, 0.0 s
        witnessed  it gets bright (2 moves)
        holds      sooner or later it is lit (in all 3 states)
        holds      it is lit again and again (in all 3 states)
        VIOLATED   a lit lamp gets bright (3 moves, the last 2 for ever)
           1. lamp: press
          then for ever:
           2. lamp: press  <- critical
           3. lamp: press
          critical: the goal stays within reach all along: after move 1, \`lamp: turn\` would come to it at once; but no fairness that is assumed ever makes it happen
          assuming that press and turn are weakly fair and that hit ceases
          replay: churnproof replay FOLDER/lamp-solid-a-lit-lamp-gets-bright.json
        VIOLATED   in the end it stays lit (2 moves, for ever)
          then for ever:
           1. lamp: press
           2. lamp: press
          critical: a state in which it can stay true for ever was out of reach from the start: no behaviour without another hit reaches one
          assuming that press and turn are weakly fair and that hit ceases
          replay: churnproof replay FOLDER/lamp-solid-in-the-end-it-stays-lit.json
        holds      it can always be lit again (in all 3 states)
        holds      a lit lamp gets bright if turning is never put off for ever (in all 3 states)
        5 of 6 transitions taken; never: broken, on press
      2 counterexamples are in FOLDER: churnproof replay <file>
      7 claims: 2 not as expected
      "
    `);
  });

  test('an expected one is a line, and its story on demand', async () => {
    const expected = lampSuite([{ ...temporal.again, expect: 'violated', length: 1 }]);
    const once = await run(`check lamp --out ${out}`, [expected]);
    expect(once).toMatchObject({ code: 0, err: '' });
    expect(once.out).toContain('violated   it is lit again and again (as expected, 1 move, then nothing more)\n');
    expect((await run(`check lamp --traces --out ${out}`, [expected])).out).toContain('<- critical');
  });

  test('one document', async () => {
    const { verdicts } = JSON.parse((await run(`check lamp --json --out ${out}`)).out);
    expect(verdicts.find(({ kind }: { kind: string }) => kind === 'leadsTo')).toMatchInlineSnapshot(
      {
        trace: { path: expect.any(String) },
      },
      `
      {
        "asExpected": false,
        "critical": {
          "instead": {
            "distance": 0,
            "move": "lamp: turn",
          },
          "kind": "lost",
          "step": 2,
        },
        "expected": "holds",
        "fairness": {
          "ceases": [
            "hit",
          ],
          "weak": [
            "press",
            "turn",
          ],
        },
        "kind": "leadsTo",
        "length": 2,
        "property": "a lit lamp gets bright",
        "trace": {
          "loop": 2,
          "moves": [
            "lamp: press",
            "lamp: hit",
          ],
          "path": Any<String>,
          "start": 0,
        },
        "verdict": "violated",
      }
    `,
    );
    expect(verdicts.find(({ kind }: { kind: string }) => kind === 'recoverable')).toMatchObject({
      dead: 1,
      by: ['press', 'turn'],
      critical: { kind: 'lost', step: 1, instead: { move: 'lamp: press', distance: 0 } },
    });
  });

  test('a cut search leaves them undecided, with the reason', async () => {
    const { code, out: text } = await run(`check lamp --max-states 2 --property again --out ${out}`, [
      lampSuite([{ property: alwaysEventually('again', () => true, {}) }]),
    ]);
    expect(code).toBe(3);
    expect(text).toContain('undecided  again (only the whole graph of states decides it)');
  });
});

describe('replay', () => {
  const replay = (path: string, catalogue = [suite]) => run(`replay ${path}`, catalogue);

  test('of a behaviour that comes to rest', async () => {
    await run(`check lamp --out ${out}`);
    expect((await replay(file('fragile-it-is-lit-again-and-again'))).out).toMatchInlineSnapshot(`
      "lamp/fragile fragile=true: it is lit again and again
        recorded: violated in 1 move, then nothing more
           0. start 1
                lamp: off {}
           1. lamp: hit  <- critical
                lamp: off -> broken
        then it stays like this for ever: nothing that is owed a turn would change anything
        VIOLATED: it is lit again and again
        critical: move 1 is the one that killed it: before it the goal could still be reached (for instance by \`lamp: press\` instead), after it no behaviour without another hit reaches it any more
        assuming that press and turn are weakly fair and that hit ceases
        reproduced: violated after 1 move
      "
    `);
  });

  test('of one that goes round', async () => {
    await run(`check lamp/solid --out ${out}`);
    const { code, out: text } = await replay(file('solid-a-lit-lamp-gets-bright'));
    expect(code).toBe(0);
    expect(text).toMatchInlineSnapshot(`
      "lamp/solid fragile=false: a lit lamp gets bright
        recorded: violated in 3 moves, the last 2 for ever
           0. start 1
                lamp: off {}
           1. lamp: press
                lamp: off -> on
        then for ever:
           2. lamp: press  <- critical
                lamp: on -> off
           3. lamp: press
                lamp: off -> on
        VIOLATED: a lit lamp gets bright
        critical: the goal stays within reach all along: after move 1, \`lamp: turn\` would come to it at once; but no fairness that is assumed ever makes it happen
        assuming that press and turn are weakly fair and that hit ceases
        reproduced: violated after 3 moves
      "
    `);
  });

  test('of a state from which there is no way back', async () => {
    const { code, out: text } = await replay(file('fragile-it-can-always-be-lit-again'));
    expect(code).toBe(0);
    expect(text).toMatchInlineSnapshot(`
      "lamp/fragile fragile=true: it can always be lit again
        recorded: violated in 1 move
           0. start 1
                lamp: off {}
           1. lamp: hit  <- critical
                lamp: off -> broken
        VIOLATED here: it can always be lit again
        critical: move 1 is the one that killed it: before it the goal could still be reached (for instance by \`lamp: press\` instead), after it press and turn cannot reach it any more
        only press and turn may repair it
        reproduced: violated after 1 move
      "
    `);
  });

  test('what every check wrote is reproduced, with its fate', async () => {
    for (const configuration of ['fragile', 'solid']) {
      const { out: text } = await run(`check lamp/${configuration} --out ${out}`);
      const files = [...text.matchAll(/replay: churnproof replay (\S+)/g)].map(([, path]) => path as string);
      expect(files.length).toBeGreaterThan(0);
      for (const path of files) {
        const again = await replay(path);
        expect(again.code).toBe(0);
        expect(again.out).not.toContain('drift');
        expect(again.out).toContain('reproduced: violated');
      }
    }
  });

  test('a fate that is not confirmed is told as drift, and the verdict stands', async () => {
    const path = forged('fragile-it-is-lit-again-and-again', { critical: { kind: 'open', step: 2 } });
    const { code, out: text } = await replay(path);
    expect(code).toBe(0);
    expect(text).toContain(
      'drift: the recorded critical transition is not confirmed: the goal is out of reach before it',
    );
    expect(text).not.toContain('critical: ');
    expect(text).not.toContain('<- critical');
    const document = JSON.parse((await run(`replay ${path} --json`)).out);
    expect(document).toMatchObject({
      reproduced: true,
      recorded: { verdict: 'violated', length: 1, loop: 1 },
      critical: { kind: 'open', step: 2, proof: { kind: 'refuted' } },
      proof: { kind: 'shown' },
      fairness: { weak: ['press', 'turn'], ceases: ['hit'] },
    });
  });

  test('a behaviour that does not show it exits with 1 and says why', async () => {
    const path = forged('fragile-it-is-lit-again-and-again', {
      moves: [],
      choices: [],
      loop: 0,
      critical: { kind: 'lost', step: 0 },
    });
    const { code, out: text } = await replay(path);
    expect(code).toBe(1);
    expect(text).toContain('  then it stays like this for ever\n');
    expect(text).toContain('NOT REPRODUCED');
    expect(text).toContain('is violated: it is not fair: lamp: press could be taken all along, and never is');
    expect(JSON.parse((await run(`replay ${path} --json`)).out)).toMatchObject({
      reproduced: false,
      shownAt: null,
      proof: { kind: 'refuted' },
    });
  });

  test('a property that is of another kind now is foreign', async () => {
    const changed = lampSuite([{ property: always('it is lit again and again', () => true) }]);
    const { code, err } = await replay(file('fragile-it-is-lit-again-and-again'), [changed]);
    expect(code).toBe(2);
    expect(err).toContain('TRACE_FOREIGN');
  });

  test('a property that names no move of the system is a mistake, here as in a check', async () => {
    const misspelt = lampSuite([{ property: recoverable('it can always be lit again', () => true, ['pres']) }]);
    for (const words of [`check lamp --out ${out}`, `replay ${file('fragile-it-can-always-be-lit-again')}`]) {
      const { code, err } = await run(words, [misspelt]);
      expect(code).toBe(2);
      expect(err).toContain("error PROPERTY_INVALID: 'it can always be lit again' names 'pres'");
    }
  });

  test('too many states leave a verdict open: exit code 3', async () => {
    const path = forged('fragile-it-can-always-be-lit-again', {
      moves: [],
      choices: [],
      critical: { kind: 'lost', step: 0 },
    });
    const never = lampSuite([{ property: recoverable('it can always be lit again', () => false, ['press', 'turn']) }]);
    const { code, text } = await limited(path, 2, never);
    expect(code).toBe(3);
    expect(text).toContain('NOT VERIFIED: 2 states were not enough to see it');
    expect(text).not.toContain('VIOLATED');
    expect(await limited(path, 3, never)).toMatchObject({ code: 0 });
  });

  test('too many states leave a fate as it was recorded', async () => {
    const { code, text } = await limited(file('fragile-it-is-lit-again-and-again'), 1);
    expect(code).toBe(0);
    expect(text).toContain('any more (as recorded; not verified: 1 state was not enough to see it)');
    expect((await limited(file('fragile-it-is-lit-again-and-again'), 4)).text).not.toContain('as recorded');
  });

  /** A replay whose searches may look at so many states. */
  async function limited(path: string, maxStates: number, catalogue = suite) {
    let text = '';
    const stdout = { write: (more: string) => (text += more) };
    const interrupted = new AbortController().signal;
    const io = { catalogue: async () => [catalogue], stdout, stderr: stdout, env: {}, interrupted };
    return { code: await replayFile({ file: path, maxStates }, io), text };
  }
});

describe('fuzz', () => {
  test('leaves them undecided, which is as expected, whatever is expected of them', async () => {
    const claims = [temporal.lit, { ...temporal.again, expect: 'violated' as const }];
    const { code, out: text } = await run(`fuzz lamp --seed 1 --runs 20 --moves 20 --out ${out}`, [lampSuite(claims)]);
    expect(code).toBe(0);
    const why = 'only the whole graph of states can decide it: check it';
    expect(text).toContain(`  undecided  sooner or later it is lit (${why})\n`);
    expect(text).toContain(`  undecided  it is lit again and again (${why})\n`);
    expect(text).toContain('3 claims, all as expected');
  });

  test('alone they are refused', async () => {
    const { code, err } = await run('fuzz lamp --property sooner --property in --seed 1');
    expect(code).toBe(2);
    expect(err).toMatchInlineSnapshot(`
      "error SEARCH_UNSOUND: samples cannot decide 'sooner or later it is lit', nor the others
        expected: at least one property that a single state or step decides
        try: churnproof check: it sees the whole graph of states, and how behaviours go on in it
      "
    `);
  });
});

test('list shows their kinds and what they assume', async () => {
  const { out: text } = await run('list lamp');
  expect(text.slice(text.indexOf('  claims'))).toMatchInlineSnapshot(`
    "  claims of lamp/fragile
        sometimes         it gets bright
        eventually        sooner or later it is lit (assuming that press and turn are weakly fair and that hit ceases)
        alwaysEventually  it is lit again and again (assuming that press and turn are weakly fair and that hit ceases)
        leadsTo           a lit lamp gets bright (assuming that press and turn are weakly fair and that hit ceases)
        stable            in the end it stays lit (assuming that press and turn are weakly fair and that hit ceases)
        recoverable       it can always be lit again (only press and turn may repair it)
        leadsTo           a lit lamp gets bright if turning is never put off for ever (assuming that press is weakly fair, that turn is strongly fair and that hit ceases)
    "
  `);
  const expected = lampSuite([{ ...temporal.mended, expect: 'violated', length: 1 }]);
  expect((await run('list lamp', [expected])).out).toContain(
    'it can always be lit again (expected: violated in 1 move; only press and turn may repair it)',
  );
  const [{ claims }] = JSON.parse((await run('list --json')).out).models;
  expect(claims[5]).toEqual({
    property: 'it can always be lit again',
    kind: 'recoverable',
    expected: 'holds',
    by: ['press', 'turn'],
  });
  expect(claims[1]).toMatchObject({ kind: 'eventually', fairness: { weak: ['press', 'turn'], ceases: ['hit'] } });
});

/** docs/ci.md and the workflow tell the truth: files, commands and steps are run as processes, in a project of their own. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { buildInto } from '../support/built.js';
import { projectRoot } from '../support/source.js';
import { vitestHome } from '../support/vitest.js';

const page = readFileSync(join(projectRoot, 'docs/ci.md'), 'utf8');
let home: string;
let project: string;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'churnproof-ci-'));
  buildInto(join(home, 'churnproof'));
  project = fresh('docs');
  for (const [, name = '', text = ''] of page.matchAll(/```(?:js|ts) (\S+)\n([\s\S]*?)```/g))
    writeFileSync(join(project, name), text);
}, 60_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** A project that has churnproof installed, and Vitest and xstate beside it. */
function fresh(name: string): string {
  const folder = join(home, name);
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  symlinkSync(join(home, 'churnproof'), join(folder, 'node_modules/churnproof'));
  symlinkSync(join(home, 'churnproof/bin/churnproof.js'), join(folder, 'node_modules/.bin/churnproof'));
  symlinkSync(vitestHome, join(folder, 'node_modules/vitest'));
  symlinkSync(join(projectRoot, 'node_modules/xstate'), join(folder, 'node_modules/xstate'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  return folder;
}

/** As a shell would, without the seconds that npx takes to find what is there. */
function shell(command: string, cwd: string, env: Record<string, string> = {}) {
  const path = `${join(cwd, 'node_modules/.bin')}:${dirname(process.execPath)}:${process.env.PATH}`;
  const { NODE_OPTIONS: _, GITHUB_ACTIONS: __, CI: ___, ...inherited } = process.env;
  const { status, signal, stdout, stderr } = spawnSync(
    'sh',
    ['-c', command.replaceAll('npx churnproof', 'churnproof')],
    {
      cwd,
      encoding: 'utf8',
      env: { ...inherited, PATH: path, ...env },
    },
  );
  return { status, signal, stdout, stderr };
}

const timeless = (text: string) => text.replace(/, \d+(\.\d+)? s\b/g, ', TIME').trim();

describe('docs/ci.md', () => {
  const blocks = [...page.matchAll(/```console\n([\s\S]*?)```/g)].map(([, block = '']) => block);

  test('its commands print what they show, one after the other', () => {
    expect(blocks.length).toBeGreaterThan(3);
    for (const block of blocks) {
      const commands = block.split('\n').filter((line) => line.startsWith('$ '));
      const printed = block
        .split('\n')
        .filter((line) => !line.startsWith('$ '))
        .join('\n');
      for (const command of commands) {
        const { status, stdout, stderr } = shell(command.slice(2), project);
        expect(stderr).toBe('');
        expect(status).toBe(0);
        if (printed.trim() !== '') expect(timeless(stdout)).toBe(timeless(printed));
      }
    }
  }, 60_000);

  test('its node:test example and the test that was emitted pass', () => {
    const { status, stdout } = shell('node --test stop-and-wait.test.mjs old-bug.test.mjs', project);
    expect(stdout).toMatch(/# pass 2\n/);
    expect(status).toBe(0);
  }, 60_000);

  test('its Vitest example passes; an emitted test does, too; a claim that fails ends with its replay line', () => {
    writeFileSync(
      join(project, 'vitest.config.mjs'),
      `export default { test: { globals: false, include: ['*.test.ts', '*.spec.ts'], setupFiles: ['churnproof/vitest/setup'], pool: 'threads' } };`,
    );
    const trace = 'counterexamples/stop-and-wait-unordered-bob-never-delivers-more-than-alice-sent.json';
    expect(shell(`churnproof replay ${trace} --emit vitest --out old.spec.ts`, project).status).toBe(0);
    writeFileSync(
      join(project, 'red.spec.ts'),
      `import { suite } from 'churnproof/properties/stop-and-wait';
       import { describeModel } from 'churnproof/vitest';
       const claims = (values) => suite.claims(values).map(({ property }) => ({ property }));
       describeModel({ ...suite, claims }, { configurations: ['unordered'] });`,
    );
    const vitest = join(vitestHome, 'vitest.mjs');
    const { status, stderr } = shell(`node ${vitest} run --reporter=json --outputFile=results.json`, project);
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(join(project, 'results.json'), 'utf8'));
    expect([numPassedTests, numFailedTests]).toEqual([16 + 1 + 5, 3]);
    expect(status).toBe(1);
    expect(stderr).toContain('VIOLATED   bob never delivers more than alice sent (5 moves)');
    expect(stderr).toContain(`\nreplay: churnproof replay ${trace}\n`);
  }, 60_000);
});

describe('counterexamples', () => {
  const trace = 'stop-and-wait-unordered-bob-never-delivers-more-than-alice-sent.json';
  const check = 'churnproof check stop-and-wait/unordered --property "bob never"';

  test('a process that is killed while it writes one leaves none, or the one that was there; the next run minds nothing', () => {
    const folder = fresh('killed');
    writeFileSync(
      join(folder, 'kill.cjs'),
      `const fs = require('node:fs');
       fs.write = (fd, text) => {
         fs.writeSync(fd, text.slice(0, text.length / 2));
         process.kill(process.pid, 'SIGKILL');
       };`,
    );
    const killed = () => shell(`exec ${check}`, folder, { NODE_OPTIONS: '--require=./kill.cjs' });
    const files = () => readdirSync(join(folder, 'counterexamples'));
    const { stdout, signal } = killed();
    expect([signal, stdout]).toEqual(['SIGKILL', expect.not.stringContaining(trace)]);
    // What it has begun is there under another name, which nobody takes for a trace.
    const [aside = '', ...others] = files();
    expect([aside, others]).toEqual([expect.stringMatching(/\.json\.\d+$/), []]);
    const begun = readFileSync(join(folder, 'counterexamples', aside), 'utf8');
    expect(begun).toContain('"tool": "churnproof"');
    expect(() => JSON.parse(begun)).toThrow();

    writeFileSync(join(folder, 'counterexamples', trace), 'that of an earlier run');
    expect(killed().signal).toBe('SIGKILL');
    expect(readFileSync(join(folder, 'counterexamples', trace), 'utf8')).toBe('that of an earlier run');

    expect(shell(check, folder).status).toBe(0);
    writeFileSync(join(folder, 'churnproof.config.js'), `export default { suites: ['stop-and-wait/fifo'] };`);
    expect(shell('churnproof ci', folder).stdout).toContain('counterexamples: 1 replayed');
  }, 60_000);

  test('ten thousand are replayed as the page says, and none drifts', () => {
    const [, command = '', size = ''] = /^(npm run soak -- \S+) +# 10,000 replays of (\d+) traces/m.exec(page) ?? [];
    const { status, stdout } = shell(command, projectRoot);
    expect(stdout).toMatch(new RegExp(`10,000 replays of ${size} traces in [\\d.]+ s: drift 0\n`));
    expect(status).toBe(0);
  }, 120_000);
});

describe('the workflow', () => {
  interface Step {
    readonly run?: string;
    readonly uses?: string;
  }
  interface Workflow {
    readonly env: Record<string, string>;
    readonly jobs: Record<
      string,
      {
        readonly steps: readonly Step[];
        readonly strategy?: { readonly matrix: { readonly shard: readonly number[] } };
      }
    >;
  }
  const workflow = parse(readFileSync(join(projectRoot, '.github/workflows/churnproof.yml'), 'utf8')) as Workflow;

  test('its steps run: each shard, then the merged report', () => {
    const folder = fresh('workflow');
    const config = `export default { suites: ['stop-and-wait', 'two-phase-commit'], profiles: { pr: { maxStates: 100000 } } };`;
    writeFileSync(join(folder, 'churnproof.config.js'), config);
    const { check, report } = workflow.jobs;
    const shards = check?.strategy?.matrix.shard ?? [];
    expect(shards.length).toBeGreaterThan(1);
    const runs = (steps: readonly Step[] = []) =>
      steps.flatMap(({ run }) => (run === undefined || run === 'npm ci' ? [] : [run]));
    const env = { PROFILE: 'pr', SEED: '', GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(folder, 'summary.md') };
    for (const shard of shards)
      for (const run of runs(check?.steps)) {
        const { status, stderr } = shell(run.replace(/\$\{\{ matrix\.shard \}\}/g, String(shard)), folder, env);
        expect([status, stderr]).toEqual([0, '']);
      }
    for (const run of runs(report?.steps)) {
      expect(run).not.toMatch(/\$\{\{/);
      const { status, stdout } = shell(run, folder, env);
      expect(status).toBe(0);
      expect(stdout).toMatch(/claims, all as expected\n$/);
    }
    expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toContain('## churnproof: ');
    expect(JSON.parse(readFileSync(join(folder, 'churnproof.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' });
  }, 60_000);

  test('what it uses but does not run is pinned to a major version', () => {
    const uses = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ uses: one = [] }) => one));
    for (const one of uses) expect(one).toMatch(/^[\w.-]+\/[\w./-]+@v\d+$/);
  });
});

describe('a claims file of a project', () => {
  const machine = (limit: number) => `import { assign, setup } from 'xstate';
    export const counter = setup({ types: { context: {} as { n: number } } }).createMachine({
      context: { n: 0 }, on: { add: { guard: ({ context }) => context.n < ${limit}, actions: assign({ n: ({ context }) => context.n + 1 }) } },
    });`;
  const claims = `import { always, peer, sometimes, system, type Suite } from 'churnproof';
    import { counter } from './machine.js';
    const suite: Suite = {
      model: 'counter', summary: 'A counter', parameters: {}, configurations: { one: { doc: 'one', set: {} } },
      system: () => system({ name: 'counter', peers: { a: peer(counter) }, operations: [{ name: 'add' }] }),
      claims: () => [
        { property: always('it stays below 3', (w) => w.peers.a.n < 3) },
        { property: sometimes('it moves', (w) => w.peers.a.n > 0) },
      ],
    };
    export default suite;`;

  test('is answered from the cache until a file that it imports changes; what it breaks is recorded and replayed', () => {
    const folder = fresh('own');
    writeFileSync(join(folder, 'claims.ts'), claims);
    writeFileSync(join(folder, 'machine.ts'), machine(2));
    writeFileSync(
      join(folder, 'churnproof.config.ts'),
      `import { type Config, defineConfig } from 'churnproof';\nconst config: Config = { suites: ['./claims.ts'] };\nexport default defineConfig(config);`,
    );
    const ci = () => {
      const { status, stdout, stderr } = shell('churnproof ci', folder);
      expect(stderr).toBe('');
      return { status, cached: stdout.includes('(cached)'), stdout };
    };
    expect(ci()).toMatchObject({ status: 0, cached: false });
    expect(ci()).toMatchObject({ status: 0, cached: true });
    writeFileSync(join(folder, 'machine.ts'), machine(4));
    const broken = ci();
    expect(broken).toMatchObject({ status: 1, cached: false });
    expect(broken.stdout).toMatch(
      / {2}replay: churnproof replay --suite claims.ts counterexamples\/counter-one-it-stays-below-3.json\n$/,
    );
    expect(ci()).toMatchObject({ status: 1, cached: true });
    writeFileSync(join(folder, 'machine.ts'), machine(2));
    const mended = ci();
    expect(mended.status).toBe(0);
    expect(mended.stdout).toContain('counterexamples: 1 replayed');
    expect(mended.stdout).toContain('step 3 was a: add, is now no move at all');
  }, 60_000);

  test('is run again while it is watched, when a file that it imports changes, and no other is', async () => {
    const folder = fresh('watched');
    writeFileSync(join(folder, 'claims.ts'), claims);
    writeFileSync(join(folder, 'machine.ts'), machine(2));
    const config = `export default { suites: ['./claims.ts', 'two-phase-commit'], profiles: { pr: { fuzz: false } } };`;
    writeFileSync(join(folder, 'churnproof.config.js'), config);
    const command = join(home, 'churnproof/bin/churnproof.js');
    const child = spawn(process.execPath, [command, 'ci', '--watch', '--quiet'], { cwd: folder });
    const said = { text: '' };
    child.stdout.on('data', (data) => {
      said.text += data;
    });
    const ended = new Promise<number | null>((done) => child.on('exit', done));
    try {
      const until = (words: string) =>
        vi.waitFor(() => expect(said.text).toContain(words), { timeout: 40_000, interval: 50 });
      await until('waiting for a change');
      expect(said.text).toContain('two-phase-commit/');
      said.text = '';
      writeFileSync(join(folder, 'machine.ts'), machine(4));
      await until('waiting for a change');
      expect(said.text).toContain('counter/one');
      expect(said.text).toContain('property: it stays below 3');
      expect(said.text).not.toContain('two-phase-commit/');
      child.kill('SIGINT');
      expect(await ended).toBe(130);
    } finally {
      child.kill('SIGKILL');
    }
  }, 90_000);
});

/** The package as its users get it: packed, unpacked into a project of its own, imported by every public path. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../support/source.js';
import { vitestHome } from '../support/vitest.js';
import { followImporting } from './importing.js';
import { followTutorial } from './tutorial.js';
import { complaintsOf } from './typed.js';

const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
  readonly dependencies: object;
  readonly peerDependencies: object;
};

let project: string;
let tarball: Buffer;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'churnproof-pack-'));
  const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', project], {
    cwd: projectRoot,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  // The build that packing runs may print before the JSON.
  const [{ filename }] = JSON.parse(packed.slice(packed.indexOf('[\n'))) as [{ filename: string }];
  tarball = readFileSync(join(project, filename));
  const modules = join(project, 'node_modules');
  mkdirSync(modules);
  execFileSync('tar', ['-xzf', join(project, filename), '-C', project]);
  cpSync(join(project, 'package'), join(modules, 'churnproof'), { recursive: true });
  for (const name of [...Object.keys(dependencies), ...Object.keys(peerDependencies), '@types/node']) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(name === 'vitest' ? vitestHome : join(projectRoot, 'node_modules', name), join(modules, name));
  }
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
}, 120_000);

afterAll(() => rmSync(project, { recursive: true, force: true }));

const run = (file: string, ...args: string[]) =>
  execFileSync(process.execPath, [file, ...args], { cwd: project, encoding: 'utf8' });

test('every public path can be imported and used', () => {
  writeFileSync(
    join(project, 'use.js'),
    `import { always, check, peer, system } from 'churnproof';
     import { sender, stopAndWait } from 'churnproof/models/stop-and-wait';
     import { chordZave } from 'churnproof/models/chord';
     import { twoPhaseCommit } from 'churnproof/models/two-phase-commit';
     import { noMoreThanSent } from 'churnproof/properties/stop-and-wait';
     import { suites } from 'churnproof/properties/chord';
     const verdicts = (system, ...properties) => check(system, properties).findings.map(({ verdict }) => verdict);
     console.log(JSON.stringify([
       verdicts(stopAndWait({ network: 'fifo' }), noMoreThanSent),
       verdicts(stopAndWait({ network: 'unordered' }), noMoreThanSent),
       check(twoPhaseCommit({ rms: 3 }), []).coverage.states,
       check(chordZave({ n: 4, r: 2, rejoin: false }), []).coverage.states,
       suites.map(({ model }) => model),
       verdicts(system({ name: 'mine', peers: { a: peer(sender, { to: 'a', packets: 1 }) }, capacity: 1 }),
         always('nothing is sent twice', (w) => w.peers.a.sent === 1)),
     ]));`,
  );
  expect(JSON.parse(run('use.js'))).toEqual([
    ['holds'],
    ['violated'],
    288,
    315,
    ['chord-orig', 'chord-zave', 'chord-msg', 'chord-net'],
    ['holds'],
  ]);
});

test('its types hold under the strictest settings', () => {
  writeFileSync(
    join(project, 'use.ts'),
    `import { check, type Report, sometimes } from 'churnproof';
     import { stopAndWait } from 'churnproof/models/stop-and-wait';
     import { suite } from 'churnproof/properties/stop-and-wait';
     import { assertHolds } from 'churnproof/vitest';
     const report: Report = check(stopAndWait(), [sometimes('all', (w) => w.peers.bob.delivered === 2)]);
     assertHolds(report);
     // @ts-expect-error the receiver has no such field
     check(stopAndWait(), [sometimes('wrong', (w) => w.peers.bob.lost === 2)]);
     export const model: string = suite.model;`,
  );
  writeFileSync(
    join(project, 'misuse.ts'),
    `import { check } from 'churnproof';
     import { stopAndWait } from 'churnproof/models/stop-and-wait';
     check(stopAndWait('fifo'), []);`,
  );
  expect(complaintsOf(project, 'misuse.ts')).toEqual([expect.stringMatching(/^misuse\.ts: .*'"fifo"'/)]);
  expect(complaintsOf(project, 'use.ts')).toEqual([]);
}, 60_000);

test('publint has nothing to say of it', async () => {
  const data = tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.byteLength) as ArrayBuffer;
  const { messages, pkg } = await publint({ pack: { tarball: data }, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
});

test('every path has types that say what is there, for all who import modules', async () => {
  const includeEntrypoints = ['./models/chord', './properties/chord', './properties/catalogue'];
  const excludeEntrypoints = ['./models/*', './properties/*', './certificates/*.json'];
  const data = createPackageFromTarballData(tarball);
  const result = await checkPackage(data, { includeEntrypoints, excludeEntrypoints });
  if (!result.types) throw new Error('it has no types');
  expect(Object.keys(result.entrypoints).length).toBe(includeEntrypoints.length + 4);
  // Of modules alone, and by `exports` alone: resolution that knows neither finds nothing here, and is not meant to.
  const odd = result.problems.filter(
    (problem) => !('resolutionKind' in problem && ['node10', 'node16-cjs'].includes(problem.resolutionKind)),
  );
  expect(odd).toEqual([]);
  const models = readdirSync(join(project, 'package/dist/models'), { withFileTypes: true }).filter((one) =>
    one.isDirectory(),
  );
  for (const { name } of models)
    expect(data.fileExists(`/node_modules/churnproof/dist/models/${name}/index.d.ts`), name).toBe(true);
}, 60_000);

test('its command runs', () => {
  expect(run('node_modules/churnproof/bin/churnproof.js', 'list')).toContain('chord-zave');
});

test('it has the replay page with it', () => {
  const command = 'node_modules/churnproof/bin/churnproof.js';
  run(command, 'check', 'stop-and-wait/unordered', '--property', 'bob never', '--quiet');
  const trace = 'counterexamples/stop-and-wait-unordered-bob-never-delivers-more-than-alice-sent.json';
  expect(run(command, 'replay', trace, '--html', 'page.html')).toContain('the page is page.html');
  expect(readFileSync(join(project, 'page.html'), 'utf8').length).toBeGreaterThan(100_000);
});

test('nothing but the product is in it', () => {
  const files = execFileSync('find', ['node_modules/churnproof', '-type', 'f'], { cwd: project, encoding: 'utf8' });
  const odd = files
    .split('\n')
    .filter((file) => /(^|\/)(test|bench|counterexamples\/|node_modules\/\.)/.test(file.slice(24)));
  expect(odd).toEqual([]);
});

test('the example of a living Chord: processes form a ring over UDP, one is killed, the ring heals', () => {
  cpSync(join(project, 'package/examples'), join(project, 'examples'), { recursive: true });
  const told = run('examples/chord-udp/ring.js').trim().split('\n');
  const [before, killed, after] = told.map((line) => line.match(/\d{4,5}/g)?.map(Number) ?? []) as [
    number[],
    number[],
    number[],
  ];
  expect(before).toHaveLength(5);
  expect(before).toContain(killed[0]);
  expect(after).toEqual(before.filter((port) => port !== killed[0]));
}, 30_000);

test('serve chord: a member is killed while lookups go on, the ring heals, and every lookup is right', () => {
  const told = run('node_modules/churnproof/bin/churnproof.js', 'serve', 'chord', '--lookups', '10', '--json');
  const events = told
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; ring?: number[]; port?: number; right?: unknown });
  const [whole, healed] = events.filter(({ type }) => type === 'ideal').map(({ ring = [] }) => ring);
  const { port } = events.find(({ type }) => type === 'killed') ?? {};
  expect(whole).toHaveLength(5);
  expect(whole).toContain(port);
  expect(healed).toEqual(whole?.filter((one) => one !== port));
  expect(events.at(-1)).toEqual({ type: 'end', right: 10, lookups: 10 });
}, 60_000);

followTutorial(() => project);
followImporting(() => project);

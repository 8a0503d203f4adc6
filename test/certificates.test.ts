/**
 * The certificates that churnproof is published with: each is of the sources as they are, and a few are looked into again. What does it:
 * `npm run certify`. That the engine has changed within its version makes none of them stale (docs/decisions/017).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalogue } from '../properties/catalogue.js';
import { changedSources, readCertificate, renderCertificate } from '../src/certify/index.js';
import { PackageSources } from '../src/cli/certificates/sources.js';
import { main } from '../src/cli/main.js';
import { version } from '../src/cli/version.js';
import { projectRoot } from './support/source.js';

const sources = ['models', 'properties'].map((folder) => join(projectRoot, folder));
const found = readdirSync(join(projectRoot, 'certificates')).sort();

test('every suite has one, and there are no others', () => {
  expect(found).toEqual(catalogue.map(({ model }) => `${model}.json`).sort());
});

test('each is of the sources as they are, searched by this version, and of every quick configuration', async () => {
  const known = new PackageSources(projectRoot, sources);
  const stale: string[] = [];
  for (const suite of catalogue) {
    const file = `certificates/${suite.model}.json`;
    const text = readFileSync(join(projectRoot, file), 'utf8');
    const certificate = readCertificate(text, file);
    const made = await known.of(suite);
    stale.push(...changedSources(certificate.sources, made.sources).map((path) => `${suite.model}: ${path}`));
    expect(certificate.model).toBe(suite.model);
    expect(certificate.engine.version).toBe(version);
    const quick = Object.entries(suite.configurations).flatMap(([name, one]) => (one.quick ? [name] : []));
    expect(certificate.configurations.map(({ name }) => name)).toEqual(expect.arrayContaining(quick));
    expect(renderCertificate(certificate)).toBe(text);
  }
  expect(stale, 'run: npm run certify').toEqual([]);
});

test.each(['two-phase-commit', 'stop-and-wait', 'leader-election'])('%s is as certified', async (model) => {
  const said: string[] = [];
  const stdout = { write: (text: string) => said.push(text) };
  const code = await main(['verify', model, '--quiet'], {
    catalogue,
    sources,
    home: projectRoot,
    stdout,
    stderr: stdout,
    env: {},
  });
  expect(said.join('')).toContain('1 certificate, all as certified\n');
  expect(code).toBe(0);
});

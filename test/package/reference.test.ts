/** The reference pages: every public export has its sentence, every link leads somewhere, every type can be looked up. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Application, Logger, LogLevel, TSConfigReader } from 'typedoc';
import { afterAll, expect, test } from 'vitest';
import { projectRoot } from '../support/source.js';

/** Keeps what TypeDoc would print. */
class Complaints extends Logger {
  readonly all: string[] = [];
  override log(message: string, level: LogLevel): void {
    super.log(message, level);
    if (level >= LogLevel.Warn) this.all.push(message);
  }
}

const pages = mkdtempSync(join(tmpdir(), 'churnproof-api-'));
afterAll(() => rmSync(pages, { recursive: true, force: true }));

test('TypeDoc has nothing to say of the public exports, and would say it', async () => {
  const { $schema: _, ...configured } = JSON.parse(readFileSync(join(projectRoot, 'typedoc.json'), 'utf8'));
  // A file that is not as it should be is read beside them: a check that cannot complain shows nothing.
  const paths: readonly string[] = [...configured.entryPoints, 'test/fixtures/reference/undocumented.ts'];
  const entryPoints = paths.map((path) => join(projectRoot, path));
  const options = { ...configured, entryPoints, tsconfig: join(projectRoot, 'tsconfig.json') };
  const app = await Application.bootstrapWithPlugins(options, [new TSConfigReader()]);
  const complaints = new Complaints();
  app.logger = complaints;
  const project = await app.convert();
  if (!project) throw new Error('nothing was read');
  app.validate(project);
  const at = 'test/fixtures/reference/undocumented';
  expect(complaints.all).toEqual([
    `Hidden, defined in churnproof/${at}.ts, is referenced by ${at}.documented but not included in the documentation`,
    `${at}.undocumented (Variable), defined in churnproof/${at}.ts, does not have any documentation`,
    `Failed to resolve link to "nowhere" in comment for ${at}.documented`,
  ]);
  await app.generateDocs(project, pages);
  expect(complaints.all).toHaveLength(3);
  expect(readdirSync(join(pages, 'functions'))).toEqual(
    expect.arrayContaining(['churnproof.check.html', 'churnproof_vitest.assertHolds.html']),
  );
}, 60_000);

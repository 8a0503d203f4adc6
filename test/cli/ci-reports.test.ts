/** The reports of `churnproof ci`: each is what its readers can read, none leaves out what is red; shards make up the whole. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Ajv from 'ajv';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Log } from 'sarif';
import * as v from 'valibot';
import { beforeAll, describe, expect, test } from 'vitest';
import { always, type Suite } from '../../src/kernel/index.js';
import { bad, catalogue, claims, good, published, run, scratch, suiteOf } from './toy.js';

const require = createRequire(import.meta.url);
const draft4 = require('ajv/lib/refs/json-schema-draft-04.json') as object;
const sarifSchema = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as object;

const home = scratch();
const odd = 'a "quoted" <b> & 100%, ]]> | `x`\u0007 holds';
const strange: Suite = suiteOf('strange', [{ property: always(odd, () => false) }, claims.bounded], {
  configurations: { three: { doc: 'x', set: { limit: 3 } } },
});
const known = [good, published, bad, strange, ...catalogue.filter(({ model }) => model === 'vacuous')];

/** A project in which everything goes wrong that can. */
function project() {
  const folder = mkdtempSync(join(home, 'p-'));
  const config = {
    suites: ['good', 'published', 'bad', 'strange', 'vacuous', { suite: 'good', configurations: ['hundred'] }],
    profiles: { pr: { maxStates: 3000, fuzz: { seeds: [3, 4], runs: 5, moves: 9 } } },
  };
  writeFileSync(join(folder, 'churnproof.config.json'), JSON.stringify(config));
  const here = async (words: string, env: Record<string, string> = {}) => {
    const before = process.cwd();
    process.chdir(folder);
    try {
      return await run(words, { catalogue: known, env });
    } finally {
      process.chdir(before);
    }
  };
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  return { folder, here, read };
}

const { here, read, folder } = project();
let result: Awaited<ReturnType<typeof run>>;
beforeAll(async () => {
  await here('ci');
  const names = ['json', 'junit', 'sarif', 'markdown', 'blob', 'github'];
  const summary = join(folder, 'step.md');
  result = await here(`ci ${names.map((name) => `--reporter ${name}`).join(' ')}`, { GITHUB_STEP_SUMMARY: summary });
});

const red = [odd, 'a stays below 2', 'a reaches 1000'];

test('the text ends with whatever is red, whatever reporters add', () => {
  expect(result.code).toBe(1);
  expect(result.out.trimEnd().split('\n').at(-1)).toMatch(/^ {2}(replay|again): churnproof /);
  const plain = result.out.replace(/^::.*\n/gm, '');
  for (const property of red) expect(plain).toContain(`  property: ${property}`);
});

describe('JUnit', () => {
  const whole = v.pipe(v.string(), v.regex(/^\d+$/));
  const time = v.pipe(v.string(), v.regex(/^\d+\.\d{3}$/));
  const problem = v.strictObject({ message: v.string(), type: v.string(), '#text': v.string() });
  const counts = { name: v.string(), tests: whole, failures: whole, errors: whole, time };
  const testcase = v.strictObject({
    name: v.string(),
    classname: v.string(),
    failure: v.exactOptional(problem),
    error: v.exactOptional(problem),
  });
  const testsuite = v.strictObject({ ...counts, skipped: whole, testcase: v.exactOptional(v.array(testcase), []) });
  const schema = v.strictObject({ testsuites: v.strictObject({ ...counts, testsuite: v.array(testsuite) }) });

  test('is XML of the shape that its readers know, and counts what it holds', () => {
    const text = read('churnproof-junit.xml');
    expect(XMLValidator.validate(text)).toBe(true);
    const parser = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: '',
      isArray: (name) => name === 'testsuite' || name === 'testcase',
      ignoreDeclaration: true,
    });
    const { testsuites } = v.parse(schema, parser.parse(text));
    const cases = testsuites.testsuite.flatMap((suite) => suite.testcase);
    expect(Number(testsuites.tests)).toBe(cases.length);
    const failed = cases.filter(({ failure }) => failure !== undefined);
    expect(Number(testsuites.failures)).toBe(failed.length);
    expect(Number(testsuites.errors)).toBe(cases.filter(({ error }) => error !== undefined).length);
    expect(failed.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('a stays below 2'),
        `always: ${odd.replace('\u0007', '\ufffd')}`,
        'sometimes: a reaches 1000',
      ]),
    );
    for (const { failure } of failed) expect(failure?.['#text']).toMatch(/\nagain: churnproof /);
    expect(cases.filter(({ error }) => error?.type === 'undecided')).not.toEqual([]);
  });
});

/** What the published schema has to say against a log. */
function complaintsOf(text: string): readonly unknown[] {
  const schemas = new Ajv({ schemaId: 'auto', meta: false });
  schemas.addMetaSchema(draft4);
  const isValid = schemas.compile(sarifSchema);
  return isValid(JSON.parse(text)) ? [] : (isValid.errors ?? ['it is no log']);
}

test('SARIF is one run of the shape that the standard has', () => {
  const text = v.strictObject({ text: v.string() });
  const location = v.strictObject({
    id: v.exactOptional(v.number()),
    physicalLocation: v.strictObject({
      artifactLocation: v.strictObject({ uri: v.pipe(v.string(), v.regex(/^[^\s\\"<>]+$/)), uriBaseId: v.string() }),
      region: v.strictObject({ startLine: v.literal(1) }),
    }),
  });
  const step = v.strictObject({
    executionOrder: v.number(),
    location: v.strictObject({ ...location.entries, message: text }),
  });
  const schema = v.strictObject({
    $schema: v.pipe(v.string(), v.url()),
    version: v.literal('2.1.0'),
    runs: v.strictTuple([
      v.strictObject({
        tool: v.strictObject({
          driver: v.strictObject({
            name: v.string(),
            version: v.string(),
            informationUri: v.pipe(v.string(), v.url()),
            rules: v.array(
              v.strictObject({ id: v.string(), shortDescription: text, fullDescription: text, help: text }),
            ),
          }),
        }),
        automationDetails: v.strictObject({ id: v.string() }),
        columnKind: v.literal('utf16CodeUnits'),
        invocations: v.array(v.strictObject({ executionSuccessful: v.boolean() })),
        results: v.array(
          v.strictObject({
            ruleId: v.string(),
            ruleIndex: v.number(),
            level: v.picklist(['error', 'warning']),
            message: text,
            locations: v.array(location),
            relatedLocations: v.exactOptional(v.array(location)),
            partialFingerprints: v.record(v.string(), v.string()),
            codeFlows: v.exactOptional(
              v.array(v.strictObject({ threadFlows: v.array(v.strictObject({ locations: v.array(step) })) })),
            ),
          }),
        ),
      }),
    ]),
  });
  expect(complaintsOf(read('churnproof.sarif'))).toEqual([]);
  expect(complaintsOf('{"version": "2.1.0", "runs": [{ "tool": {} }]}')).not.toEqual([]);
  const log: Log = v.parse(schema, JSON.parse(read('churnproof.sarif'))) as Log;
  const [only] = log.runs as [Log['runs'][0]];
  const rules = only.tool.driver.rules ?? [];
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  for (const { ruleId, ruleIndex } of only.results ?? []) expect(rules[ruleIndex ?? -1]?.id).toBe(ruleId);
  const texts = (only.results ?? []).map(({ message }) => message.text ?? '');
  for (const property of red) expect(texts.some((one) => one.includes(property))).toBe(true);
  for (const one of texts) expect(one).toMatch(/\nseed: .*\nagain: churnproof /);
});

test('annotations are one line each, with nothing unescaped in it', () => {
  const lines = result.out.split('\n').filter((line) => line.startsWith('::'));
  expect(lines.length).toBeGreaterThanOrEqual(red.length);
  for (const line of lines)
    expect(line).toMatch(/^::(error|warning) file=[^:,]+,line=1,title=[^:,]+::.*again: churnproof /);
  expect(lines.some((line) => line.includes('100%25, ]]>'))).toBe(true);
  expect(lines.some((line) => line.startsWith('::warning') && line.includes('undecided'))).toBe(true);
});

test('the summary has a table, a diagram of each counterexample, and its replay line', () => {
  const summary = read('churnproof-summary.md');
  expect(read('step.md')).toBe(summary);
  // Both are back from the run before, and violate their claims again: two stories, each drawn once.
  expect(summary.match(/```mermaid\nsequenceDiagram\n/g)).toHaveLength(2);
  expect(summary.match(/^Drawn above, under ".+"\.$/gm)).toHaveLength(2);
  expect(summary).toContain('churnproof replay counterexamples/bad-three-a-stays-below-2.json');
  expect(summary).toContain('| bad/three | 2 claims, **1 not as expected** | exhaustive breadth-first search');
  for (const row of summary.split('\n').filter((line) => line.startsWith('| ')))
    expect(row.match(/(?<!\\)\|/g)).toHaveLength(4);
});

test('on GitHub its reporter is there unasked', async () => {
  const { out } = await here('ci bad', { GITHUB_ACTIONS: 'true' });
  expect(out).toContain('::error file=counterexamples/bad-three-a-stays-below-2.json,line=1,');
  expect(out.trimEnd().split('\n').at(-1)).toMatch(/^ {2}replay: /);
});

test('JSON has the sum, what failed, and every report', () => {
  const document = JSON.parse(read('churnproof-report.json'));
  expect(document).toMatchObject({ schemaVersion: 1, profile: 'pr', seeds: [3, 4], systems: 6 });
  const open = document.failures.filter(({ outcome }: { outcome: string }) => outcome === 'undecided');
  expect(document.sum.undecided).toBe(open.length);
  expect(document.reports.map(({ title }: { title: string }) => title)).toContain('strange/three');
});

describe('shards', () => {
  const timeless = (text: string) =>
    text
      .replace(/"seconds": ?[\d.e-]+/g, '"seconds":0')
      .replace(/time="[\d.]+"/g, 'time=""')
      .replace(/, [\d.]+ s\b/g, '');

  test.each([1, 2, 3, 7])('%i of them, put together, are the run that was not split', async (of) => {
    const parts = Array.from({ length: of }, (_, at) => at + 1);
    for (const index of parts) await here(`ci --shard ${index}/${of} --reporter blob=shard-${index}.json`);
    const shuffled = [...parts].reverse().map((index) => `shard-${index}.json`);
    const merged = await here(`merge-reports ${shuffled.join(' ')} --reporter json=m.json --reporter junit=m.xml`);
    const single = await here('ci --reporter json=s.json --reporter junit=s.xml');
    expect(merged.code).toBe(single.code);
    expect(timeless(merged.out)).toBe(timeless(single.out));
    expect(timeless(read('m.json'))).toBe(timeless(read('s.json')));
    expect(timeless(read('m.xml'))).toBe(timeless(read('s.xml')));
  });

  test('a run that was not split can be told again from its blob', async () => {
    const again = await here('merge-reports churnproof-blob.json --reporter markdown=again.md');
    expect(timeless(again.out)).toBe(timeless(result.out.replace(/^::.*\n/gm, '')));
    expect(timeless(read('again.md'))).toBe(timeless(read('churnproof-summary.md')));
  });

  test.each([
    ['shard-1.json shard-3.json', 'shard 2, 4, 5, 6, 7 of 7 is missing'],
    ['shard-1.json shard-1.json', 'shard 2, 3, 4, 5, 6, 7 of 7 is missing'],
    ['shard-1.json churnproof-blob.json', 'it is of another run'],
    ['gone.json', 'cannot read the report'],
    ['churnproof-report.json', 'tool'],
    ['churnproof.config.json', 'tool'],
  ])('what cannot be put together is refused: %s', async (files, message) => {
    const { code, err } = await here(`merge-reports ${files}`);
    expect(code).toBe(2);
    expect(err).toContain('error REPORT_INVALID');
    expect(err).toContain(message);
  });

  test('a shard twice beside all the others is refused', async () => {
    const files = [1, 1, 2, 3, 4, 5, 6, 7].map((index) => `shard-${index}.json`).join(' ');
    expect((await here(`merge-reports ${files}`)).err).toContain('a shard is there twice');
  });
});

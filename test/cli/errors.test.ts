/** Mistakes: each one coded paragraph on stderr, exit code 2, no stack trace unless it is asked for. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run, scratch, suiteOf } from './toy.js';

const folder = scratch();

describe('each mistake is one paragraph', () => {
  test.each([
    ['chek good', 'USAGE', "unknown command 'chek'", 'check'],
    ['check --max-state 3', 'USAGE', "unknown option '--max-state'", '--max-states'],
    ['check --strategy sideways', 'USAGE', "'sideways' is invalid. Allowed choices", ''],
    ['check --max-states many', 'USAGE', 'It must be a whole number from 1 on', ''],
    ['check --time-limit -3', 'USAGE', 'It must be a number greater than 0', ''],
    ['check --memory-limit 0', 'USAGE', 'It must be a whole number from 1', ''],
    ['check --set', 'USAGE', 'argument missing', ''],
    ['check good --set limit', 'USAGE', 'cannot read the setting "limit"', ''],
    ['check --set limit=4', 'USAGE', '--set needs a model', ''],
    ['fuzz good --weight add', 'USAGE', 'It must be kind=number', ''],
    ['fuzz good --seed 1.5', 'USAGE', 'It must be a whole number from 0', ''],
    ['replay', 'USAGE', "missing required argument 'file'", ''],
    ['replay a.json b.json', 'USAGE', 'too many arguments', ''],
    ['check goood', 'UNKNOWN_MODEL', 'there is no model named "goood"', 'good'],
    ['check zzzzzz', 'UNKNOWN_MODEL', 'there is no model named "zzzzzz"', 'churnproof list'],
    ['check good/tree', 'UNKNOWN_CONFIGURATION', 'there is no configuration of good named "tree"', 'three'],
    ['check good/three/x', 'UNKNOWN_CONFIGURATION', 'there is no configuration of good named "three/x"', 'three'],
    ['check good --set limt=3', 'UNKNOWN_PARAMETER', 'there is no parameter of good named "limt"', 'limit'],
    ['check good --set __proto__=3', 'UNKNOWN_PARAMETER', 'named "__proto__"', ''],
    ['check good --set limit=401', 'PARAMETER_OUT_OF_RANGE', 'limit cannot be 401', ''],
    ['check good --set limit=-1', 'PARAMETER_OUT_OF_RANGE', 'limit cannot be -1', ''],
    ['check good --set limit=1e2', 'PARAMETER_OUT_OF_RANGE', 'limit cannot be "1e2"', ''],
    ['check good --set limit=99999999999999999999', 'PARAMETER_OUT_OF_RANGE', 'limit cannot be', ''],
    ['check good --set loud=maybe', 'PARAMETER_OUT_OF_RANGE', 'loud cannot be "maybe"', ''],
    ['check good --set order=sideways', 'PARAMETER_OUT_OF_RANGE', 'order cannot be "sideways"', ''],
    ['check good --property zzz', 'UNKNOWN_PROPERTY', 'there is no property named "zzz"', ''],
    ['check good --property bothreach', 'UNKNOWN_PROPERTY', 'named "bothreach"', 'both reach 2'],
    ['check thrower', 'PROPERTY_THREW', "the property 'a is well' threw", 'look at the state'],
    ['check ./no-such-file.js', 'SUITE_INVALID', 'cannot load the claims file', ''],
    ['replay no-such-file.json', 'TRACE_UNREADABLE', 'cannot read the file', ''],
    [`replay ${process.cwd()}`, 'TRACE_UNREADABLE', 'cannot read the file', ''],
  ])('%s', async (words, code, message, hint) => {
    const { code: exit, out, err } = await run(words);
    expect(exit).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(new RegExp(`^error ${code}: `));
    expect(err).toContain(message);
    if (hint !== '') expect(err).toMatch(new RegExp(`\n  try: .*${hint}`));
    expect(err).not.toMatch(/^ {4}at /m);
    expect(err.trim().split('\n').length).toBeLessThanOrEqual(4);
  });

  test('a machine that is not deterministic exits with 5', async () => {
    const { code, err } = await run('check fickle');
    expect(code).toBe(5);
    expect(err).toContain('error MACHINE_NOT_DETERMINISTIC');
  });

  test('the beginning of two properties names both', async () => {
    const { err } = await run('check good bad vacuous --property a');
    expect(err).toContain('"a" is the beginning of 2 properties');
    expect(err).toContain('one of: a stays below 2; a reaches 1000');
  });

  test('with --json it is a document too', async () => {
    const { code, out } = await run('check good --set limit=0 --json');
    expect(code).toBe(2);
    expect(JSON.parse(out)).toEqual({
      schemaVersion: 1,
      error: {
        code: 'PARAMETER_OUT_OF_RANGE',
        message: 'limit cannot be 0',
        where: 'parameter limit of good: how far they count',
        expected: 'a whole number from 1 to 400',
      },
    });
    expect(JSON.parse((await run('check --jso --json')).out).error.code).toBe('USAGE');
  });

  test('--debug shows where it was thrown', async () => {
    expect((await run('check thrower --debug')).err).toMatch(/^ +at /m);
  });

  test('a folder that cannot be written', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const { code, err } = await run(`check bad --out ${join(file, 'below')}`);
    expect(code).toBe(2);
    expect(err).toContain('error USAGE: cannot write the counterexample');
  });

  test('a mistake of ours is said to be one', async () => {
    const broken = suiteOf('broken', []);
    const { code, err } = await run('list', { catalogue: [{ ...broken, parameters: null as never }] });
    expect(code).toBe(2);
    expect(err).toMatch(/^error UNEXPECTED: /);
    expect(err).toContain('--debug');
  });
});

describe('a claims file is held against its shape', () => {
  const whole = `{
    model: 'm', summary: 's', parameters: {}, configurations: { c: { doc: 'd', set: {} } },
    system: () => ({}), claims: () => [],
  }`;
  test.each([
    ['no default export', 'export const x = 1;', 'the default export is missing'],
    ['a number', 'export default 1;', 'the default export is 1'],
    ['an empty list', 'export default [];', 'the list of suites is empty'],
    ['no model', `export default { ...${whole}, model: undefined };`, 'model is undefined'],
    ['a model with a slash', `export default { ...${whole}, model: 'a/b' };`, 'model is "a/b"'],
    ['no summary', `export default { ...${whole}, summary: 1 };`, 'summary is 1'],
    ['no system', `export default [{ ...${whole}, system: {} }];`, 'system is an object'],
    ['a chart that is none', `export default { ...${whole}, chart: [] };`, 'chart is a list'],
    ['a family of two', `export default { ...${whole}, family: ['a', 'b'] };`, 'family is a list'],
    ['claims in a list', `export default { ...${whole}, claims: [] };`, 'claims is a list'],
    ['no configuration', `export default { ...${whole}, configurations: {} };`, 'there is no configuration'],
    [
      'an odd configuration',
      `export default { ...${whole}, configurations: { c: {} } };`,
      'configuration c is not one',
    ],
    [
      'an odd parameter',
      `export default { ...${whole}, parameters: { n: { doc: '', type: 'real' } } };`,
      'parameter n is not one',
    ],
    ['no claims', `export default ${whole};`, 'there is nothing to check'],
    ['claims that are none', `export default { ...${whole}, claims: () => [{}] };`, 'claim 1 has no property'],
    [
      'one name twice',
      `const p = { kind: 'always', name: 'p', holds: () => true }; export default { ...${whole}, claims: () => [{ property: p }, { property: p }] };`,
      'two claims have the name "p"',
    ],
    [
      'a suite that throws',
      `export default { ...${whole}, system: () => { throw new Error('oh no'); } };`,
      'the suite threw: oh no',
    ],
    ['a file that throws', `throw new Error('oh dear');`, 'cannot load the claims file: oh dear'],
  ])('%s', async (what, text, problem) => {
    const file = join(folder, `${what.replaceAll(' ', '-')}.mjs`);
    writeFileSync(file, text);
    const { code, err } = await run(['check', file]);
    expect(err).toMatch(/^error SUITE_INVALID: /);
    expect(err).toContain(problem);
    expect(code).toBe(2);
  });
});

describe('help', () => {
  test('nothing at all is a mistake, but helped', async () => {
    const { code, out } = await run('');
    expect(code).toBe(2);
    expect(out).toContain('Begin with: churnproof check');
  });

  test.each(['--help', 'check --help', 'fuzz -h', 'replay --help', 'list --help', 'help check'])(
    '%s',
    async (words) => {
      const { code, out, err } = await run(words);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toContain('Usage: churnproof');
      expect(out).not.toContain('default: false');
    },
  );

  test('the version is the package’s', async () => {
    expect((await run('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

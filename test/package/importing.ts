/** The page on importing, followed: every file is written as it stands there, every command prints what the page says. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../support/source.js';
import { vitestHome } from '../support/vitest.js';
import { complaintsOf } from './typed.js';

const page = readFileSync(join(projectRoot, 'docs/importing.md'), 'utf8');
const blocks = (languages: string) =>
  [...page.matchAll(new RegExp(`\`\`\`(?:${languages})\\n(.*)\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    ([, head = '', body = '']) => ({
      head,
      body,
    }),
  );

/** @param folder a project with the package installed */
export function followImporting(folder: () => string): void {
  const node = (...words: readonly string[]) =>
    spawnSync(process.execPath, words, {
      cwd: folder(),
      encoding: 'utf8',
      env: { ...process.env, CI: 'true', NO_COLOR: '1' },
    });
  const vitest = () => node(join(vitestHome, 'vitest.mjs'), 'run', 'lock.test.ts');

  test('every way of importing does what its page says', () => {
    for (const { head, body } of blocks('js|ts'))
      writeFileSync(join(folder(), head.replace('// ', '')), `${head}\n${body}`);
    const commands = blocks('console');
    for (const { head, body } of commands) {
      const words = head
        .replace('$ npx churnproof ', 'node_modules/churnproof/bin/churnproof.js ')
        .replace('$ node ', '')
        .split(' ');
      const { status, stdout, stderr } = node(...words);
      expect(`${stdout}${stderr}`.trimEnd(), head).toBe(body.trimEnd());
      expect(status, head).toBe(body.includes('REJECTED') ? 1 : 0);
    }
    expect(commands).toHaveLength(6);
  });

  test('the commands that its sentences name do what they say', () => {
    const told = [...page.matchAll(/`npx churnproof ([a-z]+ stop-and-wait[^`]*)`/g)].map(([, words = '']) => {
      const { status, stdout } = node('node_modules/churnproof/bin/churnproof.js', ...words.split(' '));
      return { words, status, stdout };
    });
    expect(told).toEqual([
      {
        words: 'check stop-and-wait/unordered',
        status: 0,
        stdout: expect.stringMatching(/violated {3}bob never delivers more than alice sent \(as expected, 5 moves\)/),
      },
      {
        words: 'verify stop-and-wait',
        status: 0,
        stdout: expect.stringMatching(/^stop-and-wait: as certified; .*\n[\s\S]*1 certificate, all as certified\n$/),
      },
    ]);
  });

  test('the test of the lock is typed strictly, green, and red when work goes on after the release', () => {
    expect(complaintsOf(folder(), 'lock.test.ts')).toEqual([]);
    expect(vitest().status).toBe(0);
    const holding = "holding: { after: { work: { target: 'done', actions: 'release' } } }";
    const careless = /`(holding: .*?)`\)/.exec(page)?.[1] as string;
    const file = join(folder(), 'lock.ts');
    const good = readFileSync(file, 'utf8');
    writeFileSync(file, good.replace(holding, careless));
    expect(readFileSync(file, 'utf8')).not.toBe(good);
    const { status, stdout, stderr } = vitest();
    expect(status).toBe(1);
    expect(stdout + stderr).toMatch(/VIOLATED {3}(never: )?two hold it/);
  }, 60_000);
}

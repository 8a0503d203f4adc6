/** The tutorial as a newcomer follows it: each block of code in its place, each command with what the page says that it prints. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../support/source.js';
import { vitestHome } from '../support/vitest.js';

const page = readFileSync(join(projectRoot, 'docs/tutorial.md'), 'utf8');

/** What the blocks of code say that they are, and where each goes in `pay.js`. */
const places: { readonly [title: string]: (now: string, code: string) => string } = {
  'pay.js': (_, code) => code,
  'the bank': (now, code) => now.replace(/const bank = setup\([\s\S]*?\n\}\);\n/, () => code),
  'the system and the claims': (now, code) => now.replace(/ {2}system: \(\) =>[\s\S]*?\n {2}\],\n/, () => code),
  'more claims': (now, code) => now.replace(/ {2}\],\n\};/, () => `${code}  ],\n};`),
};

const timeless = (text: string) => text.replace(/, \d+(\.\d+)? s$/gm, ', TIME').trim();

/** @param folder a project with the package installed */
export function followTutorial(folder: () => string): void {
  const churnproof = (words: readonly string[]) =>
    spawnSync(process.execPath, ['node_modules/churnproof/bin/churnproof.js', ...words], {
      cwd: folder(),
      encoding: 'utf8',
    });

  test('every step of the tutorial shows what it says', () => {
    const blocks = [...page.matchAll(/```(js|console)\n([\s\S]*?)```/g)].map(([, language, text = '']) => ({
      isCode: language === 'js',
      head: text.split('\n')[0] as string,
      body: text.slice(text.indexOf('\n') + 1),
    }));
    let pay = '';
    let commands = 0;
    for (const { isCode, head, body } of blocks) {
      const title = head.replace('// ', '');
      const place = places[title];
      if (isCode && place !== undefined) {
        const next = place(pay, body);
        expect(next, `${title} has its place`).not.toBe(pay);
        pay = next;
        writeFileSync(join(folder(), 'pay.js'), pay);
      } else if (isCode) {
        writeFileSync(join(folder(), title), body);
      } else {
        // After step 6 the reader is asked to keep what was seen.
        if (head.includes('mutants'))
          writeFileSync(join(folder(), 'pay.js'), pay.replace("['booked']", "['booked', 'seen']"));
        const words = head.replace('$ npx churnproof ', '').split(' ');
        const { stdout, status } = churnproof(words);
        expect(timeless(stdout)).toBe(timeless(body));
        expect(status, head).toBe(words[0] === 'check' && body.includes('VIOLATED') ? 1 : 0);
        commands++;
      }
    }
    expect(commands).toBeGreaterThanOrEqual(6);
  }, 60_000);

  test('its test is green, and red without what was learnt', () => {
    const vitest = () =>
      spawnSync(process.execPath, [join(vitestHome, 'vitest.mjs'), 'run', 'pay.test.js'], {
        cwd: folder(),
        encoding: 'utf8',
        env: { ...process.env, CI: 'true', NO_COLOR: '1' },
      });
    expect(vitest().status).toBe(0);
    const good = readFileSync(join(folder(), 'pay.js'), 'utf8');
    writeFileSync(join(folder(), 'pay.js'), good.replace("['booked', 'seen']", "['booked']"));
    const { status, stdout, stderr } = vitest();
    expect(status).toBe(1);
    expect(stdout + stderr).toContain('VIOLATED   a payment is booked at most once (5 moves)');
  }, 60_000);
}

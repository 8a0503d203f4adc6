/**
 * The picture of a replay in README.md, as today's page shows it: `npm run docs:picture`. Chromium is the one that CHROMIUM names,
 * else Debian's.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'churnproof-picture-'));
const churnproof = (...words) =>
  execFileSync(process.execPath, [path('bin/churnproof.js'), ...words], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 2],
  });

churnproof('check', 'chord-orig', '--property', 'AtMostOneRing');
churnproof('replay', 'counterexamples/chord-orig-reuse-at-most-one-ring.json', '--html', 'page.html');
// A container's root has no sandbox to give; the page is our own.
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const page = await browser.newPage({
  viewport: { width: 1180, height: 1064 },
  deviceScaleFactor: 2,
  colorScheme: 'light',
});
await page.goto(pathToFileURL(join(folder, 'page.html')).href);
// To the verdict, which is drawn a moment later.
await page.keyboard.press('v');
await page.locator('.lane.claimed .false').waitFor();
await page.waitForTimeout(500);
await page.screenshot({ path: process.argv[2] ?? path('docs/images/replay.png') });
await browser.close();
rmSync(folder, { recursive: true });

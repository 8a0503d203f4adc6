/** A real Chromium, headless and without a network, that opens a page from the file system and notes whatever goes wrong. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';

const places = [
  process.env.CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Where it is, if it is anywhere. */
export const chromiumPath = places.find((place) => place !== '' && existsSync(place));

export interface Opened {
  readonly page: Page;
  /** What the console said, what was thrown, what was asked of the network. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** For the tests of one file: a browser, and a folder for its pages. */
export function browsing(): {
  open(html: string, options?: { readonly dark?: boolean; readonly width?: number }): Promise<Opened>;
} {
  let browser: Browser | undefined;
  let folder = '';
  let files = 0;
  beforeAll(async () => {
    if (chromiumPath === undefined) return;
    folder = mkdtempSync(join(tmpdir(), 'churnproof-page-'));
    // A container's root has no sandbox to give; the pages are our own.
    browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    if (folder !== '') rmSync(folder, { recursive: true, force: true });
  });
  return {
    async open(html, { dark = false, width = 1280 } = {}) {
      const file = join(folder, `page ${files++}.html`);
      writeFileSync(file, html);
      const context = await (browser as Browser).newContext({
        viewport: { width, height: 900 },
        colorScheme: dark ? 'dark' : 'light',
        offline: true,
      });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
      page.on('pageerror', (error) => complaints.push(`thrown: ${error.message}`));
      page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
      page.on('request', (request) => {
        if (!/^(file|data):/.test(request.url())) complaints.push(`request: ${request.url()}`);
      });
      await page.goto(pathToFileURL(file).href);
      return { page, complaints, close: () => context.close() };
    },
  };
}

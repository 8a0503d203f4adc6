/** The replay page in a real browser: it opens from the file system, plays, and does nothing else. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { assign, setup } from 'xstate';
import { catalogue } from '../../properties/catalogue.js';
import { pageAssets } from '../../scripts/build-web.js';
import type { Suite, World } from '../../src/kernel/index.js';
import { always, peer, sometimes, system } from '../../src/kernel/index.js';
import type { PageAssets } from '../../src/report/index.js';
import { run, scratch } from '../cli/toy.js';
import { browsing, chromiumPath } from './browser.js';

const folder = scratch();
const inBrowser = describe.skipIf(chromiumPath === undefined);
const reason = chromiumPath === undefined ? ' (skipped: no Chromium here; apt-get install chromium)' : '';

let assets: PageAssets;
beforeAll(async () => {
  assets = await pageAssets();
}, 60_000);

const pages = new Map<string, string>();

/** Checks, replays the one thing that was found, and gives the page. */
async function pageOf(suites: readonly Suite[], model: string, property: string): Promise<string> {
  const known = pages.get(model);
  if (known !== undefined) return known;
  const given = { catalogue: suites, page: () => Promise.resolve(assets) };
  const out = join(folder, String(pages.size));
  await run(['check', model, '--property', property, '--out', out, '--quiet'], given);
  const [file] = readdirSync(out);
  const path = join(out, 'page.html');
  const replayed = await run(['replay', join(out, file as string), '--html', path], given);
  expect(replayed.code).toBe(0);
  expect(replayed.out).toContain(`the page is ${path}\n`);
  const html = readFileSync(path, 'utf8');
  pages.set(model, html);
  return html;
}

const step = async (page: Page): Promise<number> => Number(await page.locator('.count b').textContent());
/** The page draws a moment after it has heard. */
const isAt = (page: Page, wanted: number) => expect.poll(() => step(page), { interval: 10 }).toBe(wanted);
const told = (page: Page): Promise<string | null> => page.locator('.now-line .text').textContent();

/** Says `add`, up to a limit, and carries text that would like to be markup. */
const hostile = '</script><script>alert(1)</script><img src=x onerror=alert(2)>\u2028&lt;';
const counter = setup({ types: { context: {} as { n: number; says: string } } }).createMachine({
  context: { n: 0, says: hostile },
  on: { add: { actions: assign({ n: ({ context }) => context.n + 1 }) } },
});
const countOf = ({ peers }: World): number => (peers[hostile] as { readonly n: number } | undefined)?.n ?? 0;
const counting = (limit: number): Suite => ({
  model: 'counting',
  summary: 'counts',
  parameters: {},
  configurations: { one: { doc: 'one', set: {} } },
  system: () =>
    system({
      name: 'counting',
      peers: { [hostile]: peer(counter), b: peer(counter) },
      operations: [{ name: 'add', peers: [hostile], limit }],
    }),
  claims: () => [
    { property: always(`it stays small ${hostile}`, (w) => countOf(w) < limit) },
    { property: sometimes('it counts', (w) => countOf(w) === 1) },
  ],
});

test('the page is one file of a modest size that lets nothing in', async () => {
  const html = await pageOf(catalogue, 'stop-and-wait/unordered', 'bob never');
  expect(html.length).toBeLessThan(300_000);
  expect(html).toContain('default-src &#39;none&#39;');
  expect(html).not.toMatch(/\b(src|href)="(?!data:,")/);
});

inBrowser(`in Chromium${reason}`, () => {
  const { open } = browsing();

  test('Chord comes apart: keys step to the violation, every view follows', async () => {
    const html = await pageOf(catalogue, 'chord-orig', 'AtMostOneRing');
    const { page, complaints, close } = await open(html);
    expect(await page.title()).toContain('AtMostOneRing');
    await isAt(page, 0);
    for (const press of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft']) await page.keyboard.press(press);
    await isAt(page, 2);
    expect(await told(page)).toBe('2: join via 0');
    expect(await page.locator('.story [aria-current=step] .text').textContent()).toBe('2: join via 0');
    expect(await page.locator('.peer.doer .name').textContent()).toBe('2');
    expect(await page.locator('.peer.doer .fresh').first().textContent()).toBe('member');
    expect(await page.locator('.chart .box.active .key').textContent()).toBe('member');
    expect(await page.locator('.ring .node.tone-doubt').count()).toBe(2);
    await page.keyboard.press('End');
    await isAt(page, 11);
    expect(await told(page)).toBe('0: crash');
    expect(await page.locator('.ring .node.tone-strong, .ring .node.tone-other').count()).toBe(2);
    await page.keyboard.press('Home');
    await page.keyboard.press('v');
    await isAt(page, 11);
    expect(await page.locator('.lane.claimed .false').count()).toBe(1);
    expect(complaints).toEqual([]);
    await close();
  });

  test('the mouse: the story, the diagram, the slider, the buttons; the space bar plays to the end', async () => {
    const html = await pageOf(catalogue, 'stop-and-wait/unordered', 'bob never');
    const { page, complaints, close } = await open(html);
    await page.locator('.story button').nth(3).click();
    await isAt(page, 3);
    expect(await told(page)).toBe('deliver bob → alice ack bit 0');
    expect(await page.locator('.mail li').count()).toBe(2);
    const diagram = (await page.locator('.diagram').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    await page.mouse.click(diagram.x + 3, diagram.y + 50);
    await isAt(page, 0);
    await page.getByRole('button', { name: 'One move on' }).click();
    await isAt(page, 1);
    await page.getByRole('slider').fill('4');
    await isAt(page, 4);
    await page.locator('select').selectOption('16');
    await page.locator('h1').click();
    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    await isAt(page, 5);
    expect(await page.locator('.way-inFlight').count()).toBe(2);
    expect(complaints).toEqual([]);
    await close();
  });

  test('a behaviour without end shows its loop and the move that decided it', async () => {
    const html = await pageOf(catalogue, 'chord-zave', 'Stabilizes:');
    const { page, complaints, close } = await open(html, { dark: true });
    await page.keyboard.press('c');
    await isAt(page, 6);
    expect(await page.locator('.story .tag-critical').count()).toBe(1);
    expect(await page.locator('.loop rect').count()).toBe(1);
    expect(await page.locator('.fate').first().textContent()).toContain('stays within reach all along');
    const ground = () => page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    const dark = await ground();
    await page.locator('.theme').click();
    await expect.poll(ground, { interval: 10 }).not.toBe(dark);
    expect(complaints).toEqual([]);
    await close();
  });

  test.each([
    ['swarm', 'B18', 'swarm-b18-w8.json', '.matrix tbody tr', 2],
    ['chain-network', 'V06', 'chain-network-v06-p18.json', '.forest', 2],
  ])('%s with the bug %s is drawn in its own terms', async (model, mutant, file, drawn, count) => {
    const given = { catalogue, page: () => Promise.resolve(assets) };
    const out = join(folder, model);
    await run(['mutants', model, '--mutant', mutant, '--out', out, '--quiet'], given);
    const path = join(out, 'page.html');
    expect((await run(['replay', join(out, file), '--html', path], given)).code).toBe(0);
    const { page, complaints, close } = await open(readFileSync(path, 'utf8'), { dark: true });
    await page.keyboard.press('v');
    await expect.poll(() => page.locator('.lane.claimed .false').count(), { interval: 10 }).toBe(1);
    expect(await page.locator('.story .now .tag-violated').count()).toBe(1);
    expect(await page.locator(drawn).count()).toBe(count);
    expect(complaints).toEqual([]);
    await close();
  });

  test('whatever a trace says stays text; hundreds of moves stay quick, and within a megabyte', async () => {
    const moves = 700;
    const html = await pageOf([counting(moves)], 'counting', 'it stays small');
    expect(html.length).toBeLessThan(1_000_000);
    const { page, complaints, close } = await open(html);
    expect(await page.locator('h1').textContent()).toContain(hostile);
    expect(await page.locator('img').count()).toBe(0);
    await page.keyboard.press('End');
    await isAt(page, moves);
    // Only what is in sight is drawn.
    expect(await page.locator('.diagram .glyph').count()).toBeLessThan(300);
    const before = Date.now();
    for (let press = 0; press < 60; press++) await page.keyboard.press('ArrowLeft');
    await isAt(page, moves - 60);
    expect(Date.now() - before).toBeLessThan(6000);
    expect(complaints).toEqual([]);
    await close();
  });

  test('on paper the story is a table', async () => {
    const html = await pageOf(catalogue, 'chord-orig', 'AtMostOneRing');
    const { page, close } = await open(html);
    await page.emulateMedia({ media: 'print' });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('.printed tr').count()).toBe(11);
    expect(await page.locator('.bar').isVisible()).toBe(false);
    await close();
  });

  test('it fits a narrow window', async () => {
    const html = await pageOf(catalogue, 'chord-orig', 'AtMostOneRing');
    const { page, close } = await open(html, { width: 360 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await close();
  });
});

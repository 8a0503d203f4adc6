/** The text of the replay page: data that stays data, whatever it says, and a policy that names its own parts alone. */
import { expect, test } from 'vitest';
import type { Frame, View } from '../../src/kernel/index.js';
import type { ReplayStory } from '../../src/report/index.js';
import { playbackOf, renderPage } from '../../src/report/index.js';

const evil = '</script><!--<b>&amp;\u2028"\'';

const story: ReplayStory = {
  title: 'm/c',
  subject: { model: 'm', config: 'c', values: { n: 3 } },
  property: evil,
  recorded: { verdict: 'violated', length: 1 },
  start: { label: evil, state: Int32Array.of(0) },
  steps: [{ move: { kind: 'crash', peer: evil }, before: Int32Array.of(0), after: Int32Array.of(1) }],
  picture: (state) => ({
    peers: [
      {
        name: evil,
        status: state[0] === 0 ? 'up' : 'crashed',
        ...(state[0] === 0 ? { context: { big: 12n, none: undefined, says: evil } } : {}),
      },
    ],
    inFlight: [],
  }),
  shownAt: 1,
  drift: [],
};
const parts = { engine: '0.0.0', charts: new Map(), lanes: [] };
const assets = { script: 'run()', style: 'p{}', scriptHash: 'S', styleHash: 'T' };

test('nothing that a trace says can end its element or begin another', () => {
  const html = renderPage(playbackOf(story, parts), assets);
  expect(html.match(/<\/script>/g)).toHaveLength(2);
  expect(html).not.toContain('<!--');
  expect(html).not.toContain('\u2028"');
  expect(html).not.toContain('<b>');
  const [, data = ''] = /<script type="application\/json" id="playback">(.*?)<\/script>/s.exec(html) ?? [];
  expect(JSON.parse(data)).toMatchObject({ property: evil, start: evil, values: ['12n', 'undefined', evil] });
  expect(html).toContain('script-src &#39;sha256-S&#39;; style-src &#39;sha256-T&#39;');
});

test('what comes again is written once', () => {
  const { locals, frames, values } = playbackOf({ ...story, steps: [...story.steps, ...story.steps] }, parts);
  expect([locals.length, values.length]).toEqual([2, 3]);
  expect(frames.map(({ peers }) => peers)).toEqual([[0], [1], [1]]);
});

test('drawings are numbered; a view that throws or forgets a frame costs only itself', () => {
  const drawing = { kind: 'matrix', columns: [], rows: [] } as const;
  const view = (frames: readonly Frame[]): View => ({ title: 'v', legend: [], drawings: frames.map(() => drawing) });
  expect(playbackOf(story, { ...parts, view }).view).toEqual({
    title: 'v',
    legend: [],
    drawings: [drawing],
    at: [0, 0],
  });
  const broken = () => {
    throw new Error('no');
  };
  expect(playbackOf(story, { ...parts, view: broken }).view).toBeUndefined();
  expect(playbackOf(story, { ...parts, view: (frames) => view(frames.slice(1)) }).view).toBeUndefined();
});

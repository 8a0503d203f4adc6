/** The option `--html` of `replay`: the page that plays a behaviour, written in one go. */
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { ChurnproofError, type Lane, messageOf, type Statechart, type System } from '../kernel/index.js';
import { statechartOf } from '../machine/index.js';
import { type PageAssets, type PlaybackParts, playbackOf, type ReplayStory, renderPage } from '../report/index.js';
import { version } from './version.js';

/** What a page is made of. @internal */
export interface Played {
  // biome-ignore lint/suspicious/noExplicitAny: a suite's system is typed where it is written
  readonly system: System<any, any>;
  readonly story: ReplayStory;
  readonly lanes: readonly Lane[];
  readonly view: PlaybackParts['view'] | undefined;
}

/** @internal */
export function pageOf({ system, story, lanes, view }: Played, assets: PageAssets): string {
  const parts: PlaybackParts = {
    engine: version,
    charts: chartsOf(system),
    lanes,
    ...(view === undefined ? {} : { view }),
  };
  return renderPage(playbackOf(story, parts), assets);
}

/** Peers that run one machine share its chart. */
function chartsOf(system: Played['system']): ReadonlyMap<string, Statechart> {
  const charts = new Map<unknown, Statechart>();
  return new Map(
    Object.entries(system.peers as System['peers']).map(([name, { machine }]) => {
      const chart = charts.get(machine) ?? statechartOf(machine);
      charts.set(machine, chart);
      return [name, chart];
    }),
  );
}

/** More than this is slow to open, and too large for most mails. */
const heavy = 1_000_000;

/** A warning for a page of more than 1 MB, with what to do about it. @internal */
export function weightOf(page: string, moves: number): string | undefined {
  const bytes = Buffer.byteLength(page);
  if (bytes <= heavy) return undefined;
  const size = (bytes / 1_000_000).toFixed(1);
  return [
    `warning: the page has ${size} MB, for ${moves} moves; a browser will be slow to open it`,
    '  try: a shorter trace. check tells the shortest one, fuzz without --simulate shortens what it finds, and fewer peers',
    '  (--set) make every move smaller',
  ].join('\n');
}

/** @internal */
export async function readAssets(): Promise<PageAssets> {
  // Beside this file once it is compiled; from the sources it is where the build has left it.
  for (const place of ['../../web/page.json', '../../dist/web/page.json'])
    try {
      return JSON.parse(await readFile(new URL(place, import.meta.url), 'utf8')) as PageAssets;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  throw new ChurnproofError('USAGE', 'the page is not built', { hint: 'npm run build' });
}

/** @internal */
export async function writeOut(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFileAtomic(path, text);
  } catch (error) {
    throw new ChurnproofError('USAGE', `cannot write the file: ${messageOf(error)}`, {
      where: path,
      hint: 'give a path that can be written',
      cause: error,
    });
  }
}

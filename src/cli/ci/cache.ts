/**
 * Results of earlier runs. Law: one is used only if whatever it rests on is byte for byte the same, and only results that no
 * limit of time or memory had a part in are kept. When in doubt there is none.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Plain } from '../../kernel/index.js';
import { pack, unpack } from '../../trace/plain-json.js';
import type { Chosen } from '../choose.js';
import type { Looked } from '../tell.js';
import type { Fingerprints } from './fingerprint.js';

const cacheVersion = 1;

/** Thirty days, in milliseconds. */
const unusedFor = 30 * 24 * 60 * 60 * 1000;

/** What else decides a result, beside sources, values and claims. @internal */
export type Question =
  | { readonly phase: 'check'; readonly maxStates: number }
  | { readonly phase: 'fuzz'; readonly seed: number; readonly runs: number; readonly moves: number };

/** @internal */
export const cacheFolder = (): string =>
  existsSync('node_modules') ? join('node_modules', '.cache', 'churnproof') : '.churnproof-cache';

/** @internal */
export class Cache {
  constructor(
    private readonly folder: string,
    private readonly fingerprints: Fingerprints,
  ) {}

  async find(chosen: Chosen, question: Question): Promise<Looked | undefined> {
    const key = await this.keyOf(chosen, question);
    if (key === undefined) return undefined;
    try {
      const kept = unpack(JSON.parse(await readFile(this.path(key), 'utf8'))) as unknown as Kept;
      if (kept.cache !== cacheVersion || kept.key !== key || !isWhole(kept.looked, question)) return undefined;
      await this.touch(key);
      return kept.looked;
    } catch {
      // None there, or one that cannot be read: then it is worked out again.
      return undefined;
    }
  }

  async keep(chosen: Chosen, question: Question, looked: Looked): Promise<void> {
    const key = isWhole(looked, question) ? await this.keyOf(chosen, question) : undefined;
    if (key === undefined) return;
    const kept: Kept = { cache: cacheVersion, key, looked };
    try {
      await mkdir(this.folder, { recursive: true });
      await writeFileAtomic(this.path(key), JSON.stringify(pack(kept as unknown as Plain)));
    } catch {
      // A folder that cannot be written costs the next run its time, and this one nothing.
    }
  }

  /** Removes what no run has used for a month, and nothing that is not of this cache. */
  async prune(now: number): Promise<void> {
    const entries = await readdir(this.folder).catch(() => []);
    for (const entry of entries.filter((name) => /^[0-9a-f]{64}\.json$/.test(name))) {
      const file = join(this.folder, entry);
      // Another run may have been faster, and a folder that cannot be written costs nobody anything but space.
      const used = await stat(file).catch(() => undefined);
      if (used !== undefined && now - used.mtimeMs > unusedFor) await rm(file, { force: true }).catch(() => {});
    }
  }

  /** So that its date says when it was last used. */
  private async touch(key: string): Promise<void> {
    const now = new Date();
    await utimes(this.path(key), now, now).catch(() => {});
  }

  private path(key: string): string {
    return join(this.folder, `${key}.json`);
  }

  private async keyOf(chosen: Chosen, question: Question): Promise<string | undefined> {
    const fingerprint = await this.fingerprints.of(chosen.file);
    if ('unsure' in fingerprint) return undefined;
    // A search that saw everything says the same under any limit of states that it stays within.
    const { maxStates: _, ...asked } = { maxStates: 0, ...question };
    const parts = [
      cacheVersion,
      fingerprint.hash,
      chosen.suite.model,
      chosen.configuration,
      Object.entries(chosen.values).sort(),
      chosen.asked.map(({ property }) => [property.kind, property.name]),
      Object.entries(asked).sort(),
    ];
    return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  }
}

interface Kept {
  readonly cache: number;
  readonly key: string;
  readonly looked: Looked;
}

/** Whether another run would come to the very same: it saw everything, or took all of its seeded moves. */
function isWhole({ report: { coverage } }: Looked, question: Question): boolean {
  if (question.phase === 'fuzz')
    return coverage.kind === 'sampled' && (coverage.cut === undefined || coverage.cut === 'decided');
  return coverage.kind === 'exhaustive' && coverage.cut === undefined && coverage.states <= question.maxStates;
}

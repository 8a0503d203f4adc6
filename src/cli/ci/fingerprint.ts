/** What a verdict rests on, as a hash of contents: churnproof itself and its packages, and whatever a claims file is made of. */
import { createHash } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ModuleGraph, moduleGraph } from './module-graph.js';

/** A hash, or why there is none. @internal */
export type Fingerprint = { readonly hash: string } | { readonly unsure: string };

/** The folder that holds src, models and properties as they run: the package's dist, or its sources. */
const running = fileURLToPath(new URL('../../..', import.meta.url));

/** More than any package that a model is made of. */
const most = 10_000;

/** What runs in this process stays what it is. */
let engine: Promise<string> | undefined;

/** Remembers what it has hashed; for one run. @internal */
export class Fingerprints {
  private readonly folders = new Map<string, Promise<string>>();
  private readonly suites = new Map<string, Promise<Fingerprint>>();
  private readonly home = realpathSync(nearestManifest(running) as string);

  /**
   * @param sources folders and files that the bundled suites are made of; none: nobody knows
   * @param began when the run did: what was written since may not be what was loaded
   */
  constructor(
    private readonly sources: readonly string[] | undefined,
    private readonly began: number,
  ) {}

  /** Of a suite: a bundled one, or that of a claims file. */
  of(file: string | undefined): Promise<Fingerprint> {
    const key = file ?? '';
    let known = this.suites.get(key);
    if (known === undefined) {
      known = this.make(file);
      this.suites.set(key, known);
    }
    return known;
  }

  private async make(file: string | undefined): Promise<Fingerprint> {
    try {
      if (file !== undefined) return await this.ofGraph(await moduleGraph(file));
      if (this.sources === undefined) return { unsure: 'nobody says what the bundled suites are made of' };
      const engine = await this.engine();
      return { hash: digest([engine, ...(await Promise.all(this.sources.map((source) => this.content(source))))]) };
    } catch (error) {
      return { unsure: error instanceof Error ? error.message : String(error) };
    }
  }

  private async ofGraph({ files, packages, open }: ModuleGraph): Promise<Fingerprint> {
    const [why] = open;
    if (why !== undefined) return { unsure: why };
    const parts = [await this.engine()];
    for (const [path, text] of files) {
      await refuseNewer(path, this.began);
      parts.push(path, text);
    }
    for (const [name, from] of packages) {
      const folder = findPackage(name, from);
      if (folder === undefined) return { unsure: `${name} is imported, and not found` };
      // What is imported must be what runs, or else it is another package by the same name.
      if (name === 'churnproof' && folder !== this.home) return { unsure: 'another churnproof is imported' };
      parts.push(name, name === 'churnproof' ? '' : await this.package(folder));
    }
    return { hash: digest(parts) };
  }

  /** Node, churnproof's own code, and the packages that it uses. */
  private engine(): Promise<string> {
    engine ??= Promise.all([this.content(join(running, 'src')), this.package(this.home, true)]).then((parts) =>
      digest([process.version, ...parts]),
    );
    return engine;
  }

  /** A package with all that it depends on; of churnproof itself only these. */
  private async package(folder: string, only = false, above: readonly string[] = []): Promise<string> {
    if (above.includes(folder)) return folder;
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Record<string, object>;
    const names = ['dependencies', 'peerDependencies', 'optionalDependencies'].flatMap((kind) =>
      Object.keys(manifest[kind] ?? {}),
    );
    const parts = only ? [] : [await this.content(folder)];
    for (const name of [...new Set(names)].sort()) {
      if (only && name === 'vitest') continue;
      const found = findPackage(name, folder);
      // What is not there cannot be imported.
      if (found !== undefined) parts.push(name, await this.package(found, false, [...above, folder]));
    }
    return digest(parts);
  }

  /** Of a file, or of all code and data in a folder but for packages inside it. */
  private content(path: string): Promise<string> {
    let known = this.folders.get(path);
    if (known === undefined) {
      known = contentOf(path, this.began);
      this.folders.set(path, known);
    }
    return known;
  }
}

async function contentOf(path: string, began: number): Promise<string> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch((error) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (entries === undefined) {
    const text = await readFile(path, 'latin1');
    await refuseNewer(path, began);
    return digest([text]);
  }
  const files = entries
    .filter((entry) => !entry.isDirectory() && /\.(?:[cm]?[jt]s|json|node|wasm)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !file.slice(path.length).includes('node_modules') && !/\.d\.[cm]?ts$/.test(file))
    .sort();
  if (files.length > most) throw new Error(`${path} has too many files to be sure of them`);
  const parts: string[] = [];
  for (const file of files) {
    parts.push(file.slice(path.length), await readFile(file, 'latin1'));
    await refuseNewer(file, began);
  }
  return digest(parts);
}

/** After it was read, so that a change between the two is seen. */
async function refuseNewer(file: string, began: number): Promise<void> {
  if ((await stat(file)).mtimeMs > began) throw new Error(`${file} was written while this run went on`);
}

/** Each part with its length before it, so that no two lists look alike. @internal */
export function digest(parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('hex');
}

/** The folder of a package as Node would find it from another folder. @internal */
export function findPackage(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return realpathSync(candidate);
    if (dirname(folder) === folder) return undefined;
  }
}

function nearestManifest(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

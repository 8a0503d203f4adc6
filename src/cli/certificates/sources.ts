/**
 * What a bundled suite is made of: every source of models and properties that it reaches, by hash. Law: the hash depends on what the
 * files say alone: not on line endings, the machine, nor on whether it is a checkout or an installed package.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, posix, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Engine, Sources } from '../../certify/index.js';
import { ChurnproofError, messageOf, type Suite } from '../../kernel/index.js';
import { digest, findPackage } from '../ci/fingerprint.js';
import { version } from '../version.js';
import { importsIn, packageIn } from './imports.js';

/** What decides a verdict or a score; what tells of them does not. */
const engineEntries = ['src/run/check.ts', 'src/run/mutants.ts', 'src/run/generic.ts', 'src/certify/make.ts'];

interface Reach {
  /** Hashes by path from the package's folder, sorted. */
  readonly files: ReadonlyMap<string, string>;
  readonly packages: ReadonlySet<string>;
}

interface Source {
  readonly hash: string;
  readonly imports: readonly string[];
}

/** Remembers what it has read; for one run. @internal */
export class PackageSources {
  private readonly read = new Map<string, Promise<Source>>();
  private modules: Promise<readonly (readonly [path: string, exports: readonly unknown[]])[]> | undefined;

  /**
   * @param home the package's folder
   * @param running folders in which what runs is: those of the sources, or of what they were compiled to
   */
  constructor(
    private readonly home: string,
    private readonly running: readonly string[],
  ) {}

  /** @throws ChurnproofError if the suite is none of this package's, or was changed since it was compiled */
  async of(suite: Suite): Promise<{ readonly sources: Sources; readonly engine: Engine }> {
    this.modules ??= this.load();
    const exporting = (await this.modules).filter(([, exports]) => exports.includes(suite)).map(([path]) => path);
    const reaches = await Promise.all(exporting.map((path) => this.reach([path], ['models', 'properties'])));
    // A module that hands it on reaches more than the one that makes it.
    const [reach] = reaches.sort((a, b) => a.files.size - b.files.size);
    if (reach === undefined)
      throw new ChurnproofError('USAGE', `${suite.model} is not a suite of this package`, {
        expected: 'one that a module of properties exports',
      });
    const engine = await this.reach(engineEntries, ['src']);
    const packages = [...new Set([...engine.packages, ...reach.packages])].sort();
    return {
      sources: { hash: hashOf(reach), files: Object.fromEntries(reach.files) },
      engine: {
        version,
        hash: hashOf(engine),
        packages: Object.fromEntries(await Promise.all(packages.map((name) => this.versionOf(name)))),
      },
    };
  }

  /** Every module in the folders of what runs, by the path of its source, with what it exports. */
  private async load() {
    const folders = this.running
      .filter((folder) => basename(folder) === 'properties')
      .map(async (folder) => {
        const entries = await readdir(folder, { recursive: true });
        const modules = entries.filter((entry) => /\.[jt]s$/.test(entry) && !entry.endsWith('.d.ts')).sort();
        return Promise.all(
          modules.map(async (entry) => {
            const file = join(folder, entry);
            const exports: unknown[] = Object.values(await import(pathToFileURL(file).href));
            return [slashed(relative(dirname(folder), file)).replace(/\.js$/, '.ts'), exports] as const;
          }),
        );
      });
    return (await Promise.all(folders)).flat();
  }

  private async reach(entries: readonly string[], rooms: readonly string[]): Promise<Reach> {
    const files = new Map<string, string>();
    const packages = new Set<string>();
    const open = [...entries];
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      if (files.has(path)) continue;
      const { hash, imports } = await this.source(path);
      files.set(path, hash);
      for (const name of imports) {
        const from = packageIn(name);
        if (from !== undefined) packages.add(from);
        if (!name.startsWith('.')) continue;
        const target = posix.join(posix.dirname(path), name).replace(/\.js$/, '.ts');
        if (rooms.includes(target.split('/')[0] as string)) open.push(target);
      }
    }
    return { files: new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))), packages };
  }

  private source(path: string): Promise<Source> {
    let known = this.read.get(path);
    if (known === undefined) {
      known = this.take(path);
      this.read.set(path, known);
    }
    return known;
  }

  private async take(path: string): Promise<Source> {
    try {
      const text = (await readFile(join(this.home, path), 'utf8')).replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
      await this.refuseNewer(path);
      return { hash: createHash('sha256').update(text).digest('hex'), imports: importsIn(text) };
    } catch (error) {
      if (error instanceof ChurnproofError) throw error;
      throw new ChurnproofError('SOURCES_MISSING', `cannot read a source: ${messageOf(error)}`, {
        where: path,
        expected: 'the sources of this package, which it is published with',
        cause: error,
      });
    }
  }

  /** In a checkout what runs may be older than what is read; in an installed package dates mean nothing. */
  private async refuseNewer(path: string): Promise<void> {
    const compiled = join(this.home, 'dist', path.replace(/\.ts$/, '.js'));
    const isCompiled = this.running.some((folder) => folder.startsWith(join(this.home, 'dist')));
    if (!isCompiled || !existsSync(join(this.home, 'tsconfig.build.json'))) return;
    const [written, made] = await Promise.all([stat(join(this.home, path)), stat(compiled)]);
    if (written.mtimeMs <= made.mtimeMs) return;
    throw new ChurnproofError('SOURCES_NEWER', 'a source was changed after it was compiled', {
      where: path,
      expected: 'that what runs is what is read',
      hint: 'npm run build',
    });
  }

  private async versionOf(name: string): Promise<readonly [string, string]> {
    const folder = findPackage(name, this.home);
    if (folder === undefined) return [name, 'not there'];
    return [name, (JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string }).version];
  }
}

const hashOf = ({ files }: Reach): string => digest([...files].flat());

const slashed = (path: string): string => path.replaceAll('\\', '/');

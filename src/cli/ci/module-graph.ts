/**
 * What a claims file is made of: the files it imports, and the packages. Law: whatever could change its meaning and is not in
 * the graph makes the graph open, with the reason; who needs to be sure must not rely on an open one.
 */
import { readFile, stat } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';

/** @internal */
export interface ModuleGraph {
  /** Absolute paths with their texts, the claims file first. */
  readonly files: ReadonlyMap<string, string>;
  /** Names of packages, each with the folder it is imported from. */
  readonly packages: ReadonlyMap<string, string>;
  /** Why something of it may not be seen. */
  readonly open: readonly string[];
}

/** Words that bring in what no file shows: time, chance, the environment, code from elsewhere. */
const ambient =
  /\b(?:process|globalThis|global|Date|performance|crypto|fetch|eval|Function|require|import\.meta|Math\s*\.\s*random|Math\s*\[)/;

/** Modules of Node that say the same whenever they are asked. */
const steady: readonly string[] = ['node:assert', 'node:assert/strict', 'node:util'];

/** @internal */
export async function moduleGraph(entry: string): Promise<ModuleGraph> {
  const { createJiti } = await import('jiti');
  const jiti = createJiti(import.meta.url, { fsCache: false });
  const files = new Map<string, string>();
  const packages = new Map<string, string>();
  const open: string[] = [];
  const visit = async (file: string): Promise<void> => {
    if (files.has(file)) return;
    const source = await readFile(file, 'utf8');
    files.set(file, source);
    if (extname(file) === '.json') return;
    const word = ambient.exec(source)?.[0];
    if (word !== undefined) open.push(`${file} uses ${word}`);
    // Types are gone in what comes out, and every import is one call.
    const code = jiti.transform({ source, filename: file, ts: /\.[cm]?tsx?$/.test(file), async: true });
    if (/\bjitiImport\(\s*(?!["'])/.test(code)) open.push(`${file} imports a computed path`);
    for (const [, , name = ''] of code.matchAll(/\bjitiImport\(\s*(["'])([^"'\\]*)\1/g)) {
      if (!name.startsWith('.') && !name.startsWith('/')) {
        if (steady.includes(name)) continue;
        if (/^(?:node:|#|data:|file:)/.test(name)) open.push(`${file} imports ${name}`);
        else packages.set(packageOf(name), dirname(file));
        continue;
      }
      const found = await find(resolve(dirname(file), name));
      if (found === undefined) open.push(`${file} imports ${name}, which is not there`);
      else await visit(found);
    }
  };
  await visit(resolve(entry));
  return { files, packages, open };
}

const packageOf = (name: string): string =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');

/** TypeScript is imported by the name that it will have as JavaScript, or by none. */
async function find(path: string): Promise<string | undefined> {
  const written = path.replace(/\.([cm]?)js$/, '.$1ts');
  const candidates = [
    path,
    written,
    ...['.ts', '.js', '.mts', '.mjs'].map((end) => path + end),
    join(path, 'index.ts'),
    join(path, 'index.js'),
  ];
  for (const candidate of candidates)
    if (
      await stat(candidate).then(
        (found) => found.isFile(),
        () => false,
      )
    )
      return candidate;
  return undefined;
}

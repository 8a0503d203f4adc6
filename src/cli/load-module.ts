/** How a person's own file (claims, config) becomes a module: by Node itself, and where that cannot read TypeScript, by jiti. */
import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** JavaScript is Node's own business, and so is TypeScript where Node strips types (22.18 and later). @internal */
export async function loadModule(path: string): Promise<{ readonly default?: unknown }> {
  const file = resolve(path);
  if (extname(file) === '.json') return { default: JSON.parse(await readFile(file, 'utf8')) };
  if (/^\.[cm]?ts$/.test(extname(file)) && !stripsTypes()) return byJiti(file);
  return import(pathToFileURL(file).href);
}

/** `false` or missing on a Node that does not. */
const stripsTypes = (): boolean => Boolean((process.features as { readonly typescript?: unknown }).typescript);

/** Packages are left to Node, so that churnproof and xstate are the same modules inside as outside. */
async function byJiti(file: string): Promise<{ readonly default?: unknown }> {
  const { createJiti } = await import('jiti');
  const jiti = createJiti(import.meta.url, { fsCache: false, interopDefault: false });
  return jiti.import<{ readonly default?: unknown }>(file);
}

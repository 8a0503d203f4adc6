/** How a person's own file (claims, config) becomes a module: JavaScript by Node itself, TypeScript by jiti. */
import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * A newer Node strips types itself, but knows neither `./machine.js` for what is `machine.ts` nor names without an ending: a file
 * that loads by one Node would not by another.
 * @internal
 */
export async function loadModule(path: string): Promise<{ readonly default?: unknown }> {
  const file = resolve(path);
  if (extname(file) === '.json') return { default: JSON.parse(await readFile(file, 'utf8')) };
  if (/^\.[cm]?ts$/.test(extname(file))) return byJiti(file);
  return import(pathToFileURL(file).href);
}

/** Packages are left to Node, so that churnproof and xstate are the same modules inside as outside. */
async function byJiti(file: string): Promise<{ readonly default?: unknown }> {
  const { createJiti } = await import('jiti');
  const jiti = createJiti(import.meta.url, { fsCache: false, interopDefault: false });
  return jiti.import<{ readonly default?: unknown }>(file);
}

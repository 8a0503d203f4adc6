/** Whether the implementations are there: they are a package of their own, which `npm run conform:install` installs. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** What to do about it, where a package is missing; `undefined` where it is there. */
export function missing(name: string): string | undefined {
  return versionOf(name) === undefined ? `${name} is not installed: npm run conform:install` : undefined;
}

/** The version that is installed. Read from its file, for not every package lets itself be asked. */
export function versionOf(name: string): string | undefined {
  try {
    const file = new URL(`node_modules/${name}/package.json`, import.meta.url);
    return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
  } catch {
    return undefined;
  }
}

/** Loads a package that has no types, as what the caller says it is. */
export const load = <T>(name: string): T => require(name) as T;

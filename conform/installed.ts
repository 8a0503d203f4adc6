/** Whether the implementations are there: they are a package of their own, which `npm run conform:install` installs. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Programs that are no packages of npm, and how they come; each says its version in its own way, so Debian is asked. */
const programs: { readonly [name: string]: string } = { opentracker: 'apt-get install opentracker' };

/** What to do about it, where a package or a program is missing; `undefined` where it is there. */
export function missing(name: string): string | undefined {
  const how = programs[name];
  if (how !== undefined) return programVersionOf(name) === undefined ? `${name} is not installed: ${how}` : undefined;
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

// biome-ignore lint/suspicious/noTemplateCurlyInString: it is dpkg's
const format = '${db:Status-Status} ${Version}';

/** The version of a Debian package that is installed. */
export function programVersionOf(name: string): string | undefined {
  const { status, stdout } = spawnSync('dpkg-query', ['-W', '-f', format, name], {
    encoding: 'utf8',
  });
  const [state, version] = status === 0 ? stdout.split(' ') : [];
  return state === 'installed' ? version : undefined;
}

/** Loads a package that has no types, as what the caller says it is. */
export const load = <T>(name: string): T => require(name) as T;

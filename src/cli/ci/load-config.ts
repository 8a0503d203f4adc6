/** Which config file a run goes by: the one that is named, or the first of the known names in the working folder. */
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { type Config, readConfig } from '../../ci/index.js';
import { ChurnproofError, messageOf } from '../../kernel/index.js';
import { loadModule } from '../load-module.js';

/** @internal */
export const configNames: readonly string[] = ['ts', 'mts', 'js', 'mjs', 'json'].map(
  (extension) => `churnproof.config.${extension}`,
);

/** @internal */
export interface LoadedConfig {
  readonly config: Config;
  /** As a person would write it. */
  readonly path: string;
  /** Paths in the config are meant from here. */
  readonly folder: string;
}

/** @throws ChurnproofError CONFIG_MISSING, CONFIG_INVALID @internal */
export async function loadConfig(named: string | undefined): Promise<LoadedConfig> {
  const path = named ?? configNames.find((name) => existsSync(name));
  if (path === undefined || !existsSync(path))
    throw new ChurnproofError('CONFIG_MISSING', 'there is no config file', {
      where: path ?? process.cwd(),
      expected: path === undefined ? `one of: ${configNames.join(', ')}` : 'a file',
      hint: "write churnproof.config.js: export default { suites: ['./my-suite.js'] }",
    });
  let exported: unknown;
  try {
    exported = (await loadModule(path)).default;
  } catch (error) {
    throw new ChurnproofError('CONFIG_INVALID', `cannot load the config: ${messageOf(error)}`, {
      where: path,
      expected: 'a module in JavaScript or TypeScript with a default export, or JSON',
      cause: error,
    });
  }
  return { config: readConfig(exported, path), path, folder: dirname(resolve(path)) };
}

/** A path in the config, as it is from the working folder. @internal */
export function fromConfig(path: string, folder: string): string {
  if (isAbsolute(path)) return path;
  const from = relative(process.cwd(), join(folder, path)).replaceAll('\\', '/');
  return from === '' ? '.' : from;
}

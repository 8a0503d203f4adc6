/** churnproof as a package that processes can run: its sources compiled without a look at their types, in a folder of its own. */
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { transformSync } from 'rolldown/utils';
import { projectRoot } from './source.js';

/** Puts the package into `folder` and gives the path of its command; `dist` of the project is left alone. */
export function buildInto(folder: string): string {
  for (const room of ['src', 'models', 'properties', 'services'])
    for (const entry of readdirSync(join(projectRoot, room), { recursive: true, encoding: 'utf8' })) {
      if (!entry.endsWith('.ts') || entry.endsWith('.d.ts')) continue;
      const source = readFileSync(join(projectRoot, room, entry), 'utf8');
      const file = join(folder, 'dist', room, entry.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(file), { recursive: true });
      const { code, errors } = transformSync(entry, source, { typescript: { onlyRemoveTypeImports: true } });
      if (errors.length > 0) throw new Error(`${entry}: ${errors[0]?.message}`);
      writeFileSync(file, code);
    }
  cpSync(join(projectRoot, 'bin'), join(folder, 'bin'), { recursive: true });
  cpSync(join(projectRoot, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
  return join(folder, 'bin/churnproof.js');
}

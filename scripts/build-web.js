/**
 * Bundles web into the one script and the one style of the replay page, with the hashes by which the page's policy knows
 * them. `npm run build` leaves them in dist/web/page.json; a test may take them from here without a file between.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

const hash = (text) => createHash('sha256').update(text, 'utf8').digest('base64');

export async function pageAssets() {
  const bundle = await rolldown({
    input: path('web/main.tsx'),
    platform: 'browser',
    resolve: { extensionAlias: { '.js': ['.ts', '.tsx', '.js'] } },
    transform: { target: 'es2022' },
  });
  const { output } = await bundle.generate({ format: 'iife', minify: true });
  await bundle.close();
  // A script element ends at the first `</script`, wherever that stands.
  const script = output[0].code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--').trim();
  const style = (await readFile(path('web/page.css'), 'utf8'))
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s*\n\s*/g, '\n')
    .trim();
  return { script, style, scriptHash: hash(script), styleHash: hash(style) };
}

/** Written aside and put in its place in one go, for a replay may be reading it. */
async function write() {
  await mkdir(path('dist/web'), { recursive: true });
  const aside = path(`dist/web/page.${process.pid}.json`);
  await writeFile(aside, JSON.stringify(await pageAssets()));
  await rename(aside, path('dist/web/page.json'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await write();

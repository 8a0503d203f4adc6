#!/usr/bin/env node
/**
 * The composition root: the one place where the command line (src/cli) meets the bundled claims (properties), because
 * src never imports models or properties.
 */
import { fileURLToPath } from 'node:url';

const load = async () => {
  try {
    return await Promise.all([import('../dist/src/cli/main.js'), import('../dist/properties/bundled.js')]);
  } catch (error) {
    // Only our own build output counts: a missing dependency of it is a different mistake and keeps its own message.
    if (error?.code !== 'ERR_MODULE_NOT_FOUND' || !/Cannot find module .*[\\/]dist[\\/]/.test(error.message))
      throw error;
    console.error('error NOT_BUILT: the compiled files in dist are missing; run `npm run build`');
    return undefined;
  }
};

const loaded = await load();
if (loaded === undefined) process.exitCode = 2;
else {
  const [{ main }, { bundled }] = loaded;
  const sources = ['models', 'properties'].map((folder) =>
    fileURLToPath(new URL(`../dist/${folder}`, import.meta.url)),
  );
  const home = fileURLToPath(new URL('..', import.meta.url));
  const catalogueAddress = new URL('../dist/properties/bundled.js', import.meta.url).href;
  const services = async () => (await import('../dist/services/catalogue.js')).services;
  process.exitCode = await main(process.argv.slice(2), {
    catalogue: bundled,
    catalogueAddress,
    services,
    sources,
    home,
  });
}

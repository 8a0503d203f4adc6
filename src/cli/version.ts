/** The version of churnproof, from the package it was installed with. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const manifest = createRequire(import.meta.url).resolve('churnproof/package.json');

/** @internal */
export const version: string = (JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string }).version;

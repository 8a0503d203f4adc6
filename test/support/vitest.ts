/** The Vitest that a user of the package has: this project's, or that of a folder which is named, to try another version. */
import { join } from 'node:path';
import { projectRoot } from './source.js';

/** Vitest 5 needs Node 22: `USERS_VITEST=<folder>/node_modules/vitest npx vitest run test/package`, by that Node. */
export const vitestHome = process.env.USERS_VITEST ?? join(projectRoot, 'node_modules/vitest');

/**
 * The fast tests: everything `npm test` and a pull request wait for. Types are checked by tsc, not here.
 *
 * Most of what is tested is pure, so the test files of these rooms share their modules, which saves a third of a second a file and more: a worker
 * loads them once and has them compiled when the next file comes. Whoever changes folders, streams, processes or modules is apart.
 */
import { defineConfig } from 'vitest/config';

const apart = [
  'bench',
  'certify',
  'cli',
  'conform',
  'package',
  'promela',
  'readme',
  'services',
  'vitest',
  'web',
  'workers',
];
const folders = `test/{${apart.join(',')}}/**/*.test.ts`;

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'apart', include: ['test/*.test.ts', folders] } },
      {
        extends: true,
        test: { name: 'pure', include: ['test/*/**/*.test.ts'], exclude: [folders], isolate: false },
      },
    ],
  },
});

/** The long tests, one at a time: large published counts and hours of fuzzing. Run by `npm run soak`. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/soak/**/*.soak.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 4 * 60 * 60_000,
    hookTimeout: 10 * 60_000,
    passWithNoTests: true,
  },
});

/** What this repository checks of itself: every bundled model. */
import { defineConfig } from 'churnproof';

export default defineConfig({
  suites: ['bundled'],
  profiles: {
    pr: { timeLimit: 900, maxStates: 50_000_000 },
    nightly: { timeLimit: 2 * 3600 },
  },
});

/** What this repository checks of itself: every bundled model. */
import { defineConfig } from 'churnproof';

export default defineConfig({
  suites: ['bundled'],
  profiles: {
    pr: { timeLimit: 300 },
    nightly: { timeLimit: 2 * 3600 },
  },
});

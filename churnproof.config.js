/** What this repository checks of itself: every bundled model. */
import { defineConfig } from 'churnproof';

export default defineConfig({
  suites: ['bundled'],
  profiles: {
    // Some minutes are enough. The limit is shared out before anybody knows who needs how much, so it is generous.
    pr: { timeLimit: 3600, maxStates: 50_000_000 },
    nightly: { timeLimit: 2 * 3600 },
  },
});

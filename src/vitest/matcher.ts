/** The matcher `expect(report).toHold()`, which is there as soon as `churnproof/vitest` is imported. */
import { expect } from 'vitest';
import type { Report } from '../kernel/index.js';
import { assess, type Expectations } from './assert-holds.js';

expect.extend({
  toHold(report: Report, expectations?: Expectations) {
    const { pass, text } = assess(report, expectations);
    return { pass, message: () => (pass ? `expected a property not to be as expected:\n${text}` : text) };
  },
});

declare module 'vitest' {
  interface Matchers<T> {
    /** Every property of this report is as expected; see `assertHolds`. */
    toHold(expectations?: Expectations): void;
  }
}

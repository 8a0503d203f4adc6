/**
 * The room of Vitest: a report as an assertion and as a matcher, a suite as tests.
 * @module churnproof/vitest
 */
export { assertHolds, type Expectations } from './assert-holds.js';
export { CounterexampleError, describeModel, type ModelOptions } from './describe-model.js';

import './matcher.js';

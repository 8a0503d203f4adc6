/** The room of Vitest: a report as an assertion, and as a matcher. */
export { assertHolds, type Expectations } from './assert-holds.js';

import './matcher.js';

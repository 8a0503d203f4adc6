/** The reduce room: searches that leave out what their verdicts do not need, where that can be shown. */
export { type ReductionName, reduced } from './reduced.js';

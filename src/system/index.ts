/** The system room: a system, which is data, becomes a model on packed integers. */
export { type Anatomy, anatomyOf, compose } from './compose.js';
export { askGuard } from './guard.js';
export { cutsOf, limitsOf } from './limits.js';
export { offersOf } from './offers.js';
export { checkTimers, validate } from './validate.js';

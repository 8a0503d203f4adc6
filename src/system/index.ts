/** The system room: a system, which is data, becomes a model on packed integers. */
export { compose } from './compose.js';

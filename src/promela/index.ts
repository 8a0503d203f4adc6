/** The promela room: a composed system taken apart into tables, and put together again by Spin. */
export { type PromelaText, promelaOf } from './promela.js';

/** What is claimed of reading torrent files: nothing malformed is taken, nothing in order is refused, no path leads out. */
export * from './metainfo/claims.js';
export { suite } from './metainfo/suite.js';

/** The check room: strategies over models, and the store and frontier they share. */
export { breadthFirst, depthFirst } from './search.js';

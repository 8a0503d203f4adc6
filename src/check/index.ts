/** The check room: strategies over models, and the store and frontier they share. */
export { breadthFirst, breadthFirstHashed, depthFirst } from './search.js';

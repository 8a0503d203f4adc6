/** The workers room: a breadth-first search by several threads, each of which owns a part of the states. */
export { type Party, WorkerSearch } from './search.js';
export { type Assignment, work } from './thread.js';

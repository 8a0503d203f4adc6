/** What observers of models made for tests say of a move: that it may change any answer. */
import type { Noticing } from '../../src/kernel/index.js';

export const alwaysNoticing: Noticing = { reads: () => true, notices: () => true, revision: 0 };

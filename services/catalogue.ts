/** Every service there is. */
import type { Service } from '../src/serve/index.js';
import { chordService } from './chord/index.js';
import { trackerService } from './tracker/index.js';

/** @public */
export const services: readonly Service[] = [trackerService, chordService];

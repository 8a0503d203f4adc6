/** The long campaigns against real implementations: every order of every tree of five blocks, and many random schedules. */
import { describe, expect, test } from 'vitest';
import { campaignOf, catalogue } from '../../conform/catalogue.js';
import { missing } from '../../conform/installed.js';
import { known } from '../../conform/known.js';
import { conform, isAsKnown, renderConformance } from '../../src/conform/index.js';

describe('campaigns', () => {
  for (const entry of catalogue) {
    const why = missing(entry.needs);
    const { n, schedules } = entry.soak;
    test(`${entry.name}: ${entry.doc}${why === undefined ? '' : ` (skipped: ${why})`}`, {
      skip: why !== undefined,
    }, async () => {
      const report = await conform(campaignOf(entry, n), schedules);
      console.log(renderConformance(report, known));
      expect(isAsKnown(report)).toBe(true);
    });
  }
});

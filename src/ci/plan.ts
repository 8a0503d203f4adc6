/**
 * Which systems a run looks at, in which order, and which of them a shard takes. Law: the plan depends on the config and the
 * suites alone, and every system of it belongs to exactly one shard.
 */
import type { Suite, Values } from '../kernel/index.js';
import { fuzzedConfiguration, usualConfiguration } from '../run/suite.js';
import type { Configurations, SettledProfile } from './config.js';

/** What one word of a config's `suites` came to. @internal */
export interface Named {
  readonly suite: Suite;
  /** If it was named: `model/configuration`. */
  readonly configuration?: string;
  /** The claims file it is from, if it is not bundled. */
  readonly file?: string;
  readonly configurations?: Configurations;
  readonly set?: Values;
  readonly properties?: readonly string[];
  readonly share?: number;
}

/** One system to look at. @internal */
export interface Target {
  readonly suite: Suite;
  readonly configuration: string;
  readonly title: string;
  readonly file?: string;
  readonly set: Values;
  readonly properties?: readonly string[];
  readonly share: number;
  /** Whether all of its states are searched; if not, it is only fuzzed. */
  readonly search: boolean;
  /** Whether it is fuzzed even if the search leaves nothing open. */
  readonly fuzz: boolean;
}

/** @internal */
export interface Shard {
  /** Counted from 1. */
  readonly index: number;
  readonly of: number;
}

/** A system that is named twice is looked at once: the last one who names it says how. @internal */
export function planOf(named: readonly Named[], profile: Pick<SettledProfile, 'configurations'>): readonly Target[] {
  const targets = new Map<string, Target>();
  for (const one of named) {
    const { suite, file, set = {}, properties, share = 1 } = one;
    const settings = Object.entries(set).map(([parameter, value]) => ` ${parameter}=${value}`);
    for (const configuration of configurationsOf(one, profile.configurations)) {
      const title = `${suite.model}/${configuration}${settings.join('')}`;
      const { fuzz, quick } = suite.configurations[configuration] ?? {};
      targets.set(`${file ?? ''} ${title}`, {
        suite,
        configuration,
        title,
        ...(file === undefined ? {} : { file }),
        set,
        ...(properties === undefined ? {} : { properties }),
        share,
        // A configuration that is made to be fuzzed is as a rule too large to search, and no search can use a simulator.
        search: fuzz === undefined || (quick === true && fuzz.simulate !== true),
        fuzz: fuzz !== undefined,
      });
    }
  }
  return [...targets.values()];
}

function configurationsOf({ suite, configuration, configurations }: Named, usual: 'quick' | 'all'): readonly string[] {
  const wanted = configurations ?? usual;
  if (configuration !== undefined) return [configuration];
  if (typeof wanted !== 'string') return wanted;
  const all = Object.keys(suite.configurations);
  if (wanted === 'all') return all;
  const quick = all.filter((name) => suite.configurations[name]?.quick === true);
  const searched = quick.length > 0 ? quick : [usualConfiguration(suite)];
  const fuzzed = fuzzedConfiguration(suite);
  const isMade = suite.configurations[fuzzed]?.fuzz !== undefined;
  return isMade && !searched.includes(fuzzed) ? [...searched, fuzzed] : searched;
}

/** Which places of a list of so many belong to a shard. @internal */
export const inShard = ({ index, of }: Shard, place: number): boolean => place % of === index - 1;

/** Whatever of a plan the shards of one run must agree on. @internal */
export const planText = (
  targets: readonly Target[],
  { fuzz, usually }: Pick<SettledProfile, 'fuzz' | 'usually'>,
): string =>
  JSON.stringify([
    targets.map(({ title, file, properties, share, search }) => [title, file ?? '', properties ?? [], share, search]),
    fuzz,
    usually,
  ]);

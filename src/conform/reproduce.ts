/** A recorded divergence, taken again on both sides. */
import { intentOf, type Model, moveClass, type Peers } from '../kernel/index.js';
import { select } from '../run/suite.js';
import { compose } from '../system/index.js';
import type { Campaign } from './campaign.js';
import type { DivergenceFile } from './divergence-file.js';
import { drive, type Run } from './drive.js';
import { Reference } from './reference.js';
import { byIntent } from './schedules.js';

/** What came of a divergence that was run again. @public */
export interface Reproduction {
  readonly run: Run;
  /** Whether they go apart after as many moves, and in the same aspect or failure. */
  readonly same: boolean;
  /** What has changed since, where not every move could be taken again. */
  readonly drift?: string;
}

/** Drives a fresh instance by the moves of the file, beside the model of the file's values. @public */
export async function reproduce<P extends Peers, Setup>(
  { adapter, suite }: Campaign<P, Setup>,
  file: DivergenceFile,
): Promise<Reproduction> {
  const { system } = select(suite, file.configuration, file.values, () => []);
  const model = compose(system);
  const start = model.starts[file.start];
  if (start?.label !== file.label) {
    return {
      run: { start: file.start, steps: [] },
      same: false,
      drift: `start ${file.start} is ${start?.label ?? 'none'} now`,
    };
  }
  const driven = file.moves.filter((move) => adapter.drives.includes(moveClass(move))).map(intentOf);
  const setup = model.observe((world) => adapter.setup(world as Parameters<typeof adapter.setup>[0])).at(start.state);
  const run = await drive(new Reference(model as Model, adapter), adapter, setup, file.start, byIntent(driven));
  const { divergence } = run;
  const same =
    divergence?.step === file.step &&
    divergence.aspect === file.aspect &&
    divergence.failure?.kind === file.failure?.kind;
  const taken = run.steps.length - 1;
  return {
    run,
    same,
    ...(taken < driven.length ? { drift: `only ${taken} of ${driven.length} moves could be taken` } : {}),
  };
}

/** The command `verify`: looks again at everything that a certificate tells, and says what differs. */
import {
  type Certificate,
  changedEngine,
  changedSources,
  differencesOf,
  renderVerified,
  renderVerifiedDocument,
  type Verified,
  verifiedOutcomes,
} from '../../certify/index.js';
import type { Suite } from '../../kernel/index.js';
import { amount } from '../../report/words.js';
import { paintFor } from '../colours.js';
import { exitCode, exitCodeOf } from '../exit-code.js';
import type { Io } from '../io.js';
import { type ExamineLimits, examine, quickOf } from './examine.js';
import { loadCertificate, nameSuites, packageOf } from './files.js';
import type { PackageSources } from './sources.js';

/** @internal */
export interface VerifyWishes extends ExamineLimits {
  readonly models: readonly string[];
  /** Compare sources and engine, and search nothing. */
  readonly hashes?: boolean;
}

/** @internal */
export async function verify(wishes: VerifyWishes, io: Io): Promise<number> {
  const { home, sources } = packageOf(io);
  const suites = (await nameSuites(wishes.models, io)).map(({ suite }) => suite);
  // All of them, before anything that takes long.
  const certificates = await Promise.all(suites.map(({ model }) => loadCertificate(home, model)));
  const paint = paintFor(io);
  const all: Verified[] = [];
  for (const [at, suite] of suites.entries()) {
    const one = await verifyOne(suite, certificates[at] as Certificate, sources, wishes, io);
    if (one === undefined) return exitCode.interrupted;
    all.push(one);
    if (!wishes.json) io.stdout.write(`${renderVerified(one, paint)}\n`);
  }
  const outcomes = all.flatMap(verifiedOutcomes);
  if (wishes.json) io.stdout.write(`${renderVerifiedDocument(all)}\n`);
  else {
    const bad = all.filter((one) => verifiedOutcomes(one).some((outcome) => outcome !== 'asExpected'));
    const sum = `${amount(all.length, 'certificate')}${bad.length === 0 ? `, all ${wishes.hashes ? 'fresh' : 'as certified'}` : `, ${bad.length} not as certified`}`;
    io.stdout.write(`${(bad.length === 0 ? paint.good : paint.bad)(sum)}\n`);
    if (bad.some(({ stale }) => stale.length > 0))
      io.stdout.write(`  try: churnproof certify ${bad.map(({ model }) => model).join(' ')}\n`);
  }
  return exitCodeOf(outcomes);
}

async function verifyOne(
  suite: Suite,
  certified: Certificate,
  sources: PackageSources,
  wishes: VerifyWishes,
  io: Io,
): Promise<Verified | undefined> {
  const start = performance.now();
  const made = await sources.of(suite);
  const told = {
    model: suite.model,
    stale: changedSources(certified.sources, made.sources),
    engine: changedEngine(certified.engine, made.engine),
    certified,
  };
  if (wishes.hashes) return { ...told, differences: [] };
  // What was certified and is there, and what should have been.
  const known = certified.configurations.map(({ name }) => name);
  const asked = Object.keys(suite.configurations).filter(
    (name) => known.includes(name) || quickOf(suite).includes(name),
  );
  const now = await examine(suite, asked, made, wishes, io);
  if (now === undefined) return undefined;
  const seconds = (performance.now() - start) / 1000;
  return { ...told, now, differences: differencesOf(certified, now), seconds };
}

/** What came of holding a suite against its certificate: whether it is as certified, and in words what is not. */
import { documentSchemaVersion, type Outcome, type Paint, unpainted } from '../report/index.js';
import { amount } from '../report/words.js';
import type { Certificate } from './certificate.js';
import { type Difference, describeDifference } from './differences.js';

/** @public */
export interface Verified {
  readonly model: string;
  /** The sources that are not what they were. */
  readonly stale: readonly string[];
  /** What searches now and did not then: told, and no fault. */
  readonly engine: readonly string[];
  readonly certified: Certificate;
  /** Nothing, where only hashes were compared. */
  readonly now?: Certificate;
  readonly differences: readonly Difference[];
  readonly seconds?: number;
}

/** Told one by one; what is more is counted. */
const most = 20;

/**
 * Stale sources and other findings are not as expected; a score that fell is vacuous; a search that was cut, and contradicts nothing, is
 * undecided.
 * @public
 */
export function verifiedOutcomes({ stale, certified, now, differences }: Verified): readonly Outcome[] {
  if (stale.length > 0) return ['notAsExpected'];
  if (now === undefined || differences.length === 0) return ['asExpected'];
  if (contradicts(now, certified)) return ['notAsExpected'];
  if (shareOf(now.mutants) < shareOf(certified.mutants) || genericFell(now, certified))
    return [isOpen(now) ? 'undecided' : 'vacuous'];
  return [isOpen(now) ? 'undecided' : 'notAsExpected'];
}

/** Whether a claim has come out otherwise, and not only been left open. */
const contradicts = (now: Certificate, certified: Certificate): boolean =>
  now.configurations.some(({ name, claims }) => {
    const before = certified.configurations.find((one) => one.name === name)?.claims ?? [];
    return claims.some(({ property, verdict, expected }) => {
      const was = before.find((one) => one.property === property)?.verdict ?? expected;
      return verdict !== 'undecided' && verdict !== was;
    });
  });

const isOpen = ({ configurations, mutants }: Certificate): boolean =>
  configurations.some(({ coverage }) => coverage.kind !== 'exhaustive') ||
  mutants.tried.some(({ outcome }) => outcome === 'undecided');

/** Of all seeded bugs, those that came out as they should. */
const shareOf = ({ tried }: Certificate['mutants']): number => {
  const good = tried.filter(({ outcome }) => outcome === 'killed' || outcome === 'quiet').length;
  return tried.length === 0 ? 1 : good / tried.length;
};

function genericFell({ generic: is }: Certificate, { generic: was }: Certificate): boolean {
  if (is === undefined || was === undefined) return is === undefined && was !== undefined;
  const share = ({ killed, of }: { readonly killed: number; readonly of: number }) => (of === 0 ? 1 : killed / of);
  return share(is) < share(was);
}

/** @public */
export function renderVerified(verified: Verified, paint: Paint = unpainted): string {
  const { model, stale, engine, certified, now, differences, seconds } = verified;
  const time = seconds === undefined ? '' : `, ${seconds.toFixed(1)} s`;
  const isGood = stale.length + differences.length === 0;
  const verdict = isGood ? paint.good(now === undefined ? 'fresh' : 'as certified') : paint.bad(wrong(verified));
  return [
    `${paint.title(model)}: ${verdict}; ${contentOf(certified)}${time}`,
    ...stale.slice(0, most).map((path) => `  stale: ${path}`),
    ...more(stale.length),
    ...differences.slice(0, most).map((one) => `  ${describeDifference(one)}`),
    ...more(differences.length),
    ...engine.map((one) => `  ${paint.aside(`certified by another engine: ${one}`)}`),
  ].join('\n');
}

const wrong = ({ stale, differences }: Verified): string =>
  [stale.length === 0 ? [] : ['STALE'], differences.length === 0 ? [] : [amount(differences.length, 'difference')]]
    .flat()
    .join(', ');

const more = (count: number): readonly string[] => (count > most ? [`  and ${count - most} more (--json)`] : []);

/** Such as `2 configurations, 16 verdicts, 1,321 states, 6 of 6 mutants killed, 24 of 29 generic ones`. */
function contentOf({ configurations, mutants, generic }: Certificate): string {
  const verdicts = configurations.reduce((sum, { claims }) => sum + claims.length, 0);
  const states = configurations.reduce((sum, { coverage }) => sum + coverage.states, 0);
  return [
    amount(configurations.length, 'configuration'),
    amount(verdicts, 'verdict'),
    amount(states, 'state'),
    ...(mutants.of === 0 ? [] : [`${mutants.killed} of ${amount(mutants.of, 'mutant')} killed`]),
    ...(mutants.survivors === 0 ? [] : [amount(mutants.survivors, 'survivor')]),
    ...(generic === undefined ? [] : [`${generic.killed} of ${generic.of} generic ones`]),
  ].join(', ');
}

/** All of them as one JSON document, for programs. @public */
export const renderVerifiedDocument = (all: readonly Verified[]): string =>
  JSON.stringify(
    {
      schemaVersion: documentSchemaVersion,
      certificates: all.map(({ model, stale, engine, differences, now, seconds, ...rest }) => ({
        model,
        outcome: verifiedOutcomes({
          model,
          stale,
          engine,
          differences,
          ...rest,
          ...(now === undefined ? {} : { now }),
        })[0],
        searched: now !== undefined,
        stale,
        engine,
        differences,
        ...(seconds === undefined ? {} : { seconds }),
      })),
    },
    null,
    2,
  );

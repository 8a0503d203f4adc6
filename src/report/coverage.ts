/** How far a search came, in words: the first line of a report, and the end of each line below it. */
import type { Coverage, Cut, PropertyKind, Shrunk } from '../kernel/index.js';
import { scheduleWord } from './schedule.js';
import { lengthOf } from './story.js';
import { isOfBehaviours } from './temporal.js';
import type { Judged, Told } from './told.js';
import { amount, duration, number, percent } from './words.js';

const cuts: { readonly [K in Cut]: string } = {
  states: 'the limit of states was reached',
  depth: 'the limit of depth was reached',
  time: 'the time was up',
  memory: 'the memory was full',
  interrupted: 'it was interrupted',
  decided: 'every claim was decided',
};

/** Such as `exhaustive breadth-first search, 1107 states, 4331 transitions, depth 20`. @internal */
export function coverageLine(told: Told): string {
  const { report, seconds, movesPerSecond } = told;
  const { kind, cut, states, uncounted, transitions, depth, queue, runs, simulated } = report.coverage;
  const seed = report.seed === undefined ? '' : ` from seed ${report.seed}`;
  const rate = movesPerSecond === undefined ? '' : ` (${number(movesPerSecond)}/s)`;
  const parts = [
    kind === 'sampled'
      ? `${amount(runs ?? 0, 'random run')}${scheduleWord(told)}${seed}`
      : `${kind === 'hashed' ? '' : `${kind} `}${report.strategy} search${report.reduced === undefined ? '' : ` under ${report.reduced}`}${hashWords(report.coverage)}`,
    ...(simulated === undefined
      ? [amount(states, 'state') + (uncounted === true ? ' and more' : ''), amount(transitions, 'transition')]
      : [`${amount(transitions, 'simulated move')}${rate}`]),
    `depth ${depth}`,
    ...(queue > 0 ? [`${amount(queue, 'state')} waiting`] : []),
    ...(seconds === undefined ? [] : [duration(seconds)]),
  ];
  return parts.join(', ') + (cut === undefined ? '' : `; stopped because ${cuts[cut]}`);
}

function hashWords({ hashed }: Coverage): string {
  if (hashed === undefined) return '';
  const { store, bits, seed } = hashed;
  return store === 'fingerprint'
    ? ` by fingerprints of ${bits} bits from seed ${seed}`
    : ` by a field of ${number(bits)} bits from seed ${seed}`;
}

/** What a search rests on that took states for one if their hashes were alike. @internal */
export function hashNotes({ report: { coverage, findings } }: Told): readonly string[] {
  const { hashed, states } = coverage;
  if (hashed === undefined) return [];
  if (hashed.store === 'fingerprint')
    return findings.some(({ doubt }) => doubt !== undefined)
      ? ['the chance is over seeds: what a search from another --seed says as well is wrong with the product of both']
      : [];
  const { load, omitted } = hashed;
  return [
    `of the bits ${percent(load)} are set: about ${roughly(omitted)} beside the ${amount(states, 'state')} seen are likely to have been taken for one of these, and what only they lead to was not seen either`,
  ];
}

const roughly = (n: number): string => (n < 10 ? String(Number(n.toPrecision(2))) : number(Math.round(n)));

/** What a simulation rests on: how much of it xstate has seen. @internal */
export function simulationNotes({ report }: Told): readonly string[] {
  const { simulated } = report.coverage;
  if (simulated === undefined) return [];
  const { steps, judged, interpreted, notCompiled, quietStates } = simulated;
  const quiet = report.findings.some(({ kind }) => kind === 'whenQuiet');
  const [one] = notCompiled;
  return [
    `xstate took ${number(judged)} of ${amount(steps, 'step')} of machines too, with the same outcome`,
    ...(one === undefined
      ? interpreted > 0
        ? [`${amount(interpreted, 'step was', 'steps were')} left to xstate`]
        : []
      : [`xstate itself runs ${amount(notCompiled.length, 'peer')}, slowly: ${one.peer} has ${one.why}`]),
    ...(quiet
      ? [
          `${amount(quietStates, 'quiet state was', 'quiet states were')} looked at: where nothing is on its way, and now and then elsewhere`,
        ]
      : []),
  ];
}

/** What one verdict rests on: what was searched without finding it, or how long the trace is. @internal */
export function groundsOf(judged: Judged, { report }: Told): string {
  const { finding, claim, expected, outcome } = judged;
  const { coverage } = report;
  const grounds: string[] = [];
  const reduced = report.reduced === undefined ? '' : ' that had to be looked at';
  if (outcome !== 'asExpected' && expected !== 'holds' && expected !== 'witnessed')
    grounds.push(`expected: ${expected}`);
  if (outcome === 'asExpected' && finding.verdict === 'violated') grounds.push('as expected');
  if (finding.trace !== undefined) {
    const { moves, loop } = finding.trace;
    const { length } = moves;
    // A way to a loop is a shortest one, but the loop need not be.
    const shortest =
      finding.shrunk?.minimal.proved === true ||
      (report.strategy === 'breadth-first' && coverage.hashed?.store !== 'bitstate' && loop === undefined);
    const published = shortest && claim?.length !== undefined && claim.length !== length ? claim.length : undefined;
    grounds.push(lengthOf(length, loop) + (published === undefined ? '' : `, published with ${published}`));
    if (finding.shrunk?.minimal.proved === true) grounds.push('proved minimal');
    if (finding.dead !== undefined) grounds.push(`${amount(finding.dead, 'dead state')} of ${number(coverage.states)}`);
  } else if (finding.why !== undefined) {
    grounds.push(finding.why);
  } else if (finding.doubt !== undefined) {
    grounds.push(`in all ${amount(coverage.states, 'state')}${reduced}`);
    grounds.push(`with a chance of at most ${percent(finding.doubt)} that one was missed`);
  } else if (coverage.kind === 'exhaustive') {
    grounds.push(`in all ${amount(coverage.states, 'state')}${reduced}`);
  } else {
    const states =
      coverage.simulated === undefined ? amount(coverage.states, 'state') : amount(coverage.transitions, 'move');
    const looked =
      coverage.kind === 'sampled'
        ? `${amount(coverage.runs ?? 0, 'run')}, ${states}`
        : coverage.kind === 'hashed'
          ? `the ${states} that were seen`
          : `the first ${states}`;
    grounds.push(`${missed(finding.kind)} in ${looked}`);
  }
  return grounds.join(', ');
}

function missed(kind: PropertyKind): string {
  if (isOfBehaviours(kind)) return 'not decided';
  return kind === 'sometimes' ? 'not seen' : 'not refuted';
}

/** @internal */
export function shrinkageLine({ from, to, minimal }: Shrunk): string {
  const shrunk = from === to ? `${amount(to, 'move')}` : `shrunk from ${amount(from, 'move')} to ${to}`;
  if (!minimal.proved) return `${shrunk}, not proved minimal: ${minimal.why}`;
  const space = minimal.scope === 'system' ? 'of the whole system' : `(only ${minimal.among ?? 'what it uses'})`;
  return `${shrunk}, proved minimal: no shorter one in ${amount(minimal.states, 'state')} ${space}`;
}

/** A run of continuous integration as JUnit XML: a test suite for each look at a system, a test case for each claim. */
import type { PropertyKind } from '../kernel/index.js';
import { type CiTold, claimsOf, corpusLabels, corpusWords, type Failure, failuresOf } from './ci.js';
import { unpainted } from './paint.js';
import { storyLines } from './story.js';

interface Case {
  readonly name: string;
  readonly className: string;
  readonly failure?: Failure;
}

interface Group {
  readonly name: string;
  readonly seconds: number;
  readonly cases: readonly Case[];
}

/** The run as JUnit XML: a test case a claim. @public */
export function renderJunit(told: CiTold): string {
  const groups = groupsOf(told);
  const cases = groups.flatMap((group) => group.cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="churnproof ${attribute(told.profile)}" ${counts(cases)} time="${told.seconds.toFixed(3)}">`,
    ...groups.flatMap(({ name, seconds, cases }) => [
      `  <testsuite name="${attribute(name)}" ${counts(cases)} skipped="0" time="${seconds.toFixed(3)}">`,
      ...cases.flatMap(caseLines),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

function groupsOf(told: CiTold): readonly Group[] {
  const failures = failuresOf(told);
  const corpus = failures.filter((failure) => failure.of.kind === 'corpus');
  const recorded: Case[] = told.corpus.map((one) => {
    const failure = corpus.find(({ of }) => of.kind === 'corpus' && of.corpus === one);
    const name = `${one.file}: ${corpusLabels[one.state]}, ${corpusWords(one.expected, one.state)}`;
    return { name, className: 'counterexamples', ...(failure === undefined ? {} : { failure }) };
  });
  const claims = claimsOf(told.examined);
  const looks = told.examined.map((examined): Group => {
    const { told: look, phase } = examined;
    const title = look.title ?? look.report.model;
    const seed = look.report.seed === undefined ? '' : ` from seed ${look.report.seed}`;
    const cases = claims
      .filter((claim) => claim.examined === examined)
      .map(({ judged }): Case => {
        const failure = failures.find(
          ({ of, property }) =>
            of.kind === 'claim' && of.claim.examined === examined && property === judged.finding.property,
        );
        const { property, kind } = judged.finding;
        return { name: named(property, kind), className: title, ...(failure === undefined ? {} : { failure }) };
      });
    return { name: `${phase} ${title}${seed}`, seconds: look.seconds ?? 0, cases };
  });
  return [...(recorded.length === 0 ? [] : [{ name: 'counterexamples', seconds: 0, cases: recorded }]), ...looks];
}

const named = (property: string, kind: PropertyKind): string => `${kind}: ${property}`;

/** What is undecided is no pass: it counts as an error, what is wrong as a failure. */
function counts(cases: readonly Case[]): string {
  const undecided = cases.filter(({ failure }) => failure?.outcome === 'undecided').length;
  const wrong = cases.filter(({ failure }) => failure !== undefined).length - undecided;
  return `tests="${cases.length}" failures="${wrong}" errors="${undecided}"`;
}

function caseLines({ name, className, failure }: Case): readonly string[] {
  const open = `    <testcase name="${attribute(name)}" classname="${attribute(className)}"`;
  if (failure === undefined) return [`${open} />`];
  const { what, outcome, seed, again, notes, trace } = failure;
  const element = outcome === 'undecided' ? 'error' : 'failure';
  const text = [
    ...notes,
    ...(trace === undefined ? [] : storyLines(trace, undefined, unpainted)),
    `seed: ${seed ?? 'none, nothing was random'}`,
    `again: ${again}`,
  ].join('\n');
  return [
    `${open}>`,
    `      <${element} message="${attribute(what)}" type="${outcome}">${content(text)}</${element}>`,
    '    </testcase>',
  ];
}

/** XML 1.0 has no word for most control characters, however they are written. */
const readable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that are meant
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, '\ufffd');

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const content = (text: string): string => readable(text).replace(/[&<>]/g, (sign) => entities[sign] as string);

const attribute = (text: string): string =>
  readable(text).replace(/[&<>"\t\n\r]/g, (sign) => entities[sign] ?? `&#${sign.charCodeAt(0)};`);

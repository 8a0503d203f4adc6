/** A run of continuous integration for GitHub: annotations of a pull request, and the summary of a job in Markdown. */
import { describeMove } from '../kernel/index.js';
import { type CiTold, type ExaminedTold, type Failure, failuresOf } from './ci.js';
import { ciHead, corpusText, sumOf } from './ci-text.js';
import { coverageLine } from './coverage.js';
import { unpainted } from './paint.js';
import { judgeAll } from './told.js';
import { amount } from './words.js';

/** One line for each thing that is red or open; empty if nothing is. @public */
export const renderAnnotations = (told: CiTold): string =>
  failuresOf(told)
    .map((failure) => {
      const { title, property, what, outcome, seed, again, notes, file, suiteFile } = failure;
      const level = outcome === 'undecided' ? 'warning' : 'error';
      const at = [`file=${field(suiteFile ?? file ?? told.config)}`, 'line=1', `title=${field(`${title}: ${what}`)}`];
      const lines = [property, ...notes, `seed: ${seed ?? 'none, nothing was random'}`, `again: ${again}`];
      return `::${level} ${at.join(',')}::${message(lines.join('\n'))}\n`;
    })
    .join('');

const message = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const field = (text: string): string => message(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** A bug that is back and the claim that it violates may tell one story: it is drawn once. @public */
export function renderSummary(told: CiTold): string {
  const drawn = new Map<string, string>();
  return [
    `## churnproof: ${markdown(sumOf(told, unpainted))}`,
    '',
    markdown(ciHead(told)),
    '',
    ...(told.corpus.length === 0 ? [] : [markdown(corpusText(told.corpus, undefined).split('\n')[0] as string), '']),
    '| system | claims | what was looked at |',
    '|---|---|---|',
    ...told.examined.map(row),
    ...failuresOf(told).flatMap((failure) => failureLines(failure, drawn)),
    '',
  ].join('\n');
}

function row({ told }: ExaminedTold): string {
  const outcomes = judgeAll(told).map(({ outcome }) => outcome);
  const wrong = outcomes.filter((outcome) => outcome === 'notAsExpected' || outcome === 'vacuous').length;
  const open = outcomes.filter((outcome) => outcome === 'undecided').length;
  const claims = [
    amount(outcomes.length, 'claim'),
    ...(wrong > 0 ? [`**${wrong} not as expected**`] : []),
    ...(open > 0 ? [`${open} undecided`] : []),
  ].join(', ');
  const cached = told.cached === true ? ' (cached)' : '';
  return `| ${cell(told.title ?? told.report.model)} | ${claims} | ${cell(coverageLine(told) + cached)} |`;
}

function failureLines(failure: Failure, drawn: Map<string, string>): readonly string[] {
  const { title, property, what, seed, again, notes, trace } = failure;
  const heading = `${title}: ${what}`;
  return [
    '',
    `### ${markdown(heading)}`,
    '',
    markdown(property),
    '',
    ...notes.map((note) => `- ${markdown(note)}`),
    `- seed: ${seed ?? 'none, nothing was random'}`,
    '',
    ...fenced('sh', again),
    ...picture(failure.diagram?.trimEnd(), heading, drawn),
    ...(trace === undefined
      ? []
      : [
          '',
          `<details><summary>${amount(trace.moves.length, 'move')}</summary>`,
          '',
          ...fenced('text', trace.moves.map((move, at) => `${at + 1}. ${describeMove(move)}`).join('\n')),
          '</details>',
        ]),
  ];
}

/** `drawn` maps the diagrams above to their headings. */
function picture(diagram: string | undefined, heading: string, drawn: Map<string, string>): readonly string[] {
  if (diagram === undefined) return [];
  const above = drawn.get(diagram);
  if (above !== undefined) return ['', `Drawn above, under "${markdown(above)}".`];
  drawn.set(diagram, heading);
  return ['', ...fenced('mermaid', diagram)];
}

/** A fence longer than any inside. */
function fenced(language: string, text: string): readonly string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, text, fence];
}

/** What Markdown would take for its own. */
const markdown = (text: string): string => text.replace(/[\\`*_{}[\]<>#|~]/g, (sign) => `\\${sign}`);

const cell = (text: string): string => markdown(text).replaceAll('\n', ' ');

/** The tables of docs/performance.md, between marks that the rest of the page is written around. Pure. */
import { cpuOf, type Panel, type Row } from './panel.js';

const marks = ['<!-- measured: begin -->', '<!-- measured: end -->'] as const;

/** @internal */
export function pageWith(page: string, panel: Panel): string {
  const [before, rest] = page.split(marks[0]);
  const after = rest?.split(marks[1])[1];
  if (before === undefined || after === undefined) throw new Error(`the page lacks ${marks.join(' or ')}`);
  return `${before}${marks[0]}\n${tablesOf(panel)}\n${marks[1]}${after}`;
}

/** @internal */
export function tablesOf({ rows, tools, ratios, machine, node, rounds }: Panel): string {
  const names = tools.map(({ name }) => name);
  const problems = [...new Set(rows.map(({ problem }) => problem))];
  const line = (...cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const head = (...cells: readonly string[]) => [line(...cells), line(...cells.map(() => '---'))];
  const cell = (problem: string, tool: string) =>
    shown(rows.find((row) => row.problem === problem && row.tool === tool));
  const compared = names.filter((name) => !name.startsWith('churnproof'));
  const skipped = rows.filter(({ result }) => result.kind === 'skipped');
  return [
    '![States per CPU second](images/bench.svg)',
    '',
    `${machine}, Node ${node}, ${rounds === 1 ? 'one round' : `medians of ${rounds} rounds (of problems with more than five million states: one round)`}.`,
    '',
    'CPU seconds, and the most memory in MB:',
    '',
    ...head('problem', 'states', ...names),
    ...problems.map((problem) =>
      line(problem, statesOf(rows, problem).toLocaleString('en'), ...names.map((name) => cell(problem, name))),
    ),
    '',
    'CPU time of the other as a multiple of ours, without claims (above 1 we are faster; below 1 slower, in bold):',
    '',
    ...head('problem', ...compared),
    ...problems.map((problem) => line(problem, ...compared.map((name) => multiple(ratios[problem]?.[name])))),
    '',
    ...(rows.some(({ exported }) => exported) ? [`† ${exportedMeans}`, ''] : []),
    ...graphLine(rows),
    ...(skipped.length === 0 ? [] : ['', `Not run: ${[...new Set(skipped.map(reasonOf))].join('; ')}.`]),
  ].join('\n');
}

const exportedMeans =
  'Spin reads what `churnproof export` wrote, tables that our own search had filled, and computes nothing of the protocol.';

const statesOf = (rows: readonly Row[], problem: string): number =>
  rows.find((row) => row.problem === problem)?.states ?? 0;

function shown(row: Row | undefined): string {
  if (row === undefined) return '';
  if (row.result.kind !== 'timed') return row.result.kind;
  const { cpuSeconds, peakMegabytes } = row.result.median;
  return `${cpuSeconds.toFixed(2)} s, ${peakMegabytes}${row.exported ? ' †' : ''}`;
}

const reasonOf = ({ tool, result }: Row): string => `${tool} (${result.kind === 'timed' ? '' : result.reason})`;

const multiple = (ratio: number | undefined): string =>
  ratio === undefined ? '' : ratio < 1 ? `**${ratio.toFixed(2)}**` : ratio.toFixed(2);

/** `xstate/graph` cannot be waited for where we are worth timing, so states per second are compared across sizes. */
function graphLine(rows: readonly Row[]): readonly string[] {
  const rate = (problem: string, tool: string) => statesOf(rows, problem) / (cpuOf(rows, problem, tool) ?? Number.NaN);
  const times = (problem: string) => rate('two-phase commit 8', 'churnproof') / rate(problem, 'xstate/graph');
  const [byMap, byPaths] = [times('two-phase commit 5'), times('two-phase commit 4')].map((n) => Math.round(n));
  return Number.isNaN(byMap) || Number.isNaN(byPaths)
    ? []
    : [
        `States per CPU second on two-phase commit 8 here: ${byMap} times those of \`getAdjacencyMap\` on 5, ${byPaths} times those of ` +
          '`getShortestPaths` on 4.',
      ];
}

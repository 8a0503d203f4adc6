/** The panel as a picture: for each problem a bar for each tool, as long as its states per CPU second. Pure, SVG text. */
import type { Panel, Row } from './panel.js';

const left = 170;
const right = 330;
const scale = 420;
const bar = 15;
const gap = 16;
const head = 72;

/** Each is readable on white and on black; a tool that is not named here is grey. */
const colours: Readonly<Record<string, string>> = {
  churnproof: 'ours',
  'churnproof, with claims': 'claims',
  Spin: 'spin',
  'Spin, breadth first': 'spin2',
  'Spin, best flags': 'spin3',
  'Spin, plain text': 'spin4',
  Rumur: 'rumur',
  'xstate/graph': 'graph',
};

const style = `text{font:12px system-ui,sans-serif;fill:#24292f}.title{font-weight:600;font-size:14px}.name{font-weight:600}
.soft{fill:#57606a}.ours{fill:#0969da}.claims{fill:#6cb0f5}.spin{fill:#bc4c00}.spin2{fill:#e08a4f}.spin3{fill:#8a3600}.spin4{fill:#d9a06f}
.grid{stroke:#8c959f;stroke-opacity:.35}.rumur{fill:#4d7f3c}.graph{fill:#8250df}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.soft{fill:#9198a1}.spin3{fill:#ffb077}.spin{fill:#e0702a}}`;

interface Bar {
  readonly problem: string;
  readonly tool: string;
  readonly rate: number;
  readonly text: string;
}

function barOf({ problem, tool, states, exported, result }: Row): readonly Bar[] {
  if (result.kind !== 'timed') return [];
  const { cpuSeconds, peakMegabytes } = result.median;
  const rate = states / Math.max(cpuSeconds, 0.01);
  return [
    {
      problem,
      tool,
      rate,
      text: `${exported ? '† ' : ''}${thousands(rate)} states/s, ${cpuSeconds.toFixed(2)} s, ${peakMegabytes} MB`,
    },
  ];
}

const thousands = (rate: number): string =>
  rate >= 1e6 ? `${(rate / 1e6).toFixed(2)} million` : Math.round(rate).toLocaleString('en');

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A round number of which the longest bar has two to five. */
function stepOf(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  return [0.2, 0.5, 1].map((part) => part * power).find((step) => most / step <= 5) ?? 2 * power;
}

/** @internal */
export function pictureOf({ rows, machine, node }: Panel): string {
  const bars = rows.flatMap(barOf);
  const most = Math.max(...bars.map(({ rate }) => rate), 1);
  const lengthOf = (rate: number) => Math.max(1, Math.round((rate / most) * scale));
  const lines: string[] = [];
  let y = head;
  for (const problem of new Set(bars.map((one) => one.problem))) {
    lines.push(`<text class="name" x="8" y="${y + 12}">${escaped(problem)}</text>`);
    const { states } = rows.find((row) => row.problem === problem) as Row;
    lines.push(`<text class="soft" x="8" y="${y + 28}">${states.toLocaleString('en')} states</text>`);
    const group = bars.filter((one) => one.problem === problem);
    for (const { tool, rate, text } of group) {
      const end = left + lengthOf(rate);
      const label = `${escaped(tool)}<tspan class="soft"> ${text}</tspan>`;
      lines.push(
        `<rect class="${colours[tool] ?? 'soft'}" x="${left}" y="${y}" width="${end - left}" height="${bar - 3}"/>`,
        `<text x="${end + 6}" y="${y + 10}">${label}</text>`,
      );
      y += bar;
    }
    y += Math.max(gap, 32 + gap - group.length * bar);
  }
  const grid: string[] = [];
  for (let rate = 0; rate <= most; rate += stepOf(most)) {
    const x = rate === 0 ? left : left + lengthOf(rate);
    grid.push(
      `<line class="grid" x1="${x}" x2="${x}" y1="${head - 8}" y2="${y - gap + 5}"/>`,
      `<text class="soft" text-anchor="middle" x="${x}" y="${head - 13}">${rate >= 1e6 ? `${rate / 1e6} million` : rate.toLocaleString('en')}</text>`,
    );
  }
  if (rows.some(({ exported }) => exported)) {
    lines.push(`<text class="soft" x="8" y="${y + 6}">† Spin reads tables that our own search has filled.</text>`);
    y += 22;
  }
  const width = left + scale + right;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" width="${width}" height="${y}" role="img">`,
    '<title>States per CPU second by tool and problem</title>',
    `<style>${style}</style>`,
    '<text class="title" x="8" y="20">Distinct states per CPU second, all explored; longer is better</text>',
    `<text class="soft" x="8" y="38">whole process, starting up included; CPU seconds and peak memory beside; ${escaped(`${machine}, Node ${node}`)}</text>`,
    ...grid,
    ...lines,
    '</svg>\n',
  ].join('\n');
}

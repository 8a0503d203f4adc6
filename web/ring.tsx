/** A circle of identifiers with arrows inside it; those from a place to itself stand outside. */
import type { LegendEntry, RingDrawing, Tone } from '../src/kernel/index.js';

const radius = 132;
const [wide, high] = [262, 198];

/** Characters of a line of a note. */
const longest = 16;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export function Ring({ drawing, legend }: { readonly drawing: RingDrawing; readonly legend: readonly LegendEntry[] }) {
  const { places, nodes, arrows } = drawing;
  const toneOf = (as: string): Tone => legend.find(({ key }) => key === as)?.tone ?? 'plain';
  const rank = (as: string): number => legend.findIndex(({ key }) => key === as);
  const point = (at: number, far: number): Point => {
    const angle = (2 * Math.PI * at) / places - Math.PI / 2;
    return { x: Math.cos(angle) * far, y: Math.sin(angle) * far };
  };
  const size = Math.max(9, Math.min(17, 260 / Math.max(1, nodes.length)));
  return (
    <svg
      class="picture ring"
      viewBox={`${-wide} ${-high} ${2 * wide} ${2 * high}`}
      role="img"
      aria-label={told(drawing, legend)}
    >
      <circle class="circle" r={radius} />
      {places <= 64 &&
        Array.from({ length: places }, (_, at) => {
          const [a, b] = [point(at, radius - 3), point(at, radius + 3)];
          return <line class="place" key={at} x1={a.x} y1={a.y} x2={b.x} y2={b.y} />;
        })}
      {arrows.map(({ from, to, as }) => (
        <path
          key={`${from} ${to} ${as}`}
          class={`line tone-${toneOf(as)}`}
          d={from === to ? loop(point(from, radius), size, rank(as)) : chord(from, to, rank(as), point, size)}
          marker-end={`url(#tip-${toneOf(as)})`}
        >
          <title>{`${from} → ${to}: ${legend.find(({ key }) => key === as)?.label ?? as}`}</title>
        </path>
      ))}
      {nodes.map(({ at, label, tone, note }) => {
        const { x, y } = point(at, radius);
        const outside = point(at, radius + size + 8);
        return (
          <g key={at} class={`node tone-${tone}`}>
            <circle cx={x} cy={y} r={size} />
            <text x={x} y={y + 4}>
              {label}
            </text>
            {note !== undefined && <Note note={note} {...outside} />}
          </g>
        );
      })}
      <Tips />
    </svg>
  );
}

/** Outside the circle, in lines of a few words: those above it grow upwards. */
function Note({ note, x, y }: Point & { readonly note: string }) {
  const lines = linesOf(note);
  const up = y < -4 ? lines.length - 1 : y > 4 ? 0 : (lines.length - 1) / 2;
  return (
    <text class="note" text-anchor={Math.abs(x) < 8 ? 'middle' : x < 0 ? 'end' : 'start'}>
      <title>{note}</title>
      {lines.map((line, at) => (
        <tspan key={line} x={x} y={y + (y > 4 ? 10 : y < -4 ? -2 : 4) + (at - up) * 14}>
          {line.length > longest ? `${line.slice(0, longest - 1)}…` : line}
        </tspan>
      ))}
    </text>
  );
}

function linesOf(note: string): readonly string[] {
  const lines: string[] = [];
  for (const word of note.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= longest) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Bent towards the middle, and more so for each kind, so that two arrows between the same places stay apart. */
function chord(
  from: number,
  to: number,
  rank: number,
  point: (at: number, far: number) => Point,
  size: number,
): string {
  const [a, b] = [point(from, radius), point(to, radius)];
  const pull = 0.62 - 0.2 * rank;
  const middle = { x: ((a.x + b.x) / 2) * pull, y: ((a.y + b.y) / 2) * pull };
  // Opposite places have their middle in the centre: to one side, by direction.
  const across = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const aside = (14 + 12 * rank) * (1 - Math.min(1, Math.hypot(middle.x, middle.y) / 60));
  const control = { x: middle.x - ((b.y - a.y) / across) * aside, y: middle.y + ((b.x - a.x) / across) * aside };
  const [start, end] = [towards(a, control, size + 1), towards(b, control, size + 3)];
  return `M${start.x} ${start.y}Q${control.x} ${control.y} ${end.x} ${end.y}`;
}

export function towards(from: Point, to: Point, by: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: from.x + ((to.x - from.x) / length) * by, y: from.y + ((to.y - from.y) / length) * by };
}

/** Out to the inside of the circle and back. */
function loop({ x, y }: Point, size: number, rank: number): string {
  const inward = Math.hypot(x, y) || 1;
  const [ux, uy] = [-x / inward, -y / inward];
  const far = size + 24 + 9 * rank;
  const wide = 10 + 3 * rank;
  const [sx, sy] = [x + ux * size * 0.8 - uy * size * 0.6, y + uy * size * 0.8 + ux * size * 0.6];
  const [ex, ey] = [x + ux * (size + 2) * 0.86 + uy * size * 0.66, y + uy * (size + 2) * 0.86 - ux * size * 0.66];
  return `M${sx} ${sy}C${x + ux * far - uy * wide} ${y + uy * far + ux * wide} ${x + ux * far + uy * wide} ${y + uy * far - ux * wide} ${ex} ${ey}`;
}

const tones: readonly Tone[] = ['plain', 'strong', 'soft', 'good', 'bad', 'doubt', 'other'];

/** Heads of arrows, one for each tone. */
export const Tips = () => (
  <defs>
    {tones.map((tone) => (
      <marker
        id={`tip-${tone}`}
        key={tone}
        viewBox="0 0 8 8"
        refX="6.5"
        refY="4"
        markerWidth="9"
        markerHeight="9"
        markerUnits="userSpaceOnUse"
        orient="auto"
        class={`marker tip tone-${tone}`}
      >
        <path d="M0 .8 7.4 4 0 7.2Z" />
      </marker>
    ))}
  </defs>
);

const told = ({ nodes, arrows }: RingDrawing, legend: readonly LegendEntry[]): string => {
  const label = (as: string) => legend.find(({ key }) => key === as)?.label ?? as;
  const places = nodes.map(({ label: name, note }) => (note === undefined ? name : `${name} (${note})`)).join(', ');
  return `Circle with ${places}. ${arrows.map(({ from, to, as }) => `${from} to ${to}: ${label(as)}`).join('; ')}`;
};

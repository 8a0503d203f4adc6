/** The picture for everybody else: the peers in a circle, and what is on its way between them. */
import type { Playback } from '../src/report/index.js';
import { doerOf, isChanged, localAt, moveAt, onTheWay } from './behaviour.js';
import { stateText } from './peers.js';
import { type Point, Tips, towards } from './ring.js';

const radius = 120;

export function NetworkPicture({ playback, step }: { readonly playback: Playback; readonly step: number }) {
  const { peers, frames } = playback;
  const doer = doerOf(moveAt(playback, step));
  const side = frames[step]?.partition;
  const size = Math.max(7, Math.min(24, 190 / peers.length));
  const point = (peer: number) => {
    const angle = (2 * Math.PI * peer) / peers.length - (peers.length === 2 ? Math.PI : Math.PI / 2);
    return peers.length === 1 ? { x: 0, y: 0 } : { x: Math.cos(angle) * radius, y: Math.sin(angle) * radius };
  };
  const links = new Map<string, { from: number; to: number; types: string[] }>();
  for (const { from, to, message } of onTheWay(playback, step)) {
    const link = links.get(`${from} ${to}`) ?? {
      from: peers.findIndex(({ name }) => name === from),
      to: peers.findIndex(({ name }) => name === to),
      types: [],
    };
    link.types.push(message.type);
    links.set(`${from} ${to}`, link);
  }
  // Words stand clear of the peers and of each other.
  const labels: Label[] = peers.map((_, peer) => ({ ...point(peer), width: 2 * size }));
  const tall = peers.length === 2 || peers.length === 1 ? 110 : 190;
  return (
    <svg
      class="picture network"
      viewBox={`-230 ${-tall} 460 ${2 * tall}`}
      role="img"
      aria-label="Peers and the messages on their way between them; the lists beside it tell the same in words"
    >
      {[...links].map(([key, { from, to, types }]) => {
        const [a, b] = [point(from), point(to)];
        const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
        const [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length];
        const bend = from === to ? 0 : Math.min(34, length * 0.18);
        const middle = { x: (a.x + b.x) / 2 - uy * bend, y: (a.y + b.y) / 2 + ux * bend };
        const separated =
          side !== undefined && side.includes(peers[from]?.name ?? '') !== side.includes(peers[to]?.name ?? '');
        const text = summary(types);
        const control = { x: middle.x - uy * bend, y: middle.y + ux * bend };
        const [start, end] = [towards(a, control, size + 2), towards(b, control, size + 5)];
        const label = standing(start, control, end, text.length * 6.2 + 6, labels);
        labels.push(label);
        return (
          <g key={key} class="link">
            <path
              class={`line tone-${separated ? 'bad' : 'strong'}`}
              d={`M${start.x} ${start.y}Q${control.x} ${control.y} ${end.x} ${end.y}`}
              marker-end={`url(#tip-${separated ? 'bad' : 'strong'})`}
            />
            {peers.length <= 8 && (
              <text class="link-text" x={label.x} y={label.y}>
                {text}
              </text>
            )}
            <title>{`${peers[from]?.name} to ${peers[to]?.name}: ${types.join(', ')}`}</title>
          </g>
        );
      })}
      {peers.map(({ name }, peer) => {
        const { x, y } = point(peer);
        const { status, state } = localAt(playback, step, peer);
        const below = y > -10 || peers.length <= 2;
        return (
          <g
            key={name}
            class={`peer-node node-${status}${name === doer ? ' doer' : ''}${isChanged(playback, step, peer) ? ' changed' : ''}${side?.includes(name) ? ' cut-off' : ''}`}
          >
            <circle cx={x} cy={y} r={size} />
            {peers.length <= 24 && (
              <text x={x} y={y + 4}>
                {fits(name, size) ? name : name.slice(0, 1)}
              </text>
            )}
            {peers.length <= 12 && (
              <text class="note" x={x} y={below ? y + size + 15 : y - size - 7}>
                {[fits(name, size) ? '' : name, status === 'up' ? stateText(state) : status]
                  .filter(Boolean)
                  .join(' · ')}
              </text>
            )}
            <title>{`${name} ${status === 'up' ? stateText(state) : status}`}</title>
          </g>
        );
      })}
      <Tips />
    </svg>
  );
}

interface Label extends Point {
  readonly width: number;
}

/** Where along an arrow its words may stand: rather nearer to the sender. */
const places: readonly number[] = [0.35, 0.5, 0.2, 0.65, 0.8];

/** The first place along the curve at which the words touch none of those that stand already, or else the first of all. */
function standing(start: Point, control: Point, end: Point, width: number, others: readonly Label[]): Label {
  const at = (t: number): Label => {
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
    const mix = (p: number, q: number, r: number) => a * p + b * q + c * r;
    return { x: mix(start.x, control.x, end.x), y: mix(start.y, control.y, end.y) + 4, width };
  };
  const isFree = (label: Label) =>
    others.every(({ x, y, width: wide }) => Math.abs(x - label.x) > (wide + width) / 2 || Math.abs(y - label.y) > 14);
  return places.map(at).find(isFree) ?? at(places[0] as number);
}

/** Whether a name has room in its circle. */
const fits = (name: string, size: number): boolean => name.length * 7.9 < 2 * size - 4;

/** `ack`, `data ×3`, `data, ack`. */
function summary(types: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1);
  const told = [...counts].map(([type, count]) => (count === 1 ? type : `${type} ×${count}`));
  return told.length > 3 ? `${told.slice(0, 2).join(', ')} and ${told.length - 2} more` : told.join(', ');
}

/** The space-time diagram: who did what when, and which way each message went; below it how the properties stood. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Lane } from '../src/kernel/index.js';
import type { Playback } from '../src/report/index.js';
import { doerOf, isChanged, isInvariant, messageText, namesOf, runsOf } from './behaviour.js';
import { Glyph } from './glyphs.js';
import type { Player } from './player.js';
import { axisHeight, cutsOf, laneHeight, rowHeight, type Scale, scaleOf, stretchesOf } from './space-time-layout.js';

/** Columns drawn beside those in sight. */
const spare = 40;

type Range = readonly [from: number, to: number];
type Flight = Playback['flights'][number];

interface Given {
  readonly playback: Playback;
  readonly player: Player;
  readonly lanes: readonly Lane[];
}

export function SpaceTime({ playback, player, lanes }: Given) {
  const scroller = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(800);
  const [range, setRange] = useState<Range>([0, 100]);
  const scale = useMemo(() => scaleOf(playback, room), [playback, room]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const look = () => {
      setRoom(element.clientWidth);
      const at = (pixels: number) => Math.round((pixels - scale.margin) / scale.column);
      const from = Math.floor(at(element.scrollLeft) / spare) * spare - spare;
      const to = Math.ceil(at(element.scrollLeft + element.clientWidth) / spare) * spare + spare;
      setRange((before) => (before[0] === from && before[1] === to ? before : [from, to]));
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [scale]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const x = scale.x(player.step);
    const edge = Math.min(120, element.clientWidth / 4);
    if (x < element.scrollLeft + edge) element.scrollLeft = x - edge;
    else if (x > element.scrollLeft + element.clientWidth - edge) element.scrollLeft = x - element.clientWidth + edge;
  }, [player.step, scale]);

  // The same element is drawn once, however often the player moves.
  const still = useMemo(() => <Still {...{ playback, scale, range, lanes }} />, [playback, scale, range, lanes]);
  const height = heightOf(scale, lanes);
  const stepAt = (event: PointerEvent) => {
    const left = (event.currentTarget as SVGElement).getBoundingClientRect().left;
    return Math.round((event.clientX - left - scale.margin) / scale.column);
  };
  return (
    <div class="space-time">
      <Rows playback={playback} lanes={lanes} />
      <div class="scroller" ref={scroller}>
        <svg
          class="diagram"
          width={scale.width}
          height={height}
          role="img"
          aria-label={`Space-time diagram of ${playback.peers.length} peers and ${playback.steps.length} moves; the story below tells the same in words`}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            player.goTo(stepAt(event));
          }}
          onPointerMove={(event) => {
            if (event.currentTarget.hasPointerCapture(event.pointerId)) player.goTo(stepAt(event));
          }}
        >
          <rect
            class="cursor"
            x={-scale.column / 2}
            y={0}
            width={scale.column}
            height={height}
            style={{ transform: `translateX(${scale.x(player.step)}px)` }}
          />
          {still}
          <Now playback={playback} scale={scale} step={player.step} />
        </svg>
      </div>
    </div>
  );
}

function Rows({ playback, lanes }: Pick<Given, 'playback' | 'lanes'>) {
  return (
    <div class="rows" aria-hidden="true">
      <div class="row-axis" />
      {playback.peers.map(({ name }) => (
        <div class="row-peer" title={name} key={name}>
          <span>{name}</span>
        </div>
      ))}
      {lanes.length > 0 && <div class="row-gap" />}
      {lanes.map((lane) => (
        <LaneName lane={lane} isClaimed={lane.property === playback.property} key={lane.property + lane.role} />
      ))}
    </div>
  );
}

/** Columns that stand beside each other on paper. */
const paperColumns = 20;

/** The whole diagram on paper, which cannot be scrolled: broken into lines. */
export function PaperSpaceTime({ playback, lanes }: Pick<Given, 'playback' | 'lanes'>) {
  const columns = Math.min(paperColumns, playback.steps.length + 1);
  const scale = scaleOf(playback, 30 * columns);
  const height = heightOf(scale, lanes);
  const lines = Math.ceil((playback.steps.length + 1) / columns);
  return (
    <>
      {Array.from({ length: lines }, (_, line) => {
        const from = line * columns;
        const left = scale.x(from) - scale.column / 2;
        return (
          <div class="space-time" key={from}>
            <Rows playback={playback} lanes={lanes} />
            <svg
              class="diagram"
              viewBox={`${left} 0 ${scale.column * columns} ${height}`}
              height={height}
              preserveAspectRatio="xMinYMin"
              role="img"
              aria-label={`The diagram from move ${from} on`}
            >
              <Still playback={playback} scale={scale} range={[from - 1, from + columns]} lanes={lanes} />
            </svg>
          </div>
        );
      })}
    </>
  );
}

const heightOf = (scale: Scale, lanes: readonly Lane[]): number =>
  scale.height + lanes.length * laneHeight + (lanes.length > 0 ? 10 : 0);

function LaneName({ lane, isClaimed }: { readonly lane: Lane; readonly isClaimed: boolean }) {
  const { name, says } = namesOf(lane.property);
  return (
    <div class={`row-lane${isClaimed ? ' claimed' : ''}`} title={lane.property}>
      <span>
        <b>
          {lane.role === 'given' ? 'given: ' : ''}
          {name}
        </b>
        {says !== '' && <small> {says}</small>}
      </span>
    </div>
  );
}

/** Arrow heads and hatchings of all pictures, on the page once. */
export const Markers = () => (
  <svg class="markers" width="0" height="0" aria-hidden="true">
    <defs>
      {['ink', 'bad', 'other', 'soft', 'now'].map((tone) => (
        <marker
          id={`arrow-${tone}`}
          key={tone}
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto-start-reverse"
          class={`marker marker-${tone}`}
        >
          <path d="M0 .8 7.4 4 0 7.2Z" />
        </marker>
      ))}
      <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="hatch-ground" width="6" height="6" />
        <path class="hatch-line" d="M1.5 0V6" />
      </pattern>
      <pattern id="hatch-cut" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
        <path class="hatch-cut-line" d="M1 0V7" />
      </pattern>
    </defs>
  </svg>
);

interface Drawn {
  readonly playback: Playback;
  readonly scale: Scale;
}

/** All that does not depend on where the player stands, as far as it is in sight. */
function Still({ playback, scale, range, lanes }: Drawn & { readonly range: Range; readonly lanes: readonly Lane[] }) {
  const { peers, steps, flights, frames } = playback;
  const rowOf = useMemo(() => new Map(peers.map(({ name }, row) => [name, row])), [peers]);
  const [from, to] = [Math.max(0, range[0]), Math.min(steps.length, range[1])];
  const inSight = Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
  const y = (name: string) => scale.y(rowOf.get(name) ?? 0);
  return (
    <g>
      <Axis playback={playback} scale={scale} steps={inSight} />
      {cutsOf(playback).map((cut) =>
        cut.side.map((name) => (
          <rect
            class="cut"
            key={`${cut.from}${name}`}
            x={scale.x(cut.from)}
            y={y(name) - rowHeight / 2 + 3}
            width={Math.max(scale.column / 2, scale.x(cut.to) - scale.x(cut.from))}
            height={rowHeight - 6}
            rx="4"
          >
            <title>{`${cut.side.join(', ')} cut off from the others`}</title>
          </rect>
        )),
      )}
      {peers.map(({ name }, row) =>
        stretchesOf(playback, row).map((stretch, at, all) => (
          <line
            class={`life life-${stretch.status}`}
            key={name + stretch.from}
            x1={at === 0 ? scale.x(0) - 12 : scale.x(stretch.from)}
            x2={at === all.length - 1 ? scale.x(steps.length) + 12 : scale.x(stretch.to)}
            y1={scale.y(row)}
            y2={scale.y(row)}
          />
        )),
      )}
      {flights
        .filter(({ sentAt, endedAt }) => endedAt >= from && sentAt <= to)
        .map((flight) => (
          <Way
            key={`${flight.sentAt} ${flight.endedAt} ${flight.envelope} ${flight.copiedAt ?? ''}`}
            {...{ playback, scale, flight, y }}
          />
        ))}
      {inSight.slice(from === 0 ? 1 : 0).map((step) => {
        const move = steps[step - 1]?.move;
        if (move === undefined) return null;
        const doer = doerOf(move);
        const touched = peers.flatMap(({ name }, row) =>
          name !== doer && isChanged(playback, step, row) ? [row] : [],
        );
        return (
          <g key={step}>
            {touched.map((row) => (
              <g key={row}>
                {doer !== undefined && (
                  <line class="touch" x1={scale.x(step)} x2={scale.x(step)} y1={y(doer)} y2={scale.y(row)} />
                )}
                <circle class="touched" cx={scale.x(step)} cy={scale.y(row)} r="3.5" />
              </g>
            ))}
            {move.kind === 'partition' || move.kind === 'heal' ? (
              <line
                class={`weather weather-${move.kind}`}
                x1={scale.x(step)}
                x2={scale.x(step)}
                y1={axisHeight}
                y2={scale.height}
              />
            ) : null}
            {move.kind !== 'lose' && move.kind !== 'duplicate' && (
              <g
                transform={`translate(${scale.x(step)} ${doer === undefined ? axisHeight + 2 : y(doer)})`}
                class={frames[step] === frames[step - 1] ? 'idle' : undefined}
              >
                <Glyph kind={move.kind} />
                <title>{`${step}. ${steps[step - 1]?.text}`}</title>
              </g>
            )}
          </g>
        );
      })}
      {lanes.map((lane, at) => (
        <LaneBar
          key={lane.property + lane.role}
          lane={lane}
          scale={scale}
          top={scale.height + 10 + at * laneHeight}
          isClaimed={lane.property === playback.property}
        />
      ))}
    </g>
  );
}

/** Numbers of the moves, the loop, and the steps at which the fate was decided and shown. */
function Axis({ playback, scale, steps }: Drawn & { readonly steps: readonly number[] }) {
  const { loop, critical, shownAt, verdict } = playback;
  const last = playback.steps.length;
  const every = scale.column >= 30 ? 1 : 5;
  const flags = [
    ...(critical === undefined ? [] : [{ step: critical.step, tone: 'critical', text: 'critical' }]),
    ...(shownAt === null ? [] : [{ step: shownAt, tone: verdict, text: verdict }]),
  ];
  return (
    <g>
      {loop !== undefined && (
        <g class="loop">
          <rect
            x={scale.x(loop) + (loop === last ? 0 : scale.column / 2)}
            y={axisHeight - 7}
            width={Math.max(8, (last - loop) * scale.column)}
            height={5}
            rx="2.5"
          />
          <title>
            {loop === last ? 'it stays like this for ever' : `moves ${loop + 1} to ${last} are repeated for ever`}
          </title>
        </g>
      )}
      {steps
        .filter((step) => step % every === 0 || step === last)
        .map((step) => {
          const flag = flags.find((one) => one.step === step);
          return (
            <text class={`tick${flag ? ` tick-${flag.tone}` : ''}`} key={step} x={scale.x(step)} y={axisHeight - 12}>
              {step}
            </text>
          );
        })}
      {flags.map(({ step, tone }) => (
        <path class={`flag flag-${tone}`} key={tone} d={`M${scale.x(step) - 5} 1h10l-5 7Z`}>
          <title>{tone === 'critical' ? 'the critical transition' : `${verdict} here`}</title>
        </path>
      ))}
    </g>
  );
}

interface WayGiven extends Drawn {
  readonly flight: Flight;
  readonly y: (name: string) => number;
}

/** The line from sending to hearing, or as far as the message came. */
function lineOf({ scale, flight, playback, y }: WayGiven): string {
  const { from, to } = playback.envelopes[flight.envelope] as Playback['envelopes'][number];
  const [x1, y1] = [scale.x(flight.copiedAt ?? flight.sentAt), y(from)];
  const whole = { x: scale.x(flight.endedAt), y: y(to) };
  const part = flight.end === 'delivered' ? 1 : flight.end === 'inFlight' ? 0.62 : 0.55;
  const [x2, y2] = [
    flight.end === 'inFlight' ? Math.max(whole.x, x1 + scale.column * 0.6) : whole.x,
    y1 + (whole.y - y1) * part,
  ];
  if (from === to) return `M${x1} ${y1}C${x1} ${y1 - 22} ${x2} ${y1 - 22} ${x2 - 4} ${y1 - 5}`;
  // It ends at the rim of the sign that stands for hearing it.
  const gap = flight.end === 'delivered' ? 6 : 0;
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  return `M${x1} ${y1}L${x2 - ((x2 - x1) / length) * gap} ${y2 - ((y2 - y1) / length) * gap}`;
}

const endOf = (line: string): readonly [number, number] => {
  const [x = 0, y = 0] = (line.split('L')[1] ?? '').split(' ').map(Number);
  return [x, y];
};

function Way(given: WayGiven) {
  const { flight, playback } = given;
  const { from, to, message } = playback.envelopes[flight.envelope] as Playback['envelopes'][number];
  const line = lineOf(given);
  const { type, rest } = messageText(message);
  const [x, y] = endOf(line);
  const isCopy = flight.copiedAt !== undefined;
  return (
    <g class={`way way-${flight.end}${isCopy ? ' way-copy' : ''}`}>
      <path
        d={line}
        marker-end={
          flight.end === 'lost' || flight.end === 'cut'
            ? undefined
            : `url(#arrow-${isCopy ? 'other' : flight.end === 'delivered' ? 'ink' : 'soft'})`
        }
      />
      {(flight.end === 'lost' || flight.end === 'cut' || flight.end === 'gone') && (
        <g transform={`translate(${x} ${y})`}>
          <Glyph kind={flight.end === 'cut' ? 'partition' : 'lose'} />
        </g>
      )}
      {isCopy && (
        <g transform={`translate(${given.scale.x(flight.copiedAt as number)} ${given.y(from)})`}>
          <Glyph kind="duplicate" />
        </g>
      )}
      <title>{`${from} to ${to}: ${type}${rest === '' ? '' : ` (${rest})`}, ${endText[flight.end]}`}</title>
    </g>
  );
}

const endText: Readonly<Record<Flight['end'], string>> = {
  delivered: 'delivered',
  lost: 'lost',
  cut: 'lost when the network was cut',
  gone: 'gone with the peer',
  inFlight: 'still on its way at the end',
};

function LaneBar({
  lane,
  scale,
  top,
  isClaimed,
}: {
  readonly lane: Lane;
  readonly scale: Scale;
  readonly top: number;
  readonly isClaimed: boolean;
}) {
  const middle = top + laneHeight / 2;
  const kind = isInvariant(lane) ? 'invariant' : 'goal';
  return (
    <g class={`lane lane-${kind}${isClaimed ? ' claimed' : ''}`}>
      {runsOf(lane)
        .filter(({ value }) => value !== '-')
        .map(({ value, from, to }) => {
          const half = scale.column / 2;
          const x = scale.x(from) - half;
          const tall = value === (kind === 'invariant' ? '0' : '1');
          const high = tall ? 12 : 3;
          return (
            <rect
              class={value === '1' ? 'true' : 'false'}
              key={from}
              x={x + 1}
              y={middle - high / 2}
              width={Math.max(2, (to - from) * scale.column - 2)}
              height={high}
              rx={tall ? 3 : 1.5}
            >
              <title>{`${lane.property}: ${value === '1' ? 'true' : 'false'} ${to - from === 1 ? `after move ${from}` : `from move ${from} to ${to - 1}`}`}</title>
            </rect>
          );
        })}
    </g>
  );
}

/** What is on its way where the player stands, and the move it has just seen. */
function Now({ playback, scale, step }: Drawn & { readonly step: number }) {
  const rowOf = new Map(playback.peers.map(({ name }, row) => [name, row]));
  const y = (name: string) => scale.y(rowOf.get(name) ?? 0);
  const doer = doerOf(playback.steps[step - 1]?.move);
  return (
    <g class="current">
      {playback.flights
        .filter(({ sentAt, endedAt, end }) => sentAt <= step && (endedAt >= step || end === 'inFlight'))
        .map((flight) => (
          <path
            key={`${flight.sentAt} ${flight.endedAt} ${flight.envelope} ${flight.copiedAt ?? ''}`}
            class={flight.endedAt === step && flight.end !== 'inFlight' ? 'ending' : 'flying'}
            d={lineOf({ playback, scale, flight, y })}
          />
        ))}
      {doer !== undefined && <circle class="doer" cx={scale.x(step)} cy={y(doer)} r="9" />}
    </g>
  );
}

/** The chart of a peer's machine, with the state it is in lit, and what it has just heard. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { activePaths, type ChartTransition } from '../src/kernel/index.js';
import type { Playback } from '../src/report/index.js';
import { doerOf, heardIn, localAt, moveAt } from './behaviour.js';
import { cutText, headHeight, labelText, layoutOf, lineHeight } from './statechart-layout.js';

type Heard = ReturnType<typeof heardIn>;

export function Machines({ playback, step }: { readonly playback: Playback; readonly step: number }) {
  const shown = playback.peers.flatMap(({ chart }, peer) => (chart === null ? [] : [peer]));
  const doer = playback.peers.findIndex(({ name }) => name === doerOf(moveAt(playback, step)));
  const [chosen, choose] = useState(shown[0] ?? 0);
  const [follows, setFollows] = useState(true);
  useEffect(() => {
    if (follows && shown.includes(doer)) choose(doer);
  }, [doer, follows, step]);
  const number = playback.peers[chosen]?.chart ?? null;
  const chart = number === null ? undefined : playback.charts[number];
  const layout = useMemo(() => (chart === undefined ? undefined : layoutOf(chart)), [chart]);
  if (layout === undefined || chart === undefined) return null;
  const { status, state } = localAt(playback, step, chosen);
  const active = new Set(status === 'up' ? activePaths(state) : []);
  const before = new Set(step > 0 ? activePaths(localAt(playback, step - 1, chosen).state) : []);
  const heard = chosen === doer ? heardIn(moveAt(playback, step)) : undefined;
  const isTaken = (from: string, transition: ChartTransition) => before.has(from) && hears(transition, heard);
  return (
    <div class="machines">
      <div class="tabs" role="tablist" aria-label="Peers">
        {shown.map((peer) => (
          <button
            type="button"
            role="tab"
            key={peer}
            aria-selected={peer === chosen}
            onClick={() => {
              setFollows(false);
              choose(peer);
            }}
          >
            {playback.peers[peer]?.name}
          </button>
        ))}
        <label class="toggle">
          <input type="checkbox" checked={follows} onChange={(event) => setFollows(event.currentTarget.checked)} />
          follow the peer that moves
        </label>
      </div>
      {layout.anywhere.length > 0 && (
        <p class="anywhere">
          <span class="label">{layout.boxes.length === 0 ? 'One state, which hears' : 'In every state'}</span>
          {layout.anywhere.map((transition, at) => (
            <span class={`chip${isTaken('', transition) ? ' taken' : ''}`} key={at} title={whole(transition)}>
              {labelText(transition)}
              {transition.targets.length > 0 && <i> → {transition.targets.join(', ')}</i>}
            </span>
          ))}
        </p>
      )}
      {layout.boxes.length > 0 && (
        <div class="chart-scroller">
          <svg
            class="chart"
            width={layout.width}
            height={layout.height}
            viewBox={`0 0 ${layout.width} ${layout.height}`}
            role="img"
            aria-label={`Machine of ${playback.peers[chosen]?.name}, ${status === 'up' ? `in state ${[...active].filter(Boolean).join(', ')}` : status}`}
          >
            {layout.boxes.map(({ state: { path, key, type }, x, y, width, height, inner }) => (
              <g
                key={path}
                class={`box box-${type}${active.has(path) ? ' active' : ''}`}
                transform={`translate(${x} ${y})`}
              >
                <rect width={width} height={height} rx="8" />
                {type === 'final' && <rect class="inner" x="3" y="3" width={width - 6} height={height - 6} rx="6" />}
                <text class="key" x={type === 'compound' || type === 'parallel' ? 12 : width / 2} y="18">
                  {key}
                </text>
                {inner.map((transition, at) => (
                  <text
                    class={`inner-label${isTaken(path, transition) ? ' taken' : ''}`}
                    key={at}
                    x={12}
                    y={headHeight + 11 + at * lineHeight}
                  >
                    {cutText(labelText(transition))}
                    <title>{whole(transition)}</title>
                  </text>
                ))}
              </g>
            ))}
            {layout.arrows.map(({ from, to, transitions, path, label }) => {
              const taken = transitions.some((transition) => isTaken(from, transition)) && active.has(to);
              return (
                <g key={`${from} ${to}`} class={`arrow${taken ? ' taken' : ''}`}>
                  <path d={path} marker-end={`url(#arrow-${taken ? 'now' : 'soft'})`} />
                  <rect
                    class="ground"
                    x={label.x - label.width / 2}
                    y={label.y - (transitions.length * lineHeight) / 2}
                    width={label.width}
                    height={transitions.length * lineHeight}
                    rx="3"
                  />
                  {transitions.map((transition, at) => (
                    <text
                      key={at}
                      x={label.x}
                      y={label.y - (transitions.length * lineHeight) / 2 + 11 + at * lineHeight}
                      class={isTaken(from, transition) ? 'taken' : undefined}
                    >
                      {cutText(labelText(transition))}
                      <title>{whole(transition)}</title>
                    </text>
                  ))}
                </g>
              );
            })}
          </svg>
        </div>
      )}
    </div>
  );
}

/** The chart does not say which guard was true, so all transitions for what was heard are shown. */
const hears = ({ on }: ChartTransition, heard: Heard): boolean =>
  heard !== undefined &&
  on.kind === heard.kind &&
  (on.name === heard.name || (on.kind === 'timer' && heard.name.startsWith(`${on.name} of `)));

const whole = (transition: ChartTransition): string =>
  [
    labelText(transition),
    transition.targets.length > 0 ? `to ${transition.targets.join(', ')}` : 'stays',
    transition.actions.length > 0 ? `does ${transition.actions.join(', ')}` : '',
  ]
    .filter(Boolean)
    .join('; ');

/** The replay page: what is claimed, the bar that moves through the behaviour, and every view of the state it stands in. */
import { useMemo, useState } from 'preact/hooks';
import type { Lane } from '../src/kernel/index.js';
import type { Playback } from '../src/report/index.js';
import { flipsOf, isInvariant, messageText, namesOf } from './behaviour.js';
import { GlyphIcon, kindNames } from './glyphs.js';
import { Peers } from './peers.js';
import { usePlayer } from './player.js';
import { Printed } from './printed.js';
import { Markers, SpaceTime } from './space-time.js';
import { Machines } from './statechart.js';
import { MoveText, Story } from './story.js';
import { ThemeSwitch } from './theme.js';
import { Transport } from './transport.js';
import { ProtocolView } from './view.js';

/** Lanes shown before somebody asks for more. */
const fewLanes = 7;

export function App({ playback }: { readonly playback: Playback }) {
  const player = usePlayer(playback);
  const [showsAllLanes, setShowsAllLanes] = useState(false);
  const { lanes, property, view } = playback;
  const flipping = useMemo(() => {
    const changing = lanes.filter((lane) => lane.property !== property && flipsOf(lane).length > 0);
    const claimed = lanes.filter((lane) => lane.property === property);
    // An alarm says more than a goal that is reached, and that more than what is merely at stake.
    const rank = (lane: Lane) => (isInvariant(lane) ? 0 : lane.kind === 'sometimes' ? 2 : 1);
    return [...claimed, ...[...changing].sort((a, b) => rank(a) - rank(b))].slice(0, fewLanes);
  }, [lanes, property]);
  const shownLanes = showsAllLanes ? lanes : flipping;
  const { step } = player;
  const usedKinds = useMemo(() => [...new Set(playback.steps.map(({ move }) => move.kind))], [playback]);
  return (
    <>
      <Markers />
      <Head playback={playback} />
      <main>
        <div class="bar">
          <Transport playback={playback} player={player} />
          <NowLine playback={playback} step={step} />
        </div>
        <section class="panel wide screen" aria-labelledby="h-space-time">
          <header>
            <h2 id="h-space-time">Space and time</h2>
            <ul class="kinds" aria-label="Signs">
              {usedKinds.map((kind) => (
                <li key={kind}>
                  <GlyphIcon kind={kind} /> {kindNames[kind]}
                </li>
              ))}
            </ul>
            {lanes.length > flipping.length && (
              <button
                type="button"
                class="plain"
                aria-pressed={showsAllLanes}
                onClick={() => setShowsAllLanes(!showsAllLanes)}
              >
                {showsAllLanes
                  ? 'only properties that change'
                  : `all ${new Set(lanes.map((lane) => lane.property)).size} properties`}
              </button>
            )}
          </header>
          <SpaceTime playback={playback} player={player} lanes={shownLanes} />
        </section>
        <div class="columns">
          <section class="panel" aria-labelledby="h-story">
            <header>
              <h2 id="h-story">Story</h2>
            </header>
            <Story playback={playback} player={player} />
          </section>
          <section class="panel" aria-labelledby="h-view">
            <header>
              <h2 id="h-view">{view?.title ?? 'Network'}</h2>
            </header>
            <ProtocolView playback={playback} step={step} />
          </section>
          <section class="panel" aria-labelledby="h-peers">
            <header>
              <h2 id="h-peers">Peers</h2>
            </header>
            <Peers playback={playback} step={step} />
          </section>
        </div>
        {playback.charts.length > 0 && (
          <section class="panel wide" aria-labelledby="h-machines">
            <header>
              <h2 id="h-machines">Machine</h2>
            </header>
            <Machines playback={playback} step={step} />
          </section>
        )}
      </main>
      <footer>
        <p>
          <kbd>←</kbd> <kbd>→</kbd> step <kbd>space</kbd> play <kbd>Home</kbd> <kbd>End</kbd> ends <kbd>PgUp</kbd>{' '}
          <kbd>PgDn</kbd> ten
          {playback.shownAt === null ? '' : ' '}
          {playback.shownAt !== null && <kbd>v</kbd>} {playback.shownAt !== null && playback.verdict}{' '}
          {playback.critical !== undefined && <kbd>c</kbd>} {playback.critical !== undefined && 'critical'}
        </p>
        <p>churnproof {playback.engine}</p>
      </footer>
      <Printed playback={playback} lanes={shownLanes} />
    </>
  );
}

function Head({ playback }: { readonly playback: Playback }) {
  const { property, verdict, shownAt, model, configuration, mutant, settings, ending, fate, drift, steps, loop } =
    playback;
  const { name, says } = namesOf(property);
  const isShown = shownAt !== null;
  const length = `${steps.length} ${steps.length === 1 ? 'move' : 'moves'}`;
  return (
    <header class="head">
      <div class="where">
        <span class="model">
          {model}
          <i>{mutant === undefined ? `/${configuration}` : ` with the bug ${mutant.name}`}</i>
        </span>
        <span class="settings">{settings.join('  ')}</span>
        <ThemeSwitch />
      </div>
      <h1>
        <span class={`verdict verdict-${isShown ? verdict : 'undecided'}`}>{isShown ? verdict : 'not shown'}</span>
        {name}
      </h1>
      {says !== '' && <p class="says">{says}</p>}
      {mutant !== undefined && (
        <p class="bug">
          {mutant.name}: {mutant.doc}
        </p>
      )}
      <p class="ending">
        {length}
        {loop === undefined
          ? ''
          : loop === steps.length
            ? ', then nothing more for ever'
            : `, the last ${steps.length - loop} for ever`}{' '}
        · {ending}
      </p>
      {fate.map((line) => (
        <p class="fate" key={line}>
          {line.split('`').map((part, at) => (at % 2 === 1 ? <code key={`${at} ${part}`}>{part}</code> : part))}
        </p>
      ))}
      {drift.length > 0 && <p class="drift">The model has changed since this was recorded: see the story.</p>}
    </header>
  );
}

/** The move that led here, in words, and what became of messages in it; told to those who hear the page. */
function NowLine({ playback, step }: { readonly playback: Playback; readonly step: number }) {
  const told = playback.steps[step - 1];
  const sent = playback.flights.filter((flight) => flight.sentAt === step && flight.copiedAt === undefined && step > 0);
  return (
    <p class="now-line" aria-live="polite">
      {told === undefined ? (
        <>
          <span class="number">0</span> <span class="text">{playback.start || 'the start'}</span>
        </>
      ) : (
        <>
          <span class="number">{step}</span>
          <GlyphIcon kind={told.move.kind} />
          <span class="text">
            <MoveText told={told} />
          </span>
          {sent.map((flight) => {
            const envelope = playback.envelopes[flight.envelope] as Playback['envelopes'][number];
            return (
              <span class="sent" key={`${flight.envelope} ${flight.endedAt}`}>
                sends {messageText(envelope.message).type} → {envelope.to}
              </span>
            );
          })}
        </>
      )}
    </p>
  );
}

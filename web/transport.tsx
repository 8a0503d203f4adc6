/** The bar that moves the page through the behaviour. */
import type { Playback } from '../src/report/index.js';
import { type Player, speeds } from './player.js';

export function Transport({ playback, player }: { readonly playback: Playback; readonly player: Player }) {
  const { step, last, isPlaying, speed } = player;
  const { critical, shownAt, verdict, loop } = playback;
  return (
    <div class="transport">
      <fieldset class="buttons">
        <legend class="hidden">Step</legend>
        <Press
          label="To the start (Home)"
          sign="M-5-5V5M5-5-2 0 5 5Z"
          disabled={step === 0}
          press={() => player.goTo(0)}
        />
        <Press
          label="One move back (left arrow)"
          sign="M3-5-4 0 3 5Z"
          disabled={step === 0}
          press={() => player.goTo(step - 1)}
        />
        <Press
          label={isPlaying ? 'Pause (space)' : 'Play (space)'}
          sign={isPlaying ? 'M-4-5V5M4-5V5' : 'M-4-6 6 0-4 6Z'}
          isMain
          disabled={last === 0}
          press={player.toggle}
        />
        <Press
          label="One move on (right arrow)"
          sign="M-3-5 4 0-3 5Z"
          disabled={step === last}
          press={() => player.goTo(step + 1)}
        />
        <Press
          label="To the end (End)"
          sign="M5-5V5M-5-5 2 0-5 5Z"
          disabled={step === last}
          press={() => player.goTo(last)}
        />
      </fieldset>
      <div class="slider">
        <input
          type="range"
          min={0}
          max={last}
          value={step}
          aria-label="Moves"
          aria-valuetext={step === 0 ? 'at the start' : `after move ${step} of ${last}`}
          onInput={(event) => player.goTo(Number(event.currentTarget.value))}
        />
        <output class="count">
          <b>{step}</b> / {last}
        </output>
      </div>
      <div class="jumps">
        {critical !== undefined && critical.step >= 1 && critical.step <= last && (
          <button type="button" class="jump jump-critical" onClick={() => player.goTo(critical.step)} title="c">
            critical · {critical.step}
          </button>
        )}
        {shownAt !== null && (
          <button type="button" class={`jump jump-${verdict}`} onClick={() => player.goTo(shownAt)} title="v">
            {verdict} · {shownAt}
          </button>
        )}
        {loop !== undefined && loop < last && (
          <button type="button" class="jump jump-loop" onClick={() => player.goTo(loop)}>
            loop · {loop + 1}–{last}
          </button>
        )}
        <label class="speed">
          <span class="hidden">Moves a second</span>
          <select value={speed} onChange={(event) => player.setSpeed(Number(event.currentTarget.value))}>
            {speeds.map((one) => (
              <option key={one} value={one}>
                {one} moves/s
              </option>
            ))}
          </select>
        </label>
      </div>
    </div>
  );
}

interface PressGiven {
  readonly label: string;
  readonly sign: string;
  readonly disabled: boolean;
  readonly isMain?: boolean;
  press(): void;
}

const Press = ({ label, sign, disabled, isMain = false, press }: PressGiven) => (
  <button
    type="button"
    class={isMain ? 'main' : undefined}
    aria-label={label}
    title={label}
    disabled={disabled}
    onClick={press}
  >
    <svg viewBox="-9 -9 18 18" width="18" height="18" aria-hidden="true">
      <path d={sign} />
    </svg>
  </button>
);

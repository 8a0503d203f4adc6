/** Where the page stands in a behaviour, and how keys, clock and clicks move it. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Playback } from '../src/report/index.js';
import { lastStep } from './behaviour.js';

export interface Player {
  readonly step: number;
  readonly last: number;
  readonly isPlaying: boolean;
  /** Moves a second. */
  readonly speed: number;
  goTo(step: number): void;
  toggle(): void;
  setSpeed(speed: number): void;
}

export const speeds: readonly number[] = [0.5, 1, 2, 4, 8, 16];

export function usePlayer(playback: Playback): Player {
  const last = lastStep(playback);
  const [step, setStep] = useState(() => stepFromAddress(last));
  const [isPlaying, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(2);
  const goTo = useCallback((to: number) => setStep(Math.max(0, Math.min(last, to))), [last]);
  const pauseAndGo = useCallback(
    (to: number) => {
      setPlaying(false);
      goTo(to);
    },
    [goTo],
  );
  const now = useRef(step);
  now.current = step;
  const toggle = useCallback(() => {
    setPlaying((playing) => !playing);
    if (now.current === last) setStep(0);
  }, [last]);

  useEffect(() => {
    if (!isPlaying) return undefined;
    const timer = setInterval(() => {
      if (now.current >= last) setPlaying(false);
      else setStep(now.current + 1);
    }, 1000 / speed);
    return () => clearInterval(timer);
  }, [isPlaying, speed, last]);

  useKeys(playback, now, pauseAndGo, toggle);
  return { step, last, isPlaying, speed, goTo: pauseAndGo, toggle, setSpeed };
}

/** `page.html#7` opens after move 7. */
function stepFromAddress(last: number): number {
  const wanted = Number(/^#(\d+)$/.exec(location.hash)?.[1] ?? 0);
  return Math.min(wanted, last);
}

function useKeys(
  { shownAt, critical }: Playback,
  now: { readonly current: number },
  goTo: (step: number) => void,
  toggle: () => void,
): void {
  // Before the first paint: nobody can be too early.
  useLayoutEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      // A button in focus has the space bar and the enter key for itself.
      if (event.key === ' ' && event.target instanceof HTMLElement && event.target.closest('button,summary,a')) return;
      const act = {
        ArrowRight: () => goTo(now.current + 1),
        ArrowLeft: () => goTo(now.current - 1),
        PageDown: () => goTo(now.current + 10),
        PageUp: () => goTo(now.current - 10),
        Home: () => goTo(0),
        End: () => goTo(Number.MAX_SAFE_INTEGER),
        ' ': toggle,
        v: () => shownAt !== null && goTo(shownAt),
        c: () => critical !== undefined && goTo(critical.step),
      }[event.key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, [shownAt, critical, now, goTo, toggle]);
}

/** The slider moves by arrows of its own accord, to the same effect. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && target.type !== 'range');

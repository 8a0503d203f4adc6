/** The story: every move in words, to read and to click. */
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Playback } from '../src/report/index.js';
import { GlyphIcon, kindNames } from './glyphs.js';
import type { Player } from './player.js';

export function Story({ playback, player }: { readonly playback: Playback; readonly player: Player }) {
  const list = useRef<HTMLOListElement>(null);
  const { step, goTo } = player;
  useEffect(() => {
    const element = list.current;
    const item = element?.querySelector<HTMLElement>(`[data-step="${step}"]`);
    if (element === null || item == null) return;
    const [top, bottom] = [item.offsetTop, item.offsetTop + item.offsetHeight];
    if (top < element.scrollTop + 30) element.scrollTop = top - 60;
    else if (bottom > element.scrollTop + element.clientHeight - 30)
      element.scrollTop = bottom - element.clientHeight + 60;
  }, [step]);
  const driftAt = useMemo(() => {
    const at = new Map<number, string[]>();
    for (const { step: where, text } of playback.drift) at.set(where, [...(at.get(where) ?? []), text]);
    return at;
  }, [playback]);
  return (
    <ol class="story" ref={list}>
      <Told {...{ playback, goTo, isNow: step === 0 }} step={0} drift={driftAt.get(0)} />
      {playback.steps.map((_, at) => (
        <Told {...{ playback, goTo, isNow: step === at + 1 }} key={at} step={at + 1} drift={driftAt.get(at + 1)} />
      ))}
    </ol>
  );
}

interface ToldGiven {
  readonly playback: Playback;
  readonly step: number;
  readonly isNow: boolean;
  readonly drift: readonly string[] | undefined;
  goTo(step: number): void;
}

function Told({ playback, step, isNow, drift, goTo }: ToldGiven) {
  const { steps, start, loop, critical, shownAt, verdict } = playback;
  const told = steps[step - 1];
  const isLooped = loop !== undefined && step > loop && loop < steps.length;
  return (
    <li data-step={step} class={`${isNow ? 'now' : ''}${isLooped ? ' looped' : ''}`}>
      {drift?.map((text) => (
        <p class="drift" key={text}>
          drift: {text}
        </p>
      ))}
      {loop !== undefined && step === loop + 1 && loop < steps.length && <p class="ever">then for ever:</p>}
      <button type="button" aria-current={isNow ? 'step' : undefined} onClick={() => goTo(step)}>
        <span class="number">{step}</span>
        {told === undefined ? (
          <span class="sign" />
        ) : (
          <span class="sign" role="img" aria-label={kindNames[told.move.kind]}>
            <GlyphIcon kind={told.move.kind} />
          </span>
        )}
        <span class="text">{told === undefined ? start || 'the start' : told.text}</span>
        {critical?.step === step && <span class="tag tag-critical">critical</span>}
        {shownAt === step && <span class={`tag tag-${verdict}`}>{verdict}</span>}
      </button>
    </li>
  );
}

/** The story: every move in words, to read and to click. */
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Playback } from '../src/report/index.js';
import { messageText } from './behaviour.js';
import { GlyphIcon, kindNames } from './glyphs.js';
import type { Player } from './player.js';

export function Story({ playback, player }: { readonly playback: Playback; readonly player: Player }) {
  const list = useRef<HTMLOListElement>(null);
  const { step, goTo } = player;
  // Where the player stands is marked from outside: a thousand moves need not be drawn again for it.
  useLayoutEffect(() => {
    const element = list.current;
    const item = element?.children[step];
    if (element === null || !(item instanceof HTMLElement)) return undefined;
    const button = item.querySelector('button');
    item.classList.add('now');
    button?.setAttribute('aria-current', 'step');
    const [top, bottom] = [item.offsetTop, item.offsetTop + item.offsetHeight];
    if (top < element.scrollTop + 30) element.scrollTop = top - 60;
    else if (bottom > element.scrollTop + element.clientHeight - 30)
      element.scrollTop = bottom - element.clientHeight + 60;
    return () => {
      item.classList.remove('now');
      button?.removeAttribute('aria-current');
    };
  }, [step]);
  const driftAt = useMemo(() => {
    const at = new Map<number, string[]>();
    for (const { step: where, text } of playback.drift) at.set(where, [...(at.get(where) ?? []), text]);
    return at;
  }, [playback]);
  const items = useMemo(
    () =>
      Array.from({ length: playback.steps.length + 1 }, (_, at) => (
        <Told {...{ playback, goTo }} key={at} step={at} drift={driftAt.get(at)} />
      )),
    [playback, goTo, driftAt],
  );
  return (
    <ol class="story" ref={list}>
      {items}
    </ol>
  );
}

interface ToldGiven {
  readonly playback: Playback;
  readonly step: number;
  readonly drift: readonly string[] | undefined;
  goTo(step: number): void;
}

function Told({ playback, step, drift, goTo }: ToldGiven) {
  const { steps, start, loop, critical, shownAt, verdict } = playback;
  const told = steps[step - 1];
  const isLooped = loop !== undefined && step > loop && loop < steps.length;
  return (
    <li class={isLooped ? 'looped' : undefined}>
      {drift?.map((text) => (
        <p class="drift" key={text}>
          drift: {text}
        </p>
      ))}
      {loop !== undefined && step === loop + 1 && loop < steps.length && <p class="ever">then for ever:</p>}
      <button type="button" onClick={() => goTo(step)}>
        <span class="number">{step}</span>
        {told === undefined ? (
          <span class="sign" />
        ) : (
          <span class="sign" role="img" aria-label={kindNames[told.move.kind]}>
            <GlyphIcon kind={told.move.kind} />
          </span>
        )}
        <span class="words">
          <span class="text">{told === undefined ? start || 'the start' : <MoveText told={told} />}</span>
          <span class="tags">
            {critical?.step === step && <span class="tag tag-critical">critical</span>}
            {shownAt === step && <span class={`tag tag-${verdict}`}>{verdict}</span>}
          </span>
        </span>
      </button>
    </li>
  );
}

/** A move in words; a message by its type and its fields, which read better than its JSON. */
export function MoveText({ told: { move, text } }: { readonly told: Playback['steps'][number] }) {
  if (!('message' in move)) return <>{text}</>;
  const { type, rest } = messageText(move.message);
  return (
    <>
      {move.kind} {move.from} → {move.to} <b>{type}</b> <span class="fields">{rest}</span>
    </>
  );
}

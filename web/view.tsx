/** The picture of a protocol: what its suite has drawn of the state, or else the peers and what is on its way between them. */
import { useMemo } from 'preact/hooks';
import type { Drawing, LegendEntry } from '../src/kernel/index.js';
import type { Playback } from '../src/report/index.js';
import { Matrix } from './matrix.js';
import { NetworkPicture } from './network.js';
import { Ring } from './ring.js';
import { Trees } from './trees.js';

export function ProtocolView({ playback, step }: { readonly playback: Playback; readonly step: number }) {
  const { view } = playback;
  // What is never drawn need not be explained.
  const legend = useMemo(() => {
    const used = new Set((view?.drawings ?? []).flatMap(keysOf));
    return (view?.legend ?? []).filter(({ key }) => used.has(key));
  }, [view]);
  const drawing = view?.drawings[view.at[step] as number];
  if (view === undefined || drawing === undefined) return <NetworkPicture playback={playback} step={step} />;
  return (
    <>
      <Drawn drawing={drawing} legend={view.legend} />
      <Legend entries={legend} kind={drawing.kind} />
    </>
  );
}

function Drawn({ drawing, legend }: { readonly drawing: Drawing; readonly legend: readonly LegendEntry[] }) {
  switch (drawing.kind) {
    case 'ring':
      return <Ring drawing={drawing} legend={legend} />;
    case 'matrix':
      return <Matrix drawing={drawing} legend={legend} />;
    case 'trees':
      return <Trees drawing={drawing} legend={legend} />;
  }
}

function keysOf(drawing: Drawing): readonly (string | null)[] {
  switch (drawing.kind) {
    case 'ring':
      return drawing.arrows.map(({ as }) => as);
    case 'matrix':
      return drawing.rows.flatMap(({ cells }) => cells);
    case 'trees':
      return drawing.forests.flatMap(({ items }) => items.map(({ as }) => as));
  }
}

function Legend({ entries, kind }: { readonly entries: readonly LegendEntry[]; readonly kind: Drawing['kind'] }) {
  return (
    <ul class={`legend legend-${kind}`}>
      {entries.map(({ key, label, tone, sign }) => (
        <li key={key}>
          {kind === 'ring' ? (
            <svg width="26" height="10" viewBox="0 0 26 10" aria-hidden="true">
              <path class={`line tone-${tone}`} d="M1 5H24" />
            </svg>
          ) : (
            <span class={`swatch tone-${tone}`}>{sign ?? ''}</span>
          )}
          {label}
        </li>
      ))}
    </ul>
  );
}

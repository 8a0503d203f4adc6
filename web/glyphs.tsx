/** The signs of the kinds of move: told apart by shape, so that no colour is needed to read them. */
import type { MoveKind } from '../src/kernel/index.js';

/** What each kind is called, for legends and for those who hear the page. */
export const kindNames: Readonly<Record<MoveKind, string>> = {
  deliver: 'delivery',
  timeout: 'timer',
  operation: 'operation',
  lose: 'loss',
  duplicate: 'duplication',
  partition: 'partition',
  heal: 'heal',
  join: 'join',
  leave: 'leave',
  crash: 'crash',
  restart: 'restart',
};

/** A sign of about 12 pixels around the origin. */
export function Glyph({ kind }: { readonly kind: MoveKind }) {
  const tone = `glyph glyph-${kind}`;
  switch (kind) {
    case 'deliver':
      return <circle class={tone} r="4.5" />;
    case 'operation':
      return <rect class={tone} x="-4.5" y="-4.5" width="9" height="9" rx="1.5" />;
    case 'timeout':
      return (
        <g class={tone}>
          <circle r="5.5" />
          <path d="M0-3.2V0L2.4 1.6" />
        </g>
      );
    case 'lose':
    case 'crash':
      return <path class={tone} d="M-4.5-4.5 4.5 4.5M4.5-4.5-4.5 4.5" />;
    case 'duplicate':
      return <path class={tone} d="M-5 0H-1L4-4M-1 0 4 4" />;
    case 'join':
    case 'restart':
      return <path class={tone} d="M0-5.5 5.5 4.5H-5.5Z" />;
    case 'leave':
      return <path class={tone} d="M0 5.5 5.5-4.5H-5.5Z" />;
    case 'partition':
      return <path class={tone} d="M-2.5-6V6M2.5-6V6" />;
    case 'heal':
      return <path class={tone} d="M-6 0H6M-3-3-6 0-3 3M3-3 6 0 3 3" />;
  }
}

/** The same as a small picture of its own. */
export const GlyphIcon = ({ kind }: { readonly kind: MoveKind }) => (
  <svg class="glyph-icon" viewBox="-8 -8 16 16" width="16" height="16" aria-hidden="true">
    <Glyph kind={kind} />
  </svg>
);

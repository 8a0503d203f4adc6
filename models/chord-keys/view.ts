/** The drawing of the members that keep keys: the circle, with the keys that each one holds beside it. */
import { circleView, type Seat } from '../chord/index.js';
import type { MemberContext } from './standing.js';
import { bitsFor } from './system.js';

/** @public */
export const keysView = (n: number) =>
  circleView(
    (peer): Seat | undefined => {
      const context = peer.context as MemberContext | undefined;
      if (context === undefined || !('succs' in context)) return undefined;
      const { succs, pred, heir, items, id } = context;
      const keys = Object.entries(items).map(([key, version]) => `${key}@${version}`);
      return {
        // A member alone is its own successor.
        successors: succs.length > 0 ? succs : pred === null ? [] : [id],
        predecessor: pred,
        ...(keys.length === 0 ? {} : { note: keys.join(' ') }),
        ...(heir === null ? {} : { more: [{ to: heir, as: 'heir' }] }),
      };
    },
    2 ** bitsFor(n),
    [{ key: 'heir', label: 'hands keys to', tone: 'good' }],
  );

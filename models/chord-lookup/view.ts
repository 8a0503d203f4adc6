/** The drawing of a network that looks keys up: the circle with fingers, and what each member is after. */
import { circleView, type Seat } from '../chord/index.js';
import type { LookupContext } from './member.js';

/** @public */
export const lookupView = (n: number) =>
  circleView(
    (peer): Seat | undefined => {
      const context = peer.context as LookupContext | undefined;
      if (context === undefined) return undefined;
      const { id, list, fingers, wants, answer } = context;
      const told = wants !== null ? [`wants ${wants.key}`] : answer !== null ? [`told ${answer.owner}`] : [];
      return {
        successors: list,
        predecessor: null,
        ...(told.length === 0 ? {} : { note: told.join(' ') }),
        more: [...new Set(fingers)]
          .filter((to): to is number => to !== null && to !== id && !list.includes(to))
          .map((to) => ({ to, as: 'finger' })),
      };
    },
    n,
    [{ key: 'finger', label: 'finger', tone: 'good' }],
  );

/** What a search says of a property that nothing it saw decides: as much as it has seen, and no more. */
import { type Coverage, type Finding, mostDoubt, type PropertyKind, settle } from '../kernel/index.js';

/** @internal */
export function unseen(kind: PropertyKind, { kind: of, hashed }: Coverage): Pick<Finding, 'verdict' | 'why' | 'doubt'> {
  if (of !== 'hashed' || hashed?.store !== 'fingerprint') return { verdict: settle(kind, false, of === 'exhaustive') };
  const { missed, bits } = hashed;
  return missed <= mostDoubt
    ? { verdict: settle(kind, false, true), doubt: missed }
    : { verdict: 'undecided', why: `by ${bits} bits of each state, too many may have been taken for one` };
}

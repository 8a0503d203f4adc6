/** Types that hold an adapter's author by the hand; checked by the compiler alone, nothing here runs. */
import { setup } from 'xstate';
import { adapter, type Peer, type Session, withFault } from '../../src/index.js';

const machine = setup({ types: { context: {} as { count: number } } }).createMachine({ context: { count: 0 } });
type Peers = { readonly a: Peer<{ readonly count: number }> };
void machine;

const session: Session = { perform: () => undefined, observe: () => ({ count: 0 }) };
const common = { name: 'program', version: '1', drives: ['add'], open: () => session };

const right = adapter<Peers, number>({
  ...common,
  aspects: {
    count: {
      // The peer may be down.
      allows: ({ after }) => (after.peers.a === undefined ? undefined : [after.peers.a.count]),
      because: ({ before }) => `it was ${before.peers.a?.count}`,
    },
  },
  setup: ({ peers }) => peers.a?.count ?? 0,
});

withFault(right, { kind: 'drop', at: 1 });
// @ts-expect-error no such fault
withFault(right, { kind: 'explode', at: 1 });

adapter<Peers, number>({
  ...common,
  aspects: {},
  // @ts-expect-error a peer that may be down
  setup: ({ peers }) => peers.a.count,
});

adapter<Peers, number>({
  ...common,
  // @ts-expect-error an aspect without a reason
  aspects: { count: { allows: () => [0] } },
  setup: () => 0,
});

adapter<Peers, number>({
  ...common,
  // @ts-expect-error a field that the context does not have
  aspects: { count: { allows: ({ after }) => [after.peers.a?.total], because: () => 'so' } },
  setup: () => 0,
});

// @ts-expect-error what is seen is by aspect
const blind: Session = { perform: () => undefined, observe: () => 7 };
void blind;

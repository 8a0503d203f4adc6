/**
 * The two Chord networks with atomic operations: who begins, what each operation observes of other peers, who may join
 * through whom and who may fail. Peers are called by their identifiers.
 */
import { ChurnproofError, type Circle, derive, peer, type Start, system } from '../../src/kernel/index.js';
import { type FailureAssumptions, mayFail } from './assumptions.js';
import { circle, type Id, nameOf, ringsOf } from './identifiers.js';
import { type ChordPeers, contextOf, type Distortion, either, isLive, type Observation, observing } from './observe.js';
import { type OriginalContext, type OriginalInput, originalMember, unrepaired } from './original.js';
import { has, maxIdentifiers, only, ringView } from './ring.js';
import { firstOf, patientMember, type ZaveAnswer, type ZaveContext, type ZaveInput, zaveMember } from './zave.js';

/** The original network as its successor lists draw it. @public */
export const originalRing = ringView<OriginalContext>(({ succ, succ2 }) =>
  succ === null ? [] : succ2 === null ? [succ] : [succ, succ2],
);

/** The corrected network as its successor lists draw it. @public */
export const zaveRing = ringView<ZaveContext>(({ list }) => list);

/** @public */
export interface OriginalOptions {
  /** Identifiers on the circle, each a peer that may take part. */
  readonly n: number;
  /** Whether an identifier that failed may join again. */
  readonly rejoin: boolean;
  /** Whether a notification is heard some time after it was sent; otherwise within the same operation. */
  readonly split: boolean;
  /** Zave's repair of join: who is joined to must be live. */
  readonly jfix: boolean;
  /** Zave's repair of stabilize: who is adopted must be live. */
  readonly sfix: boolean;
  readonly variation?: OriginalVariation;
}

/** A way to get the original protocol wrong; what is left out is as published. @public */
export interface OriginalVariation {
  readonly machine?: typeof originalMember;
  readonly distort?: Distortion<OriginalContext>;
  /** Members that begin as an ideal ring and never fail, in order; by default 0 begins alone, and may fail. */
  readonly base?: readonly Id[];
}

/** The original protocol with both repairs or without, begun by one member that is its own successor. @public */
export function chordOriginal({ n, rejoin, split, jfix, sfix, variation = {} }: OriginalOptions) {
  const { distort, base = [] } = variation;
  checkCircle(n, Math.max(1, base.length));
  const { upkeep, joining } = observing(distort);
  const machine = variation.machine ?? (jfix && sfix ? originalMember : unrepaired({ join: !jfix, stabilize: !sfix }));
  const lasting = base.reduce((ids, id) => ids | only(id), 0);
  const failing = derive((world) => mayFail(originalRing(world), { liveEntry: true, principals: 0 }) & ~lasting);

  return system<ChordPeers<OriginalContext>>({
    name: nameFor(`chord-orig n=${n}`, { rejoin, split, 'no-jfix': !jfix, 'no-sfix': !sfix }),
    network: split ? 'unordered' : 'synchronous',
    peers: everybody(n, (id) => peer(machine, { id })),
    starts: [base.length === 0 ? alone : idealBase(base)],
    ...(base.length === 0 ? { circle: turning(n) } : {}),
    operations: [
      upkeep('stabilize', (world, self, { succ }) => {
        // In split mode one round ends, with its notification heard, before the next begins.
        if (split && world.inFlight().some(({ from }) => from === self)) return null;
        const successor = succ === null ? undefined : contextOf(world, succ);
        if (successor === undefined) return null;
        const { prdc } = successor;
        return { type: 'stabilize', prdc, prdcIsLive: prdc !== null && isLive(world, prdc) };
      }),
      upkeep('flush', (world, _, { prdc }) => (prdc === null || isLive(world, prdc) ? null : { type: 'flush' })),
      upkeep('update', (world, _, { succ }) => (succ === null || isLive(world, succ) ? null : { type: 'update' })),
      upkeep('reconcile', (world, _, { succ }) => {
        const next = succ === null ? undefined : contextOf(world, succ)?.succ;
        return next === undefined ? null : { type: 'reconcile', succ: next };
      }),
    ],
    churn: {
      join: {
        limit: 'unlimited',
        offer: joining((world, via, { succ }) =>
          succ === null ? null : { type: 'join', via, succ, succIsLive: isLive(world, succ) },
        ),
      },
      crash: { limit: 'unlimited', inFlight: 'lost', when: (world, self) => has(failing(world), Number(self)) },
      reuse: rejoin,
    },
  });
}

const alone: Start<ChordPeers<OriginalContext>> = {
  label: 'member 0 alone',
  up: { [nameOf(0)]: { input: { id: 0, founder: true } satisfies OriginalInput } },
};

/** A ring of these members in which every pointer is as it should be. */
const idealBase = (ids: readonly Id[]): Start<ChordPeers<OriginalContext>> =>
  ringStart(ids, (id, next, prdc): OriginalInput => ({ id, succ: next(1), succ2: next(2), prdc }));

/** @public */
export interface ZaveOptions {
  /** Identifiers on the circle, each a peer that may take part. */
  readonly n: number;
  /** Entries of a successor list. */
  readonly r: number;
  /** Whether an identifier that failed may join again. */
  readonly rejoin: boolean;
  /** Whether a notification waits for its turn; by default, as Zave has it, it interrupts whatever its hearer was doing. */
  readonly patient?: boolean;
  readonly variation?: ZaveVariation;
}

/** A way to get the corrected protocol wrong; what is left out is as published. @public */
export interface ZaveVariation {
  readonly machine?: typeof zaveMember | typeof patientMember;
  readonly distort?: Distortion<ZaveContext>;
  /** What a member may find out about its predecessor besides, whoever notified it: a part of rectifying. */
  readonly look?: Observation<ZaveContext>;
  /** Members of the first ring. */
  readonly founders?: number;
  readonly failures?: Partial<FailureAssumptions>;
}

/** The corrected protocol, begun by any ideal ring of r+1 members among which is 0. @public */
export function chordZave({ n, r, rejoin, patient = false, variation = {} }: ZaveOptions) {
  const { machine = patient ? patientMember : zaveMember, distort, look, founders = r + 1, failures } = variation;
  const { upkeep, joining } = observing(distort);
  checkCircle(n, founders);
  const failing = derive((world) => mayFail(zaveRing(world), { liveEntry: true, principals: r + 1, ...failures }));
  // A list of one's own is taken from another's by putting that other in front, so its last entry never counts.
  const tell = ({ list }: ZaveContext) => list.slice(0, r - 1);
  const rectify = upkeep(
    'rectify',
    (world, _, { prdc, saved, notifier = saved }) =>
      notifier === null ? null : { type: 'rectify', prdcIsLive: isLive(world, prdc) },
    ({ saved, notifier = saved }) => ({ notifier }),
  );

  return system<ChordPeers<ZaveContext>>({
    name: nameFor(`chord-zave n=${n} r=${r}`, { rejoin, patient }),
    network: 'synchronous',
    peers: everybody(n, (id) => peer(machine, { id, n })),
    starts: ringsOf(n, founders).map((ids) => idealRing(ids, n, r)),
    circle: turning(n),
    operations: [
      upkeep('stabilizeFromSuccessor', (world, _, { list }) => {
        const successor = contextOf(world, firstOf(list));
        const answer: ZaveAnswer | null = successor ? { list: tell(successor), prdc: successor.prdc } : null;
        return { type: 'stabilizeFromSuccessor', answer };
      }),
      upkeep('stabilizeFromPredecessor', (world, _, { saved }) => {
        if (saved === null) return null;
        const asked = contextOf(world, saved);
        return { type: 'stabilizeFromPredecessor', answer: asked ? { list: tell(asked) } : null };
      }),
      look === undefined ? rectify : either(rectify, upkeep('rectify', look)),
    ],
    churn: {
      join: { limit: 'unlimited', offer: joining((_, via, { list }) => ({ type: 'join', via, list })) },
      crash: { limit: 'unlimited', when: (world, self) => has(failing(world), Number(self)) },
      reuse: rejoin,
    },
  });
}

/** A ring of these members in which every pointer is as it should be. */
const idealRing = (ids: readonly Id[], n: number, r: number): Start<ChordPeers<ZaveContext>> =>
  ringStart(
    ids,
    (id, next, prdc): ZaveInput => ({ id, n, list: Array.from({ length: r }, (_, k) => next(k + 1)), prdc }),
  );

/** Members in a ring; `next` gives the identifier so many steps on. */
function ringStart(
  ids: readonly Id[],
  inputOf: (id: Id, next: (steps: number) => Id, prdc: Id) => OriginalInput | ZaveInput,
): { readonly label: string; readonly up: { readonly [name: string]: { readonly input: OriginalInput | ZaveInput } } } {
  const up = ids.map((id, at) => {
    const next = (steps: number) => ids[(at + steps + ids.length) % ids.length] as Id;
    return [nameOf(id), { input: inputOf(id, next, next(-1)) }] as const;
  });
  return { label: `ring ${ids.join(' ')}`, up: Object.fromEntries(up) };
}

/** The circle as a search may turn it: no identifier is special. */
const turning = (n: number): Circle => ({
  peers: circle(n).map(nameOf),
  turned: (data, places) => turned(data as OriginalContext | ZaveContext, (id) => (id + places) % n),
});

function turned(member: OriginalContext | ZaveContext, on: (id: Id) => Id): OriginalContext | ZaveContext {
  const of = (id: Id | null): Id | null => (id === null ? null : on(id));
  const { id, prdc } = member;
  if ('succ' in member)
    return { ...member, id: on(id), prdc: of(prdc), succ: of(member.succ), succ2: of(member.succ2) };
  const { list, saved, notifier } = member;
  const waiting = notifier === undefined ? {} : { notifier: of(notifier) };
  return { ...member, id: on(id), prdc: on(member.prdc), list: list.map(on), saved: of(saved), ...waiting };
}

const everybody = <P>(n: number, make: (id: Id) => P): { readonly [name: string]: P } =>
  Object.fromEntries(circle(n).map((id) => [nameOf(id), make(id)]));

const nameFor = (model: string, switches: { readonly [name: string]: boolean }): string =>
  [model, ...Object.keys(switches).filter((name) => switches[name])].join(' ');

function checkCircle(n: number, founders: number): void {
  if (Number.isInteger(n) && n > founders && n <= maxIdentifiers) return;
  throw new ChurnproofError('PARAMETER_OUT_OF_RANGE', `a circle of ${n} identifiers cannot be checked`, {
    expected: `a whole number from ${founders + 1}, one more than begin, to ${maxIdentifiers}`,
  });
}

/** Whether a system makes sense, said before anything runs: names that exist, limits that can be counted, no silent no-ops. */
import { ChurnproofError, type Limit, moveKinds, type SystemSpec } from '../kernel/index.js';
import { checkPeer, isCalled } from '../machine/index.js';

/** @throws ChurnproofError SYSTEM_INVALID for the first thing that is wrong. @internal */
export function validate(spec: SystemSpec): void {
  const names = Object.keys(spec.peers ?? {});
  if (names.length === 0) throw invalid('a system needs at least one peer', 'peers: { name: peer(machine, input) }');
  for (const name of names) checkPeer(name, spec.peers[name] as NonNullable<(typeof spec.peers)[string]>);
  checkLinks(spec);
  checkFaults(spec, names);
  checkChurn(spec, names);
  checkOperations(spec, names);
  checkSymmetric(spec, names);
  checkCircle(spec, names);
  for (const start of spec.starts ?? []) known(Object.keys(start.up), names, `start ${start.label ?? ''}`);
  if (spec.starts?.length === 0) throw invalid('starts is empty', 'at least one start, or none for every peer up');
}

/** A rule for a timer that nobody has would be no rule at all. @param called every timer of every machine @internal */
export function checkTimers({ timers = {} }: SystemSpec, called: readonly string[]): void {
  const names = [...new Set(called)];
  for (const timer of Object.keys(timers)) {
    if (names.some((name) => isCalled(timer, name))) continue;
    throw new ChurnproofError('SYSTEM_INVALID', `timers has a rule for '${timer}', which is no timer of any machine`, {
      expected: names.length === 0 ? 'none: no machine has a timer' : `one of ${names.join(', ')}`,
    });
  }
}

function checkLinks({ network = 'unordered', capacity, whenFull, faults }: SystemSpec): void {
  const networks = ['fifo', 'unordered', 'set', 'synchronous'];
  if (!networks.includes(network)) throw invalid(`network is '${network}'`, `one of ${networks.join(', ')}`);
  if (capacity !== undefined && !(Number.isInteger(capacity) && capacity > 0)) {
    throw invalid(`capacity is ${capacity}`, 'a whole number above 0, of messages in flight on each link');
  }
  const noLinks = network === 'set' || network === 'synchronous';
  if (noLinks && (capacity !== undefined || whenFull !== undefined)) {
    throw invalid(
      `a ${network} network has no links to be full`,
      'no capacity and no whenFull, or network fifo or unordered',
    );
  }
  if (noLinks && (faults?.lose !== undefined || faults?.duplicate !== undefined)) {
    const why = network === 'set' ? 'keeps what was sent for ever' : 'delivers within the move that sends';
    throw invalid(`a ${network} network ${why}: it neither loses nor duplicates`, 'network fifo or unordered');
  }
}

function checkFaults({ faults = {}, network }: SystemSpec, names: readonly string[]): void {
  limit(faults.lose, 'faults.lose');
  limit(faults.duplicate, 'faults.duplicate');
  limit(faults.partition?.limit, 'faults.partition.limit');
  for (const cut of faults.partition?.cuts ?? []) {
    known(cut, names, 'faults.partition.cuts');
    if (cut.length === 0 || cut.length >= names.length) {
      throw invalid('a cut has nobody on one side', 'some of the peers, not all: the side that is cut off');
    }
  }
  if (network === 'synchronous' && faults.partition?.crossing === 'held') {
    throw invalid('a synchronous network has nowhere to hold a message', "crossing 'lost', or another network");
  }
  if (faults.partition !== undefined && faults.partition.cuts === undefined && names.length > 6) {
    throw invalid(
      'every way to split more than 6 peers is too many',
      'faults.partition.cuts: the sides that may be cut off',
    );
  }
}

function checkChurn({ churn = {}, starts }: SystemSpec, names: readonly string[]): void {
  for (const kind of ['join', 'leave', 'crash', 'restart'] as const) {
    limit(churn[kind]?.limit, `churn.${kind}.limit`);
    known(churn[kind]?.peers ?? [], names, `churn.${kind}.peers`);
  }
  if (churn.restart !== undefined && churn.crash === undefined) {
    throw invalid('churn.restart without churn.crash: nobody would ever restart', 'churn.crash as well');
  }
  if (churn.restart !== undefined && churn.reuse === true) {
    throw invalid(
      'churn.reuse makes a crashed peer absent, so it never restarts',
      'one of churn.restart and churn.reuse',
    );
  }
  const someAbsent = starts?.some((start) => names.some((name) => start.up[name] === undefined)) ?? false;
  if (churn.join !== undefined && !someAbsent && churn.reuse !== true) {
    throw invalid('churn.join, but every peer is up from the start', 'starts that leave somebody out, or churn.reuse');
  }
}

function checkOperations({ operations = [] }: SystemSpec, names: readonly string[]): void {
  const seen = new Set<string>(moveKinds);
  for (const { name, peers, limit: allowed } of operations) {
    if (seen.has(name)) {
      throw invalid(`an operation is called '${name}'`, 'a name that no other operation and no kind of move has');
    }
    seen.add(name);
    known(peers ?? [], names, `operation ${name}`);
    limit(allowed, `operation ${name}: limit`);
  }
}

function checkSymmetric({ symmetric = [] }: SystemSpec, names: readonly string[]): void {
  const all = symmetric.flat();
  known(all, names, 'symmetric');
  if (new Set(all).size !== all.length) throw invalid('symmetric names a peer twice', 'each peer in one group at most');
}

function checkCircle({ circle }: SystemSpec, names: readonly string[]): void {
  if (circle === undefined) return;
  known(circle.peers, names, 'circle');
  if (circle.peers.length !== names.length || new Set(circle.peers).size !== names.length)
    throw invalid('circle leaves a peer out or names one twice', 'each peer once');
}

function known(mentioned: readonly string[], names: readonly string[], where: string): void {
  const stranger = mentioned.find((name) => !names.includes(name));
  if (stranger !== undefined) throw invalid(`${where} names '${stranger}'`, `one of ${names.join(', ')}`);
}

function limit(value: Limit | undefined, where: string): void {
  if (value === undefined || value === 'unlimited' || (Number.isInteger(value) && value >= 0)) return;
  throw invalid(`${where} is ${String(value)}`, "a whole number from 0, or 'unlimited'");
}

const invalid = (message: string, expected: string): ChurnproofError =>
  new ChurnproofError('SYSTEM_INVALID', message, { expected });

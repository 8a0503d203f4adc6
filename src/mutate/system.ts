/** The machines of a system, each once with the peers that run it, and the system with one of them replaced. */
import type { AnyStateMachine } from 'xstate';
import type { Peer, Peers, System, SystemSpec } from '../kernel/index.js';

/** A machine, and the peers that run it. @public */
export interface SharedMachine {
  /** Its own id where it has one, else the name of the first peer that runs it. */
  readonly name: string;
  readonly machine: AnyStateMachine;
  readonly peers: readonly string[];
}

/** The distinct machines of a system, and the peers that run each. @public */
// biome-ignore lint/suspicious/noExplicitAny: a system of any peers
export function machinesOf(system: System<any, any>): readonly SharedMachine[] {
  const { peers } = system as SystemSpec;
  const machines = new Set(Object.values(peers).map(({ machine }) => machine as unknown as AnyStateMachine));
  return [...machines].map((machine) => {
    const running = Object.keys(peers).filter((name) => (peers[name] as Peer).machine === (machine as unknown));
    const { id } = machine;
    return { name: id === unnamed ? (running[0] as string) : id, machine, peers: running };
  });
}

/** What xstate calls a machine without an id. */
const unnamed = '(machine)';

/** @internal */
export function withMachine(
  // biome-ignore lint/suspicious/noExplicitAny: a system of any peers
  system: System<any, any>,
  { peers: replaced }: SharedMachine,
  machine: AnyStateMachine,
  // biome-ignore lint/suspicious/noExplicitAny: a system of any peers
): System<any, any> {
  const peers: Peers = Object.fromEntries(
    Object.entries((system as SystemSpec).peers).map(([name, one]) => [
      name,
      replaced.includes(name) ? { ...one, machine: machine as unknown as Peer['machine'] } : one,
    ]),
  );
  return { ...system, peers };
}

/** A stage for tests: what a service tells is kept, and can be waited for. */
import type { Service, ServiceWishes } from '../../src/serve/index.js';

export interface Told {
  readonly type: string;
  readonly [field: string]: unknown;
}

export interface Running {
  readonly told: readonly Told[];
  /** The first of the kind for which `is` says yes, whether it was told or will be. */
  until(type: string, is?: (told: Told) => boolean): Promise<Told>;
  /** Stops it, and comes back when it has ended. */
  stop(): Promise<boolean>;
}

/** Starts a service with its usual options, and those that are given. */
export function start(service: Service, wishes: ServiceWishes): Running {
  const told: Told[] = [];
  const waiting = new Set<() => void>();
  const ending = new AbortController();
  const usual = Object.fromEntries(
    service.options.flatMap((option) => ('default' in option ? [[option.name, option.default] as const] : [])),
  );
  const ended = service.run(
    { ...usual, ...wishes },
    {
      tell: (_, event) => {
        told.push(event);
        for (const look of waiting) look();
      },
      stopped: ending.signal,
    },
  );
  return {
    told,
    until: (type, is = () => true) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = told.find((one) => one.type === type && is(one));
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
        ended.catch(reject);
      }),
    stop: () => {
      ending.abort();
      return ended;
    },
  };
}

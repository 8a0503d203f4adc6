/** What the command `serve` can start: a checked machine behind a real transport, and the options that it takes. */

/** An option of the command line, as `--name`. @public */
export type ServiceOption =
  | {
      readonly name: string;
      readonly type: 'whole';
      readonly doc: string;
      readonly min: number;
      readonly max: number;
      readonly default: number;
    }
  | {
      readonly name: string;
      readonly type: 'text';
      /** What it stands for, such as `file`. */
      readonly of: string;
      readonly doc: string;
      readonly default?: string;
      /** May be given more than once. */
      readonly many?: true;
    }
  | { readonly name: string; readonly type: 'choice'; readonly doc: string; readonly options: readonly string[] };

/** What was asked for, by the name of the option; a choice that was not made is its first option. @public */
export type ServiceWishes = Readonly<Record<string, number | string | readonly string[] | undefined>>;

/** Where a service says what happens, and hears that it should stop. @public */
export interface Stage {
  /** A line for people, or the same as plain data for programs. */
  tell(text: string, event: { readonly type: string; readonly [field: string]: unknown }): void;
  /** Aborted when it should stop: then it comes to an end by itself. */
  readonly stopped: AbortSignal;
}

/** @public */
export interface Service {
  readonly name: string;
  readonly summary: string;
  /** More, after the options. */
  readonly help: string;
  readonly options: readonly ServiceOption[];
  /** Comes back when it has ended; true if all went as it should. */
  run(wishes: ServiceWishes, stage: Stage): Promise<boolean>;
}

/** Once it is to stop. @public */
export const untilStopped = (stopped: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (stopped.aborted) resolve();
    else stopped.addEventListener('abort', () => resolve(), { once: true });
  });

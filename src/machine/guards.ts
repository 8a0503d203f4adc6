/** Guards as plain functions: inline, by name, with params, and, or, not, stateIn. */
import { matchesState, type StateValue } from 'xstate';
import { Args, NotCompiled, nameOf, type Own, type Params, paramsOf, type Test } from './parts.js';

/** What guards are compiled against. @internal */
export interface GuardSource {
  readonly guards: Readonly<Record<string, unknown>>;
  /** The state value of each leaf, and the ids of the nodes that are active in it. */
  readonly leaves: readonly { readonly value: StateValue; readonly ids: ReadonlySet<string> }[];
}

/** @internal */
export class Guards {
  private readonly named = new Map<string, Test>();

  constructor(private readonly source: GuardSource) {}

  compile(guard: unknown): Test {
    if (typeof guard !== 'string') return this.resolve(guard);
    const known = this.named.get(guard);
    if (known !== undefined) return known;
    const made = this.resolve(guard);
    this.named.set(guard, made);
    return made;
  }

  private resolve(guard: unknown): Test {
    if (typeof guard === 'function') return this.bind(guard as Own, undefined);
    const resolved = this.source.guards[nameOf(guard)];
    if (typeof resolved === 'function') return this.bind(resolved as Own, paramsOf(guard));
    if (resolved === undefined) throw new NotCompiled(`guard ${nameOf(guard)}`);
    return this.compile(resolved);
  }

  private bind(made: Own, params: Params): Test {
    if (!('check' in made)) {
      if (params === undefined) return (_, context, event) => made(new Args(context, event), undefined);
      return (_, context, event) => made(new Args(context, event), params(context, event));
    }
    if ('stateValue' in made) return this.stateIn(made.stateValue as StateValue);
    const parts = (made as unknown as { readonly guards?: readonly unknown[] }).guards;
    if (parts === undefined) throw new NotCompiled('a guard of another kind');
    const tests = parts.map((part) => this.compile(part));
    switch ((made as { readonly name: string }).name) {
      case 'and':
        return (run, context, event) => tests.every((test) => test(run, context, event));
      case 'or':
        return (run, context, event) => tests.some((test) => test(run, context, event));
      case 'not': {
        const [test] = tests as [Test];
        return (run, context, event) => !test(run, context, event);
      }
      default:
        throw new NotCompiled('a guard of another kind');
    }
  }

  private stateIn(wanted: StateValue): Test {
    const isId = typeof wanted === 'string' && wanted.startsWith('#');
    const answers = this.source.leaves.map(({ value, ids }) =>
      isId ? ids.has(wanted.slice(1)) : matchesState(wanted, value),
    );
    return (run) => answers[run.leaf];
  }
}

/** A strict judge of the Informal Trace Format, written from ADR-015 of Apalache (revision of 2023-09-14). */

/** Throws at the first thing that is not as the format has it. */
export function checkItf(text: string): {
  readonly states: readonly Record<string, unknown>[];
  readonly loop?: number;
} {
  const trace = JSON.parse(text) as { vars: string[]; states: Record<string, unknown>[]; loop?: number };
  const known = ['#meta', 'params', 'vars', 'states', 'loop'];
  const stranger = Object.keys(trace).find((key) => !known.includes(key));
  if (stranger !== undefined) throw new Error(`a trace has no field ${stranger}`);
  if (!Array.isArray(trace.vars) || !trace.vars.every((name) => typeof name === 'string')) throw new Error('vars');
  if (trace.loop !== undefined && !(trace.loop >= 0 && trace.loop < trace.states.length)) throw new Error('loop');
  for (const { '#meta': _, ...state } of trace.states) {
    if (Object.keys(state).sort().join() !== [...trace.vars].sort().join())
      throw new Error('a state sets other variables');
    for (const value of Object.values(state)) checkExpression(value);
  }
  return trace;
}

function checkExpression(value: unknown): void {
  if (typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value !== 'object' || value === null) throw new Error(`no expression: ${value}`);
  if (Array.isArray(value)) {
    value.forEach(checkExpression);
    return;
  }
  const [[key, part] = ['', undefined], ...more] = Object.entries(value);
  if (!key.startsWith('#')) {
    if (Object.keys(value).some((name) => name.startsWith('#'))) throw new Error('a field that begins with #');
    Object.values(value).forEach(checkExpression);
    return;
  }
  if (more.length > 0) throw new Error(`${key} stands alone`);
  switch (key) {
    case '#bigint':
      if (typeof part !== 'string' || !/^-?\d+$/.test(part)) throw new Error(`no integer: ${part}`);
      return;
    case '#unserializable':
      if (typeof part !== 'string') throw new Error('unserializable is a text');
      return;
    case '#set':
    case '#tup':
      (part as unknown[]).forEach(checkExpression);
      return;
    case '#map':
      for (const pair of part as unknown[]) {
        if (!Array.isArray(pair) || pair.length !== 2) throw new Error('a map is a list of pairs');
        pair.forEach(checkExpression);
      }
      return;
    default:
      throw new Error(`there is no ${key}`);
  }
}

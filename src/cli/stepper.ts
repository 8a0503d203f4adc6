/** The option `--step` of `replay`: one move at a time, as keys are pressed. What has been told stays above. */
import type { Lane } from '../kernel/index.js';
import type { Paint, ToldReplay } from '../report/index.js';
import type { Io, Keys } from './io.js';

const help = 'space, enter or right: next   left: back   a: all the rest   q: quit';

/** Ends when everything is told, or when somebody has seen enough. @internal */
export async function stepThrough(
  { head, steps, tail }: ToldReplay,
  lanes: readonly Lane[],
  keys: Keys,
  { stdout }: Io,
  paint: Paint,
): Promise<void> {
  const say = (lines: readonly string[]) => stdout.write(`${lines.join('\n')}\n`);
  const told = (step: number) => [...(steps[step - 1] ?? []), ...flipsAt(lanes, step, paint)];
  say([...head, `  ${paint.aside(help)}`]);
  let at = 0;
  while (at < steps.length) {
    const key = await keys.next();
    if (key === undefined || key === 'q' || key === 'escape') {
      say([`  ${paint.aside(`left after move ${at} of ${steps.length}`)}`]);
      return;
    }
    if (key === 'a') {
      while (at < steps.length) say(told(++at));
    } else if (['space', 'return', 'enter', 'right', 'down', 'n'].includes(key)) say(told(++at));
    else if (['left', 'up', 'p'].includes(key)) {
      at = Math.max(0, at - 1);
      say([
        `  ${paint.aside(at === 0 ? 'back at the start' : `back after move ${at}:`)}`,
        ...(at === 0 ? [] : told(at)),
      ]);
    } else say([`  ${paint.aside(help)}`]);
  }
  say(tail);
}

/** The properties that say something else than they last said. */
function flipsAt(lanes: readonly Lane[], step: number, paint: Paint): readonly string[] {
  return lanes.flatMap(({ property, kind, role, values }) => {
    const [now, before] = [values[step], values.slice(0, step).replaceAll('-', '').at(-1)];
    if (now === undefined || now === '-' || now === before || before === undefined) return [];
    const isAlarm = now === '0' && (kind === 'always' || kind === 'whenQuiet' || kind === 'alwaysStep');
    const mark = isAlarm ? paint.bad('false') : now === '1' ? paint.good('true') : paint.doubt('false');
    return [`        ${mark} now: ${role === 'given' ? 'given, of ' : ''}${property}`];
  });
}

/** A setup file of Vitest: whatever reporter is used, a claim that failed ends with its counterexample and its replay line. */
import { afterEach } from 'vitest';

afterEach(({ task }) => {
  for (const error of task.result?.errors ?? []) {
    if (error.name !== 'CounterexampleError') continue;
    const { replay } = error as { readonly replay?: unknown };
    const again = typeof replay === 'string' ? `\nreplay: ${replay}` : '';
    process.stderr.write(`\n${error.message}${again}\n`);
  }
});

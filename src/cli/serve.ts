/** The command `serve`: starts a checked machine behind a real transport, and ends it when it is told to. */
import { type Command, Option } from 'commander';
import type { Service, ServiceOption, ServiceWishes, Stage } from '../serve/index.js';
import { exitCode } from './exit-code.js';
import type { Io } from './io.js';
import { common, whole } from './options.js';

/** @internal */
export function serveCommand(top: Command, services: readonly Service[], io: Io, exit: (code: number) => void): void {
  const serve = top
    .command('serve')
    .description('Let a checked machine live: behind a real transport, for real clients.')
    .helpOption('-h, --help', 'print this help');
  for (const service of services) {
    const command = common(serve.command(service.name).description(service.summary));
    for (const option of service.options) command.addOption(optionOf(option));
    command.addHelpText(
      'after',
      `${service.help}\n\nExit codes: 0 all went as it should; 1 something did not; 2 a mistake, or it cannot be started.`,
    );
    command.action(async (wishes: ServiceWishes & { readonly json?: boolean }) => {
      exit(await run(service, wishes, io));
    });
  }
}

function optionOf(option: ServiceOption): Option {
  const { name, type, doc } = option;
  switch (type) {
    case 'whole':
      return new Option(`--${name} <n>`, doc).default(option.default).argParser(whole(option.min, option.max));
    case 'text': {
      const one = new Option(`--${name} <${option.of}>`, doc);
      if (option.many) return one.argParser((text, before: readonly string[] = []) => [...before, text]);
      return option.default === undefined ? one : one.default(option.default);
    }
    case 'choice':
      return new Option(`--${name} <name>`, doc).choices(option.options);
  }
}

async function run(service: Service, { json, ...wishes }: ServiceWishes & { json?: boolean }, io: Io): Promise<number> {
  const ending = new AbortController();
  const end = () => ending.abort();
  process.once('SIGTERM', end);
  io.interrupted.addEventListener('abort', end, { once: true });
  if (io.interrupted.aborted) end();
  const stage: Stage = {
    tell: (text, event) => io.stdout.write(`${json ? JSON.stringify(event) : text}\n`),
    stopped: ending.signal,
  };
  try {
    return (await service.run(wishes, stage)) ? exitCode.asExpected : exitCode.notAsExpected;
  } finally {
    process.off('SIGTERM', end);
    io.interrupted.removeEventListener('abort', end);
  }
}

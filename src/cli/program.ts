import { Command as Commander, CommanderError } from 'commander';
import { AccountNotFoundError, IcpError, UsageError } from '../errors.ts';
import type { Asked, Command, StandaloneCommand } from './command.ts';
import { commands } from './command-list.ts';

/** What was asked for on the command line: help to print, the app to start, or a command to run. */
export type Invocation =
  | { kind: 'text'; text: string; exitCode: 0 | 2 }
  | { kind: 'start' }
  | { kind: 'command'; command: Command | StandaloneCommand; json: boolean; asked: Pick<Asked, 'args' | 'options'> };

/** Reads a command line, without running anything. */
export async function parseCommandLine(argv: readonly string[]): Promise<Invocation> {
  let invocation: Invocation | undefined;
  let printed = '';
  const print = (text: string) => {
    printed += text;
  };
  const quiet = (entry: Commander) => entry.exitOverride().configureOutput({ writeOut: print, writeErr: print });
  const program = quiet(new Commander('lodestar')).description(
    'An ideal customer profile that learns from what happened.',
  );
  quiet(program.command('start'))
    .description('start the app; with no configuration, the company in a box')
    .action(() => {
      invocation = { kind: 'start' };
    });
  const meant = argv.find((word) => !word.startsWith('-'));
  for (const [name, { summary, load }] of Object.entries(commands)) {
    const entry = quiet(program.command(name)).description(summary);
    if (argv[0] !== 'help' && name !== meant) continue;
    const command = await load();
    entry.option('--json', 'one JSON value on standard output');
    for (const { syntax, description } of command.args ?? []) entry.argument(syntax, description);
    for (const { flags, description } of command.options ?? []) entry.option(flags, description);
    entry.action(() => {
      const { json, ...options } = entry.opts<Record<string, unknown>>();
      invocation = { kind: 'command', command, json: json === true, asked: { args: entry.args, options } };
    });
  }
  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { kind: 'text', text: printed, exitCode: error.exitCode === 0 ? 0 : 2 };
  }
  return invocation ?? { kind: 'text', text: program.helpInformation(), exitCode: 2 };
}

/** The exit status for an error, and the sentence for the person. */
export function failure(error: unknown): { exitCode: 1 | 2; sentence: string } {
  if (error instanceof AccountNotFoundError) return { exitCode: 1, sentence: withCandidates(error) };
  if (error instanceof UsageError) return { exitCode: 2, sentence: error.message };
  if (error instanceof IcpError) return { exitCode: 1, sentence: error.message };
  return { exitCode: 1, sentence: 'something broke that should not have; LOG_LEVEL=debug shows the details' };
}

/** The sentence with the accounts that may have been meant, each as it can be typed. */
function withCandidates({ message, candidates }: AccountNotFoundError): string {
  if (candidates.length === 0) return message;
  return `${message.replace(/\?$/, '')}:\n${candidates.map(({ book, id, name }) => `  - ${name} (${book}:${id})`).join('\n')}`;
}

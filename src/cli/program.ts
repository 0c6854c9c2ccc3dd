import { Command as Commander, CommanderError } from 'commander';
import { IcpError, UsageError } from '../errors.ts';
import type { Asked, Command, StandaloneCommand } from './command.ts';
import { analyze } from './commands/analyze.ts';
import { ask } from './commands/ask.ts';
import { compare } from './commands/compare.ts';
import { coverage } from './commands/coverage.ts';
import { criteria } from './commands/criteria.ts';
import { demo } from './commands/demo.ts';
import { doctor } from './commands/doctor.ts';
import { explain } from './commands/explain.ts';
import { exportFile } from './commands/export-file.ts';
import { importFolder } from './commands/import-folder.ts';
import { receipt } from './commands/receipt.ts';
import { score } from './commands/score.ts';
import { settings } from './commands/settings.ts';

const commands: readonly (Command | StandaloneCommand)[] = [
  ...[demo, importFolder, analyze, score],
  ...[explain, compare, criteria, coverage, ask, receipt],
  ...[exportFile, settings, doctor],
];

/** What was asked for on the command line: help to print, the app to start, or a command to run. */
export type Invocation =
  | { kind: 'text'; text: string; exitCode: 0 | 2 }
  | { kind: 'start' }
  | { kind: 'command'; command: Command | StandaloneCommand; json: boolean; asked: Pick<Asked, 'args' | 'options'> };

/** Reads a command line, without running anything. */
export function parseCommandLine(argv: readonly string[]): Invocation {
  let invocation: Invocation | undefined;
  let printed = '';
  const print = (text: string) => {
    printed += text;
  };
  const program = new Commander('lodestar')
    .description('An ideal customer profile that learns from what happened.')
    .exitOverride()
    .configureOutput({ writeOut: print, writeErr: print });
  program
    .command('start')
    .description('start the app; with no configuration, the company in a box')
    .action(() => {
      invocation = { kind: 'start' };
    });
  for (const command of commands) {
    const entry = program.command(command.name).description(command.summary);
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
  if (error instanceof UsageError) return { exitCode: 2, sentence: error.message };
  if (error instanceof IcpError) return { exitCode: 1, sentence: error.message };
  return { exitCode: 1, sentence: 'something broke that should not have; LOG_LEVEL=debug shows the details' };
}

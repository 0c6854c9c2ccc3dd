import type { Lodestar } from '../compose/open-lodestar.ts';

/** Where a command writes: answers on standard output, everything else on standard error. */
export interface Output {
  /** One JSON value is wanted instead of text. */
  json: boolean;
  /** The answer: `value` as JSON, or `text` for a person. */
  answer(value: unknown, text: string): void;
  /** A line for the person who waits; never part of the answer. */
  say(line: string): void;
  /** What is being done, and how far where that is known. Shown on a terminal when it takes over a second. */
  progress(what: string, done?: number, total?: number): void;
}

/** What every command knows. */
export interface Asked {
  out: Output;
  /** Where the person stands: relative paths start here, not where the app was started. */
  cwd: string;
  /** Who typed it, for the record: the operating system's user. */
  operator: string;
  args: readonly string[];
  options: Readonly<Record<string, unknown>>;
}

interface CommandLine {
  name: string;
  /** As commander writes them: `<account>`, `[key]`. */
  args?: readonly { syntax: string; description: string }[];
  options?: readonly { flags: string; description: string }[];
}

/** A command on the data folder. It runs in the app's process when the app holds the folder. */
export interface Command extends CommandLine {
  run(lodestar: Lodestar, asked: Asked): Promise<void>;
}

/** A command that needs no data folder. */
export interface StandaloneCommand extends CommandLine {
  runAlone(asked: Asked): Promise<void>;
}

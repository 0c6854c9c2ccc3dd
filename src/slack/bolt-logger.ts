import { type Logger, LogLevel } from '@slack/bolt';
import type { SlackLog } from './deps.ts';

/**
 * Slack's libraries log through ours, warnings and up.
 *
 * What they say below that repeats every request, with the text of every message in it.
 */
export function boltLogger(log: SlackLog): Logger {
  const line = (parts: unknown[]) =>
    parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
  const cause = (parts: unknown[]) => ({ from: 'slack', err: parts.find((part) => part instanceof Error) });
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...parts) => log.warn(cause(parts), line(parts)),
    error: (...parts) => log.error(cause(parts), line(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}

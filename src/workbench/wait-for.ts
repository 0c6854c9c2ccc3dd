import { IcpError } from '../errors.ts';
import type { LocalSlack } from './slack/slack.ts';

/** What a test waits for may lie outside the workbench, so it is looked for between changes too. */
const LOOK_EVERY_MS = 20;

/**
 * Resolves with the first truthy answer of the predicate.
 *
 * @throws {IcpError} `workbench_timeout`, with the last traffic, when there was none in time
 */
export function waitFor<T>(
  slack: LocalSlack,
  predicate: () => T | undefined | false | null,
  timeoutMs = 5000,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      clearInterval(looking);
      forget();
    };
    const look = () => {
      const found = predicate();
      if (!found) return;
      stop();
      resolve(found);
    };
    const forget = slack.state.onChange(look);
    const looking = setInterval(look, LOOK_EVERY_MS);
    const timer = setTimeout(() => {
      stop();
      const last = slack.traffic.since(0).slice(-8);
      const seen = last.map((entry) => `${entry.name} ${entry.outcome} ${entry.note ?? ''}`.trim()).join(', ');
      reject(new IcpError('workbench_timeout', `nothing matched within ${timeoutMs} ms; last seen: ${seen}`));
    }, timeoutMs);
    look();
  });
}

import { SlackApiError } from './api-error.ts';
import type { Faults } from './faults.ts';
import type { State } from './state.ts';

export interface Triggers {
  issue(user: string, viewId?: string): string;
  /** The person who caused it; the trigger is used up. @throws {SlackApiError} when it is unknown, old or used */
  exchange(trigger: string): { user: string; viewId?: string };
}

/**
 * Trigger ids: a person's click lets the app open one modal, soon.
 *
 * "Triggers expire in three seconds", and each may be exchanged once.
 *
 * @see https://docs.slack.dev/interactivity/handling-user-interaction/#modal_responses
 * @see https://docs.slack.dev/reference/methods/views.open errors `expired_trigger_id`, `exchanged_trigger_id`
 */
export function createTriggers(state: State, faults: Faults): Triggers {
  const issued = new Map<string, { user: string; viewId?: string; at: number; used: boolean }>();
  return {
    issue(user, viewId) {
      const id = `${state.ids.next('')}.${state.ids.next('')}`;
      issued.set(id, { user, at: state.clock(), used: false, ...(viewId ? { viewId } : {}) });
      return id;
    },
    exchange(trigger) {
      const found = issued.get(trigger);
      if (!found) throw new SlackApiError('invalid_trigger_id');
      if (found.used) throw new SlackApiError('exchanged_trigger_id');
      if (state.clock() - found.at > faults.triggerLifetimeMs) throw new SlackApiError('expired_trigger_id');
      found.used = true;
      return found;
    },
  };
}

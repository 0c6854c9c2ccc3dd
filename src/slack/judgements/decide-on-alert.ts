import { IcpError } from '../../errors.ts';
import type { AlertDecision } from '../../icp/life/alert-state.ts';
import type { AlertValue } from '../buttons/alert-value.ts';
import type { Desk } from '../desk.ts';
import { type Place, whisper } from '../post.ts';
import { context } from '../views/blocks.ts';
import { churnAlertMessage, standingLine } from '../views/churn-alert.ts';

const weekMs = 7 * 86_400_000;

/** Keeps what somebody decided about an alert, and lets its messages say so. */
export async function decideOnAlert(
  desk: Desk,
  place: Place,
  { alertId }: Pick<AlertValue, 'alertId'>,
  decision: AlertDecision,
): Promise<void> {
  const by = await desk.findPerson(place.user);
  const { alerts, log } = desk.deps;
  if (alerts === undefined) {
    throw new IcpError('no_alerts', 'nobody keeps alerts here; tell whoever runs Lodestar');
  }
  const { state, changed } = await alerts.decide({ alertId, by, decision });
  for (const { channel, ts } of state.posts) {
    try {
      await desk.client.chat.update({ channel, ts, ...churnAlertMessage(state) });
    } catch (error) {
      // The decision is kept, and a message that somebody deleted has nobody to tell.
      log.warn({ err: error, channel, ts }, 'an alert could not be updated');
    }
  }
  if (changed || state.decided?.by === by.email) return;
  const text = `It was decided before you. ${standingLine(state)}`;
  await whisper(desk.client, place, { text, blocks: [context(text)] });
}

/** Acknowledged, or put off for as many weeks as the button says. */
export function decisionOf({ weeks }: AlertValue, now: number): AlertDecision {
  return weeks === 0 ? { kind: 'acknowledged' } : { kind: 'snoozed', until: now + weeks * weekMs };
}

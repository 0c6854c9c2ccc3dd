import type { WarningKind, WarningSign } from './warning-signs.ts';

const actions: Readonly<Record<WarningKind, string>> = {
  'stakeholder turnover': 'find out who took over, and win a new champion',
  'usage decay': 'call them: ask what stopped, and offer to onboard the team again',
  'support tickets': 'go through the open tickets with support and with them',
  'NPS fall': 'talk to whoever answered the survey in person',
};
const renewalSoonDays = 60;

/**
 * What to do first about a customer at risk: the action of its gravest sign, and the renewal where it is near.
 *
 * @example suggestAction([], 30); // => 'bring the renewal talk forward; no sign has started, so ask how they are doing'
 */
export function suggestAction(signs: readonly Pick<WarningSign, 'kind'>[], daysToRenewal: number): string {
  const order: readonly WarningKind[] = ['stakeholder turnover', 'usage decay', 'support tickets', 'NPS fall'];
  const first = order.find((kind) => signs.some((sign) => sign.kind === kind));
  const act = first === undefined ? 'no sign has started, so ask how they are doing' : actions[first];
  return daysToRenewal <= renewalSoonDays ? `bring the renewal talk forward; ${act}` : act;
}

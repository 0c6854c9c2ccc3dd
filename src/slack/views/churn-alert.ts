import type { KnownBlock } from '@slack/types';
import { dayOf } from '../../icp/features/calendar.ts';
import type { AlertState } from '../../icp/life/alert-state.ts';
import type { WatchedCustomer } from '../../icp/life/watch-churn.ts';
import { fillIn, formatDate, formatFigure, formatNumber } from '../../questions/format-figure.ts';
import { daysFigure, rateFigure, reasonClause, signClause } from '../../questions/reports/life-words.ts';
import { actionIds, numbered } from '../action-ids.ts';
import { writeAlert } from '../buttons/alert-value.ts';
import { actions, button, columns, context, type Message, section } from './blocks.ts';
import { plain } from './text.ts';

const snoozeWeeks = [1, 2, 4] as const;

/** A customer that has started to look like those who left: what started, how long there is, and what to do. */
export function churnAlertMessage(alert: AlertState): Message {
  const { customer, horizonDays } = alert;
  const name = plain(customer.name, 150);
  const chance = formatNumber(100 * (customer.risk ?? 0), 0);
  return {
    text: `${name} may leave: a chance of ${chance} % within ${horizonDays} days. ${standingLine(alert)}`,
    blocks: [
      section(
        `*${name}* may leave: a chance of *${chance} %* within ${horizonDays} days${pastOf(customer)}.\n${signLines(customer).join('\n')}`,
      ),
      columns(factsOf(customer)),
      ...twinBlocks(customer),
      section(`*To do:* ${plain(customer.action, 300)}`),
      context(standingLine(alert)),
      ...buttonsOf(alert),
    ],
  };
}

/** Who did what about an alert, as a sentence. */
export function standingLine({ standing, decided, episode, raisedAt }: AlertState): string {
  const raised = `Raised ${formatDate(dayOf(raisedAt))}${episode > 1 ? `, for the ${ordinal(episode)} time` : ''}`;
  if (decided === null || standing === 'open') return `${raised}. Nobody has taken it yet.`;
  const by = plain(decided.byName, 80);
  const on = formatDate(dayOf(decided.at));
  switch (standing) {
    case 'acknowledged':
      return `${raised}. Acknowledged by ${by} on ${on}.`;
    case 'snoozed':
      return `${raised}. Put off by ${by} until ${formatDate(dayOf(decided.until ?? decided.at))}.`;
    case 'not a risk':
      return `${raised}. Not a risk, says ${by} on ${on}: ${plain(decided.reason ?? 'no reason given', 500)}`;
  }
}

function pastOf({ past }: WatchedCustomer): string {
  return past === null
    ? ''
    : `; of those who stood there before, ${formatFigure(rateFigure('past', 'Left', past.happened))} left`;
}

function signLines({ signs, reasons }: WatchedCustomer): string[] {
  const clauses =
    signs.length > 0
      ? signs.map((sign, nth) => signClause(sign, `s${nth}`))
      : reasons.map((reason, nth) => reasonClause(reason, `r${nth}`));
  if (clauses.length === 0) return ['No single sign stands out.'];
  return clauses.map(({ clause, figures }) => `• ${plain(fillIn(clause, figures), 300)}`);
}

function factsOf(customer: WatchedCustomer): string[] {
  const { daysToRenewal, renewalOn, renewalIsWritten, past, arr, csOwnerEmail } = customer;
  const runway = past?.daysUntil ?? null;
  const days = `${formatNumber(daysToRenewal, 0)} ${daysToRenewal === 1 ? 'day' : 'days'}`;
  return [
    `*${renewalIsWritten ? 'Renewal' : 'Anniversary (no renewal date)'}*\n${days}, ${formatDate(renewalOn)}`,
    `*Runway*\n${runway === null ? 'too few like it to tell' : formatFigure(daysFigure('runway', 'Runway', runway))}`,
    `*Yearly revenue*\n${arr === null ? 'not known' : formatNumber(arr, 0)}`,
    `*Customer success*\n${plain(csOwnerEmail ?? 'nobody', 100)}`,
  ];
}

function twinBlocks({ twin }: WatchedCustomer): KnownBlock[] {
  if (twin === null) return [];
  const reason = twin.reason === null ? '' : ` (“${plain(twin.reason, 200)}”)`;
  const shared = twin.shared.length === 0 ? '' : `. Both: ${twin.shared.map((trait) => plain(trait, 120)).join('; ')}`;
  return [
    section(
      `Most like *${plain(twin.name, 150)}* ${formatNumber(twin.daysBefore, 0)} days before it left on ${formatDate(twin.leftOn)}${reason}${shared}.`,
    ),
  ];
}

function buttonsOf({ id, customer, standing }: AlertState): KnownBlock[] {
  const value = (weeks: number) => writeAlert({ alertId: id, name: customer.name, weeks });
  const notARisk = button('Not a risk', actionIds.alertNotARisk, value(0));
  const snooze = snoozeWeeks.map((weeks, nth) =>
    button(`Snooze ${weeks} ${weeks === 1 ? 'week' : 'weeks'}`, numbered(actionIds.alertSnooze, nth), value(weeks)),
  );
  switch (standing) {
    case 'open':
      return [actions([button('Acknowledge', actionIds.alertAcknowledge, value(0)), ...snooze, notARisk])];
    case 'acknowledged':
      return [actions([...snooze, notARisk])];
    case 'snoozed':
      return [actions([button('Acknowledge', actionIds.alertAcknowledge, value(0)), notARisk])];
    case 'not a risk':
      return [];
  }
}

function ordinal(n: number): string {
  const ending = n % 100 >= 11 && n % 100 <= 13 ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[n % 10] ?? 'th');
  return `${n}${ending}`;
}

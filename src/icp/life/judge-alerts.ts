import { medianInterval } from '../../stats/intervals/median-interval.ts';
import { sigmoid } from '../../stats/models/logistic.ts';
import { dayMs } from '../features/calendar.ts';
import { rateOf } from '../rates.ts';
import type { Rate } from '../types.ts';
import type { CustomerLife } from './customer-lives.ts';
import type { ForwardForecast } from './judge-life.ts';
import type { LifeEvent } from './life-rows.ts';
import { type AlertPolicy, type SimulatedAlert, simulateAlerts } from './simulate-alerts.ts';

/** How a year of alerts would have gone. */
export interface AlertRecord {
  alerts: number;
  /** Share of the alerts after which the customer left within the horizon; `null` without an alert. */
  precision: Rate | null;
  /** Share of those who left that an alert had named before; `null` where nobody left. */
  caught: Rate | null;
  /** Days from the alert until the customer left: the median with its interval; `null` where none was right. */
  leadDays: Rate | null;
}

export interface AlertsJudged {
  weeks: number;
  learned: AlertRecord;
  /** As many alerts by the fall of active users alone, under the same budget and episodes. */
  usageDecay: AlertRecord;
}

/** Whoever leaves sooner after the start of the year could not have been told of in time. */
const settlingDays = 30;

/** Replays the alerts of the judged year, beside as many of usage decay alone. */
export function judgeAlerts(
  forecast: ForwardForecast,
  lives: readonly CustomerLife[],
  event: LifeEvent,
  policy: AlertPolicy,
): AlertsJudged {
  const { rows } = forecast;
  const risk = forecast.logOdds.map(sigmoid);
  const learned = simulateAlerts(rows, risk, event, policy);
  const decay = forecast.baseline.map((change) => (Number.isNaN(change) ? -99 : -change));
  const leaving = lives.filter(
    ({ endedAt, startedAt }) =>
      endedAt !== null &&
      endedAt > forecast.from + settlingDays * dayMs &&
      endedAt <= forecast.to &&
      endedAt - startedAt >= (90 + settlingDays) * dayMs,
  );
  const record = (alerts: readonly SimulatedAlert[]) => recordOf(alerts, forecast, leaving);
  return {
    weeks: new Set(rows.at).size,
    learned: record(learned),
    usageDecay: record(asMany(learned.length, (at) => simulateAlerts(rows, decay, event, at), policy)),
  };
}

/** The strictest fall of use that gives at least as many alerts. */
function asMany(
  wanted: number,
  alertsAt: (policy: AlertPolicy) => SimulatedAlert[],
  policy: AlertPolicy,
): SimulatedAlert[] {
  const at = (fall: number) => alertsAt({ ...policy, alertAt: fall, calmAt: fall / 2 });
  let [loose, strict] = [0, 3];
  let alerts = at(loose);
  for (let step = 0; step < 12; step++) {
    const middle = (loose + strict) / 2;
    const tried = at(middle);
    if (tried.length >= wanted) [loose, alerts] = [middle, tried];
    else strict = middle;
  }
  return alerts;
}

function recordOf(
  alerts: readonly SimulatedAlert[],
  { rows, to }: ForwardForecast,
  leaving: readonly CustomerLife[],
): AlertRecord {
  const right = alerts.filter(({ leadDays }) => leadDays !== null);
  const named = new Set(right.filter(({ at }) => at <= to).map(({ row }) => rows.lives[row]!.account));
  const caught = leaving.filter(({ account }) => named.has(account)).length;
  return {
    alerts: alerts.length,
    precision: rateOf(right.length, alerts.length),
    caught: rateOf(caught, leaving.length),
    leadDays: right.length === 0 ? null : medianInterval(right.map(({ leadDays }) => leadDays ?? 0)),
  };
}

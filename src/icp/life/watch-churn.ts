import { sigmoid } from '../../stats/models/logistic.ts';
import { createRandom } from '../../stats/random.ts';
import type { UnlearntSet } from '../analysis-set.ts';
import { dayOf, daysBetween } from '../features/calendar.ts';
import type { Instant, Rate } from '../types.ts';
import { type ChurnedTwin, createTwinFinder } from './churned-twin.ts';
import { type CustomerLife, customerLives, livesAt, nextRenewal } from './customer-lives.ts';
import { type AlertsJudged, judgeAlerts } from './judge-alerts.ts';
import { type ForwardForecast, forecastForward, judgeOrder } from './judge-life.ts';
import { fewestLifeEvents, forecastAt, type LifeLearnt, learnLife } from './learn-life.ts';
import { type LifeReason, raisingReasons } from './life-reasons.ts';
import { churnEvent, watchedFromDays } from './life-rows.ts';
import { createNearestPast, type NearestPast } from './nearest-past.ts';
import type { AlertPolicy } from './simulate-alerts.ts';
import { suggestAction } from './suggest-action.ts';
import { type WarningSign, warningSigns } from './warning-signs.ts';
import { type LeftCustomer, whoLeft } from './who-left.ts';

/** A customer of today, with what speaks for its leaving. */
export interface WatchedCustomer {
  id: string;
  name: string;
  csOwnerEmail: string | null;
  arr: number | null;
  /** Calibrated chance of leaving within the horizon; `null` under a rule, which knows no chances. */
  risk: number | null;
  /** `alert`: to be told of now. `watch`: not yet over. */
  standing: 'alert' | 'watch' | 'calm';
  signs: readonly WarningSign[];
  /** What raises the forecast most. */
  reasons: readonly LifeReason[];
  renewalOn: string;
  /** `false` where nobody wrote a renewal down, and the next anniversary stands for it. */
  renewalIsWritten: boolean;
  daysToRenewal: number;
  /** What became of past customers at the same risk; its days are the runway. */
  past: NearestPast | null;
  twin: ChurnedTwin | null;
  action: string;
}

export interface ChurnWatchFindings {
  book: string;
  asOf: string;
  horizonDays: number;
  /** How customers are ranked: by what was learnt, by the named rule where there is too little to learn from, or not. */
  method: 'learned' | 'usage decay' | 'nothing';
  /** Why this method, in words. */
  why: string;
  /** Customers of today that are watched: of 90 days and more. */
  customers: number;
  csOwners: number;
  /** Accounts that left within the horizon of a snapshot that was learnt from. */
  events: number;
  policy: AlertPolicy;
  /** Out of time: the last year whose outcome is known, forecast from before. */
  judged: { from: string; to: string; refits: number; auc: Rate | null; alerts: AlertsJudged } | null;
  /** Everybody on `alert` or `watch`, then the riskiest of the calm, at least 20; the worst first. */
  ranked: readonly WatchedCustomer[];
  /** The last to leave, the latest first. */
  left: readonly LeftCustomer[];
}

export const churnAlertPolicy: AlertPolicy = { alertAt: 0.3, calmAt: 0.12, episodeDays: 180, perOwner: 5 };
const leastListed = 20;
const mostLeft = 20;

/**
 * Watches today's customers for the signs of churn.
 *
 * Learnt from monthly snapshots of all customers, past and present, with a fixed horizon; forecasts are judged on the last year
 * from what was known before it. Where too few have left to learn from, the rule "active users fall" stands in, by its
 * name. Where what was learnt does not order the judged year better than chance, nobody is ranked and nobody is told.
 */
export function watchChurn(
  set: UnlearntSet,
  { policy = churnAlertPolicy }: { policy?: AlertPolicy } = {},
): ChurnWatchFindings {
  const { training, seed } = set;
  const { asOf } = training;
  const lives = training.timeKind === 'dates' ? customerLives(set.accounts) : [];
  const today = lives.filter((life) => livesAt(life, asOf) && daysBetween(life.startedAt, asOf) >= watchedFromDays);
  const { events, learnt } =
    today.length === 0 ? { events: 0, learnt: null } : learnLife(training, lives, churnEvent, asOf);
  const forward =
    learnt === null ? null : forecastForward(training, lives, churnEvent, { baseline: 'use_last_month', stepDays: 7 });
  const random = createRandom(seed).fork('watch churn');
  const { auc, holds } = learnt === null ? { auc: null, holds: false } : judgeOrder(learnt, forward, random);
  const { method, why } = methodOf({ training, today: today.length, events, learnt, holds });
  const ranked = method === 'learned' && learnt !== null ? byRisk(learnt, today, lives, asOf, policy) : [];
  return {
    book: training.book,
    asOf: dayOf(asOf),
    horizonDays: churnEvent.horizonDays,
    method,
    why,
    customers: today.length,
    csOwners: new Set(today.map(({ csOwnerEmail }) => csOwnerEmail)).size,
    events,
    policy,
    judged: forward === null ? null : judgedOf(forward, lives, policy, auc),
    ranked: method === 'usage decay' ? byDecay(today, asOf) : ranked,
    left: whoLeft(lives, mostLeft),
  };
}

function methodOf(from: {
  training: UnlearntSet['training'];
  today: number;
  events: number;
  learnt: LifeLearnt | null;
  holds: boolean;
}): Pick<ChurnWatchFindings, 'method' | 'why'> {
  const { training, today, events, learnt, holds } = from;
  if (training.timeKind !== 'dates')
    return { method: 'nothing', why: 'the source has no dates, so nobody knows who is about to leave' };
  if (today === 0)
    return { method: 'nothing', why: `there is no customer of ${watchedFromDays} days and more to watch` };
  if (learnt === null) {
    const why = `not estimable yet: ${events} customers left in a way that can be learnt from, ${fewestLifeEvents} are needed; until then the rule is that active users fall`;
    return { method: 'usage decay', why };
  }
  if (!holds) {
    return {
      method: 'nothing',
      why: 'nothing here foretells who leaves: what was learnt orders later customers no better than chance',
    };
  }
  return { method: 'learned', why: `learnt from ${events} customers that left` };
}

function judgedOf(
  forward: ForwardForecast,
  lives: readonly CustomerLife[],
  policy: AlertPolicy,
  auc: Rate | null,
): NonNullable<ChurnWatchFindings['judged']> {
  const alerts = judgeAlerts(forward, lives, churnEvent, policy);
  return { from: dayOf(forward.from), to: dayOf(forward.to), refits: forward.refits, auc, alerts };
}

function byRisk(
  learnt: LifeLearnt,
  today: readonly CustomerLife[],
  lives: readonly CustomerLife[],
  asOf: Instant,
  policy: AlertPolicy,
): WatchedCustomer[] {
  const rows = forecastAt(learnt, today, [asOf]);
  const risk = rows.logOdds.map(sigmoid);
  const order = [...rows.lives.keys()].sort((a, b) => risk[b]! - risk[a]! || a - b);
  const listed = order.filter((row, nth) => nth < leastListed || risk[row]! >= policy.calmAt);
  const pastOf = createNearestPast(learnt, churnEvent);
  const twinOf = createTwinFinder(learnt, lives);
  return listed.map((row) => ({
    ...basics(rows.lives[row]!, asOf),
    risk: Math.round(risk[row]! * 10_000) / 10_000,
    standing: risk[row]! >= policy.alertAt ? 'alert' : risk[row]! >= policy.calmAt ? 'watch' : 'calm',
    reasons: raisingReasons(learnt, rows.columns, row),
    past: pastOf(rows.logOdds[row]!),
    twin: twinOf(rows, row),
  }));
}

/** The rule: whose active users fall, the steepest fall first. */
function byDecay(today: readonly CustomerLife[], asOf: Instant): WatchedCustomer[] {
  const fallOf = ({ signs }: Pick<WatchedCustomer, 'signs'>) =>
    signs.find(({ kind }) => kind === 'usage decay')?.change ?? 0;
  return today
    .map(
      (life): WatchedCustomer => ({
        ...basics(life, asOf),
        ...{ risk: null, standing: 'watch', reasons: [], past: null, twin: null },
      }),
    )
    .filter((customer) => fallOf(customer) < 0)
    .sort((a, b) => fallOf(a) - fallOf(b) || (a.id < b.id ? -1 : 1));
}

function basics(
  life: CustomerLife,
  asOf: Instant,
): Omit<WatchedCustomer, 'risk' | 'standing' | 'reasons' | 'past' | 'twin'> {
  const { facts, csOwnerEmail, arr, renewalOn, usage } = life;
  const renewal = nextRenewal(life, asOf);
  const signs = warningSigns(usage, asOf);
  const daysToRenewal = Math.ceil(daysBetween(asOf, renewal));
  return {
    ...{ id: facts.id, name: facts.name, csOwnerEmail, arr, signs },
    renewalOn: dayOf(renewal),
    renewalIsWritten: renewalOn !== null && renewal === renewalOn,
    daysToRenewal,
    action: suggestAction(signs, daysToRenewal),
  };
}

import { dayMs } from '../features/calendar.ts';
import type { Instant } from '../types.ts';
import type { AlertState } from './alert-state.ts';
import type { ChurnWatchFindings, WatchedCustomer } from './watch-churn.ts';

/** What is to be told of, and what is not, and why. */
export interface AlertPlan {
  /** New episodes, the most urgent first. */
  raise: readonly { customer: WatchedCustomer; episode: number }[];
  /** Alerts that were put off until a day that has come, and are as true as before. */
  remind: readonly { alert: AlertState; customer: WatchedCustomer }[];
  /** Alerts that are raised and not yet told. */
  retry: readonly AlertState[];
  /** Alerts whose episode is over: the risk is low again. */
  calmed: readonly AlertState[];
  held: readonly {
    id: string;
    name: string;
    why: 'told in this episode' | 'not a risk, says a person' | 'over budget';
  }[];
}

const weekMs = 7 * dayMs;
const mutedDays = 180;
const remembersDays = 365;
/** As many useful alerts as are believed in beforehand: one mistake does not silence a sign. */
const goodWill = 4;

/**
 * Decides which customers somebody is told of, from what the watch found and what was told before.
 *
 * - Once an episode: an account is told of again after its risk was low, or when the episode's days have passed.
 * - At most so many a week for each customer success manager; the most urgent first, the others wait.
 * - "Not a risk" is believed: for 180 days nothing is said of that account while only the same signs show.
 * - And it is learnt from: urgency is the risk times how far the account's most trusted sign has proved useful in the last
 *   year, `(useful + 4) / (decided + 4)`. It changes who comes first, never the risk that is shown.
 */
export function planAlerts(findings: ChurnWatchFindings, known: readonly AlertState[], now: Instant): AlertPlan {
  const { policy } = findings;
  const listed = findings.method === 'learned' ? findings.ranked : [];
  const byId = new Map(listed.map((customer) => [customer.id, customer]));
  const last = new Map<string, AlertState>();
  for (const alert of known) {
    if (alert.episode >= (last.get(alert.accountId)?.episode ?? 0)) last.set(alert.accountId, alert);
  }
  const isOver = (alert: AlertState) => alert.calmedAt !== null || now - alert.raisedAt >= policy.episodeDays * dayMs;
  // Whoever is not listed at all is calm: everybody from `calmAt` upwards is listed.
  const isCalm = (alert: AlertState) => (byId.get(alert.accountId)?.risk ?? 0) < policy.calmAt;
  const current = [...last.values()].filter((alert) => !isOver(alert));
  const calmed = findings.method === 'learned' ? current.filter(isCalm) : [];

  const trust = trustOfSigns(known, now);
  const urgency = (customer: WatchedCustomer) =>
    (customer.risk ?? 0) * Math.max(...kindsOf(customer).map((kind) => trust.get(kind) ?? 1));
  const waiting = listed
    .filter(({ standing }) => standing === 'alert')
    .sort((a, b) => urgency(b) - urgency(a) || (a.id < b.id ? -1 : 1));

  const spent = new Map<string | null, number>();
  for (const { raisedAt, customer } of known) {
    if (raisedAt > now - weekMs) spent.set(customer.csOwnerEmail, (spent.get(customer.csOwnerEmail) ?? 0) + 1);
  }
  const raise: { customer: WatchedCustomer; episode: number }[] = [];
  const remind: { alert: AlertState; customer: WatchedCustomer }[] = [];
  const held: AlertPlan['held'][number][] = [];
  for (const customer of waiting) {
    const before = last.get(customer.id);
    const hold = (why: AlertPlan['held'][number]['why']) => held.push({ id: customer.id, name: customer.name, why });
    if (before !== undefined && isMuted(before, customer, now)) hold('not a risk, says a person');
    else if (before !== undefined && !isOver(before)) {
      const until = before.standing === 'snoozed' ? before.decided?.until : undefined;
      if (until !== undefined && until !== null && until <= now && !before.triedSinceDecided)
        remind.push({ alert: before, customer });
      else hold('told in this episode');
    } else if ((spent.get(customer.csOwnerEmail) ?? 0) >= policy.perOwner) hold('over budget');
    else {
      spent.set(customer.csOwnerEmail, (spent.get(customer.csOwnerEmail) ?? 0) + 1);
      raise.push({ customer, episode: (before?.episode ?? 0) + 1 });
    }
  }
  const retry = current.filter((alert) => alert.delivery === 'due' && !isCalm(alert));
  return { raise, remind, retry, calmed, held };
}

/** How far each sign has proved useful in the last year, by what people decided. */
export function trustOfSigns(known: readonly AlertState[], now: Instant): ReadonlyMap<string, number> {
  const counts = new Map<string, { useful: number; decided: number }>();
  for (const { customer, standing, decided } of known) {
    if (decided === null || standing === 'snoozed' || decided.at <= now - remembersDays * dayMs) continue;
    for (const kind of kindsOf(customer)) {
      const count = counts.get(kind) ?? { useful: 0, decided: 0 };
      counts.set(kind, {
        useful: count.useful + (standing === 'acknowledged' ? 1 : 0),
        decided: count.decided + 1,
      });
    }
  }
  return new Map([...counts].map(([kind, { useful, decided }]) => [kind, (useful + goodWill) / (decided + goodWill)]));
}

function kindsOf({ signs }: Pick<WatchedCustomer, 'signs'>): readonly string[] {
  return signs.length === 0 ? ['none'] : signs.map(({ kind }) => kind);
}

function isMuted(alert: AlertState, customer: WatchedCustomer, now: Instant): boolean {
  if (alert.standing !== 'not a risk' || alert.decided === null) return false;
  if (now - alert.decided.at >= mutedDays * dayMs) return false;
  const same = new Set(kindsOf(alert.customer));
  return kindsOf(customer).every((kind) => same.has(kind));
}

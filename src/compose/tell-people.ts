import type { Found } from '../engine/find.ts';
import { governanceChannel } from '../engine/governance/governance-channel.ts';
import { leadsChannelSetting } from '../engine/leads/post-leads.ts';
import type { Notifier } from '../engine/notifier.ts';
import { tellExpansions } from '../engine/tell-expansions.ts';
import { raiseChurnAlerts } from '../engine/watch-churn.ts';
import { dayMs, dayOf } from '../icp/features/calendar.ts';
import { weekOf } from '../icp/impact/quarters.ts';
import type { RunSummary } from '../jobs/ports.ts';
import type { ReportCard } from '../questions/report-card.ts';
import type { Answer } from '../questions/types.ts';
import type { Reporter } from '../slack/notify.ts';
import { type Book, latestImport } from '../store/books.ts';
import { claimList, releaseList } from '../store/churn-alerts.ts';
import { findingsAt } from '../store/findings.ts';
import { answersSince } from '../store/lead-answers.ts';
import { scoreRunOf } from '../store/scores.ts';
import { settingOf } from '../store/settings.ts';
import { findInBook } from './analyze-book.ts';
import type { Lodestar } from './open-lodestar.ts';

/** How people are told what they did not ask for. */
export type Tellers = Notifier & Reporter;

export const driftChannelSetting = 'alerts.drift.channel';

const seed = 1;
const weekMs = 7 * dayMs;

type House = Pick<Lodestar, 'store' | 'compute' | 'now' | 'holder' | 'questions'>;

/** Looks anew for all there is to find, and tells of what has moved since. */
export async function lookForDrift(house: House, tellers: Reporter, book: Book): Promise<RunSummary | null> {
  if ((await scoreRunOf(house.store, book.name)) === null) return null;
  const asOf = book.clock ?? house.now();
  const found = await findInBook(house, { book, asOf, seed });
  const { drift, anomalies } = found.findings;
  const { watch, alerts, verdict } = drift;
  const told = await tellOfDrift(house, tellers, book, found);
  const odd = await tellOfAnomalies(house, tellers, book, found);
  const weeks = anomalies.anomalies.length;
  return {
    read: { closed_deals: watch.deals, customers: watch.customers },
    written: { findings: 1, drift_alerts_told: told, odd_weeks_told: odd },
    note: `${book.name}: ${verdict === 'moved' ? `${alerts.length} monitors past their line, ${told} told` : verdict}, ${weeks === 0 ? 'no odd week' : `${weeks} odd weeks, ${odd} told`}`,
  };
}

/** The report goes to the channel when an alert is in it that was not told before. */
function tellOfDrift(house: House, tellers: Reporter, book: Book, { id, findings }: Found): Promise<number> {
  const fresh = findings.drift.alerts.filter(({ sameAs }) => sameAs === null);
  const claims = fresh.map((alert) => ({ list: `drift ${alert.id}`, week: dayOf(alert.since) }));
  return reportOnce(house, tellers, { book, topic: 'drift', findings: id }, claims);
}

/** The same for weeks unlike those before them: what is behind them is counted, and why it happened stays a hypothesis. */
function tellOfAnomalies(house: House, tellers: Reporter, book: Book, { id, findings }: Found): Promise<number> {
  const claims = findings.anomalies.anomalies.map(({ kind, week }) => ({
    list: `odd week ${kind}`,
    week: dayOf(week),
  }));
  return reportOnce(house, tellers, { book, topic: 'anomalies', findings: id }, claims);
}

/** How many of the findings are new: then the report that has them is told, and each is told once, over restarts too. */
async function reportOnce(
  { store, now, questions }: House,
  tellers: Reporter,
  { book: { name: book }, topic, findings }: { book: Book; topic: 'drift' | 'anomalies'; findings: number },
  wanted: readonly { list: string; week: string }[],
): Promise<number> {
  const channel = (await settingOf(store, driftChannelSetting))?.value;
  if (typeof channel !== 'string' || channel === '') return 0;
  const claims = [];
  for (const one of wanted) {
    const claim = { book, ...one };
    if (await claimList(store, claim, now())) claims.push(claim);
  }
  if (claims.length === 0) return 0;
  // The scores may be older than what was just found, and the report is of what was found.
  return (await tellClaimed(store, claims, tellers, channel, () => questions.report(topic, { book, findings })))
    ? claims.length
    : 0;
}

/** Gives the claims back where there is no report to tell, or it surely was not told. */
async function tellClaimed(
  store: House['store'],
  claims: readonly Parameters<typeof releaseList>[1][],
  tellers: Reporter,
  channel: string,
  ask: () => Promise<Answer<ReportCard>>,
): Promise<boolean> {
  const release = async () => {
    for (const claim of claims) await releaseList(store, claim);
  };
  const answer = await ask().catch(async (error: unknown) => {
    await release();
    throw error;
  });
  const told = await tellers.report(answer, channel);
  if (told === null) await release();
  return told !== null;
}

/**
 * What reps answered in the last full week, on its Monday or as soon after as there is anybody to tell: once, and not where
 * nobody answered. It goes to the channel of the lead cards; where those go to their owners, to that of governance.
 */
export async function tellOfAnswers(
  { store, now, questions }: Pick<House, 'store' | 'now' | 'questions'>,
  tellers: Reporter,
  { name: book }: Book,
): Promise<boolean> {
  const to = weekOf(now());
  const answers = await answersSince(store, book, to - weekMs);
  if (!answers.some(({ at, undoneAt }) => at < to && undoneAt === null)) return false;
  const set = (await settingOf(store, leadsChannelSetting))?.value;
  const channel = set === 'owner' ? await governanceChannel(store) : set;
  if (typeof channel !== 'string' || channel === '' || (await scoreRunOf(store, book)) === null) return false;
  const claim = { book, list: 'answers of reps', week: dayOf(to) };
  if (!(await claimList(store, claim, now()))) return false;
  return tellClaimed(store, [claim], tellers, channel, () => questions.report('answers', { book, to, days: 7 }));
}

/** Tells customer success who may leave, and once a week who may buy more, from what was found last. */
export async function tellOfCustomers(
  { store, now }: Pick<House, 'store' | 'now'>,
  tellers: Notifier,
  book: Book,
): Promise<RunSummary | null> {
  const asOf = book.clock ?? now();
  const importId = await latestImport(store, book.name);
  const kept = importId === null ? null : await findingsAt(store, { book: book.name, importId, asOf });
  if (kept === null) return null;
  const { churnWatch, expansions } = kept.findings;
  const ports = { store, notifier: tellers };
  const raised = await raiseChurnAlerts(ports, { book: book.name, asOf, findings: churnWatch });
  const list = await tellExpansions(ports, { book: book.name, asOf, findings: expansions });
  const where = raised.channel === null ? ', and no channel is set in alerts.churn.channel' : '';
  return {
    read: { customers: churnWatch.customers },
    written: { alerts: raised.told.length, calmed: raised.calmed, lists: list === 'told' ? 1 : 0 },
    note: `${book.name}: ${raised.told.length} alerts told, ${raised.held.length} held back${where}; list of who may buy more: ${list}`,
  };
}

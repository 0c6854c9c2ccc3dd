import type { Notifier } from '../engine/notifier.ts';
import { tellExpansions } from '../engine/tell-expansions.ts';
import { raiseChurnAlerts } from '../engine/watch-churn.ts';
import type { Findings } from '../icp/findings.ts';
import type { RunSummary } from '../jobs/ports.ts';
import type { Reporter } from '../slack/notify.ts';
import { type Book, latestImport } from '../store/books.ts';
import { claimList, releaseList } from '../store/churn-alerts.ts';
import { findingsAt } from '../store/findings.ts';
import { scoreRunOf } from '../store/scores.ts';
import { settingOf } from '../store/settings.ts';
import { findInBook } from './analyze-book.ts';
import type { Lodestar } from './open-lodestar.ts';

/** How people are told what they did not ask for. */
export type Tellers = Notifier & Reporter;

export const driftChannelSetting = 'alerts.drift.channel';

const seed = 1;

type House = Pick<Lodestar, 'store' | 'compute' | 'now' | 'holder' | 'questions'>;

/** Looks anew for all there is to find, and tells of what has moved since. */
export async function lookForDrift(house: House, tellers: Reporter, book: Book): Promise<RunSummary | null> {
  if ((await scoreRunOf(house.store, book.name)) === null) return null;
  const asOf = book.clock ?? house.now();
  const { findings } = await findInBook(house, { book, asOf, seed });
  const { watch, alerts, verdict } = findings.drift;
  const told = await tellOfDrift(house, tellers, book, findings);
  return {
    read: { closed_deals: watch.deals, customers: watch.customers },
    written: { findings: 1, drift_alerts_told: told },
    note: `${book.name}: ${verdict === 'moved' ? `${alerts.length} monitors past their line, ${told} told` : verdict}`,
  };
}

/** The report goes to the channel when an alert is in it that was not told before. Each is told once, over restarts too. */
async function tellOfDrift(house: House, tellers: Reporter, book: Book, { drift }: Findings): Promise<number> {
  const { store } = house;
  const channel = (await settingOf(store, driftChannelSetting))?.value;
  if (typeof channel !== 'string' || channel === '') return 0;
  const claims = [];
  for (const { id, since, sameAs } of drift.alerts) {
    const claim = { book: book.name, list: `drift ${id}`, week: new Date(since).toISOString().slice(0, 10) };
    if (sameAs === null && (await claimList(store, claim, house.now()))) claims.push(claim);
  }
  if (claims.length === 0) return 0;
  const told = await tellers.report(await house.questions.report('drift', { book: book.name }), channel);
  if (told !== null) return claims.length;
  for (const claim of claims) await releaseList(store, claim);
  return 0;
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

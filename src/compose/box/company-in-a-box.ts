import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { governanceChannelSetting } from '../../engine/governance/governance-channel.ts';
import { leadStatusPrefix } from '../../engine/leads/lead-status-setting.ts';
import { leadsChannelSetting, leadsMostSetting } from '../../engine/leads/post-leads.ts';
import { publishPrefix } from '../../engine/publish/may-publish.ts';
import { crmBookSetting } from '../../engine/sync/crm-settings.ts';
import { churnChannelSetting } from '../../engine/watch-churn.ts';
import { type GeneratedMarket, generateMarket } from '../../market/generate.ts';
import { competitorTools } from '../../market/technologies.ts';
import { competitorsPrefix } from '../../questions/competitors.ts';
import { latestImport, listBooks, setBookClock } from '../../store/books.ts';
import { findingsAt } from '../../store/findings.ts';
import { scoreRunOf } from '../../store/scores.ts';
import { addSetting } from '../../store/settings.ts';
import { analyzeBook, rescoreBook } from '../analyze-book.ts';
import { importSource } from '../import-source.ts';
import type { Lodestar } from '../open-lodestar.ts';
import { openFolder, rememberFolder } from '../sources.ts';
import { driftChannelSetting } from '../tell-people.ts';
import { fillLocalOrg } from './local-org.ts';
import { boxGovernanceChannel, churnChannel, leadsChannel } from './local-workspace.ts';
import { writeMarket } from './write-market.ts';

/** The book that the company in a box keeps: `main`, as any bundle's. */
const book = 'main';
/** The last day of the planted market; the box's clock stands at its end. */
const lastDay = '2026-09-30';
const seed = 1;
const dayMs = 86_400_000;
/** The model in force is a quarter old, so that the first analysis has something to propose. */
const learntBeforeMs = 92 * dayMs;

const boxSettings = [
  [churnChannelSetting, churnChannel],
  [driftChannelSetting, churnChannel],
  [governanceChannelSetting, boxGovernanceChannel],
  [leadsChannelSetting, leadsChannel],
  [leadsMostSetting, 5],
  // What is read from its Salesforce goes into a book of its own: the box was made from files that say the same.
  [crmBookSetting, 'salesforce'],
  [`${competitorsPrefix}${book}`, competitorTools],
  [`${publishPrefix}${book}`, { on: true }],
  [
    `${leadStatusPrefix}${book}`,
    {
      ...{ on: true, accepted: 'Working - Contacted', rejected: 'Closed - Not Converted' },
      reasonField: 'Reject_Reason__c',
    },
  ],
] as const;

/** The truth about the box, for whoever wants to check what was found in it. */
export function boxTruthFile(dataDir: string): string {
  return join(dataDir, 'company-in-a-box.truth.json');
}

/**
 * Fills an empty data folder with the planted market, so that the first start has something to ask about.
 *
 * A folder with data of its own is left alone. A first start that was cut off is taken up where it stopped.
 */
export async function fillBox(lodestar: Lodestar, onProgress: (what: string) => void): Promise<void> {
  const { store, config, now } = lodestar;
  const books = await listBooks(store);
  if (books.some(({ name }) => name !== book)) return;
  const folder = join(config.dataDir, 'company-in-a-box');
  if ((await latestImport(store, book)) === null) {
    onProgress('making up a company: 4,000 accounts and what became of them');
    const market = generateMarket({ size: 'box', seed, until: lastDay });
    await writeMarket(market, folder, () => {});
    await writeFile(boxTruthFile(config.dataDir), `${JSON.stringify(market.answerKey, null, 2)}\n`);
    const known = { folder, mapping: null };
    await importSource(lodestar, await openFolder(known, book, now()), (what, rows) =>
      onProgress(`${what}: ${rows.toLocaleString('en')}`),
    );
    await moveIntoOrg(lodestar, market);
    await rememberFolder(store, { ...known, book, by: 'the company in a box', at: now() });
    await setBookClock(store, book, Date.parse(lastDay) + dayMs);
    for (const [key, value] of boxSettings)
      await addSetting(store, { key, value, setAt: now(), setBy: 'the company in a box' });
  }
  if ((await scoreRunOf(store, book)) !== null) return;
  const [box] = await listBooks(store);
  if (box === undefined) return;
  const by = 'the company in a box';
  const today = box.clock ?? now();
  await analyzeBook(lodestar, { book: box, seed, asOf: today - learntBeforeMs, by, quick: true, onProgress });
  await rescoreBook(lodestar, { book: box, asOf: today, onProgress });
}

/** The same company in its Salesforce, where sales works. */
async function moveIntoOrg({ localOrg }: Lodestar, market: GeneratedMarket): Promise<void> {
  const local = await localOrg(true);
  if (local !== null && local.org.count('Account') === 0) fillLocalOrg(local.org, market);
}

/** Looks for all there is to find in the box, and proposes what has changed since, after the first start has answered its first question. */
export async function lookThroughBox(lodestar: Lodestar): Promise<void> {
  const { store, now } = lodestar;
  const box = (await listBooks(store)).find(({ name }) => name === book);
  const run = await scoreRunOf(store, book);
  if (box === undefined || run === null) return;
  const { importId, asOf } = run;
  if ((await findingsAt(store, { book, importId, asOf })) !== null) return;
  const by = 'the company in a box';
  await analyzeBook(lodestar, { book: box, seed, asOf: box.clock ?? now(), by, onProgress: () => {} });
}

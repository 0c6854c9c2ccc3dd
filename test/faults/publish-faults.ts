import assert from 'node:assert/strict';
import type { PublishingHouse } from '../../src/compose/crm/publish-book.ts';
import { publishDue } from '../../src/compose/crm/publish-due.ts';
import { IcpError } from '../../src/errors.ts';
import type { PublicationReport } from '../../src/icp/publishing/publication-report.ts';
import { rowsInOrder } from '../../src/store/publication-rows.ts';
import { type Publication, publicationsOf } from '../../src/store/publications.ts';
import type { PublishedBook } from '../support/published-book.ts';
import { onlyBook } from '../support/small-market.ts';
import { checkRows, type EndedRow } from './check-rows.ts';
import type { FaultCase } from './fault-cases.ts';
import { type FaultOrg, silentLog, startFaultOrg } from './fault-org.ts';
import { orgState } from './org-state.ts';
import { fillAsBook } from './templates.ts';

/** What was seen of a fault. */
export interface FaultSeen {
  name: string;
  /** Where it stood while the org was not well, in a word or two. */
  meanwhile: string;
  end: string;
  visits: number;
  /** Calls that it struck. */
  struck: number;
  /** Messages to people: of pauses and of the end. */
  paused: number;
  reports: number;
  tokensAMinute: number;
  /** Updates beyond one a row. */
  again: number;
  rows: string;
}

const mostVisits = 30;
const began = Date.UTC(2026, 9, 5, 9);
const sizes = { byCall: 20, atOnce: 25 };

/** Called before anything goes wrong, to make the org refuse or lock some records. */
export type Prepare = (org: FaultOrg, ids: readonly string[]) => unknown;

/**
 * Publishes a book to an org with which something is wrong, by what the clock calls, until it has come to its end.
 *
 * @param options.isMixed several things are wrong: each of them may be told
 * @param book is used again and again; its own fake of a CRM only says which records there are
 */
export async function publishUnder(
  book: PublishedBook,
  { name, faults, visits: lasts = 1, from }: FaultCase,
  { prepare = () => {}, isMixed = false }: { prepare?: Prepare; isMixed?: boolean } = {},
): Promise<FaultSeen & { ended: EndedRow[]; report: PublicationReport }> {
  await book.reset();
  book.clock.now = began;
  const org = await startFaultOrg(book.clock, (inside) => fillAsBook(inside, book));
  const said: { paused: string[]; reports: PublicationReport[] } = { paused: [], reports: [] };
  const house = houseOf(book, org, said);
  const start = () => org.local.plan({ clear: true, ...faults });
  try {
    let isOn = from === undefined;
    if (isOn) start();
    await prepare(org, [...book.crm.records.Account.keys()]);
    house.fault = (point) => {
      if (isOn || point !== from) return;
      isOn = true;
      start();
    };
    const meanwhile: string[] = [];
    let last: Publication | undefined;
    let visits = 0;
    let plan: string | null = null;
    for (;;) {
      if (visits === lasts) org.local.plan({ clear: true, jobs: { neverComplete: false, failAfterRows: null } });
      visits++;
      assert.ok(visits <= mostVisits, `${name}: it does not come to its end`);
      const refused = await visit(house, book);
      [last] = await publicationsOf(book.store, 'main', 1);
      plan ??= last?.planHash ?? null;
      assert.equal(last?.planHash ?? null, plan, `${name}: the plan is another one`);
      if (visits <= lasts) meanwhile.push(refused ?? last?.state ?? 'nothing');
      if (last !== undefined && ['finished', 'stopped'].includes(last.state)) break;
      // The clock comes by every five minutes; what waits for longer waits.
      book.clock.now = Math.max(book.clock.now + 300_000, last?.resumeAt ?? 0);
    }
    const ended: EndedRow[] = [];
    for await (const chunk of rowsInOrder(book.store, last.id)) ended.push(...chunk);
    const struck = org.struck();
    const again = checkRows(ended, orgState(org.local.org), struck + 3);
    assert.deepEqual(await org.crm.writer.jobs.open(0), [], `${name}: a job was left open`);
    const tokensAMinute = org.tokensAMinute();
    assert.ok(tokensAMinute <= 3, `${name}: ${tokensAMinute} requests for a token within a minute`);
    assert.equal(said.reports.length, 1, `${name}: the end is told once`);
    assert.equal(new Set(said.paused).size, said.paused.length, `${name}: a pause is told twice`);
    if (!isMixed) assert.ok(said.paused.length <= 1, `${name}: a pause is told as ${said.paused.join(' and as ')}`);
    return {
      ...{ name, meanwhile: [...new Set(meanwhile)].join(', '), end: last.state, visits, struck, tokensAMinute, again },
      ...{ paused: said.paused.length, reports: said.reports.length, rows: inWords(ended) },
      ...{ ended, report: said.reports[0]! },
    };
  } finally {
    await org.close();
  }
}

/** @returns the code of what stood in the way before there was a plan; `null` where nothing did */
async function visit(house: PublishingHouse, book: PublishedBook): Promise<string | null> {
  try {
    await publishDue(house, await onlyBook(book.store));
    return null;
  } catch (error) {
    // An error without a code is ours, and no fault of the org.
    if (!(error instanceof IcpError)) throw error;
    return error.code;
  }
}

/** The house as the clock has it, with people who only note what they are told. */
export function houseOf(
  book: PublishedBook,
  { crm, sleep }: FaultOrg,
  said: { paused: string[]; reports: PublicationReport[] },
): PublishingHouse {
  const { store, ports, clock } = book;
  return {
    ...{ store, compute: ports.compute, now: () => clock.now, holder: 'a test', log: silentLog, sleep, sizes },
    crm: async () => crm,
    tellers: {
      async publicationReport(report) {
        said.reports.push(report);
        return { channel: 'C1', ts: '1' };
      },
      async publicationPaused({ reason }) {
        said.paused.push(reason ?? '');
        return { channel: 'C1', ts: '2' };
      },
    },
  };
}

function inWords(rows: readonly EndedRow[]): string {
  const counts = new Map<string, number>();
  for (const { state, code } of rows) {
    const what = state === 'set aside' ? (code ?? state) : state;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return [...counts].map(([what, count]) => `${count} ${what}`).join(', ');
}

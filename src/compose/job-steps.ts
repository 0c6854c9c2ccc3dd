import { tellNothingToChange } from '../engine/proposals/tell-nothing-to-change.ts';
import { crmBook } from '../engine/sync/crm-settings.ts';
import { ownOverridesInWords } from '../engine/sync/own-overrides.ts';
import { IcpError } from '../errors.ts';
import { orgInWords } from '../icp/org-in-words.ts';
import type { JobName } from '../jobs/jobs.ts';
import type { Due, RunSummary, Step } from '../jobs/ports.ts';
import { freshnessAt } from '../questions/describe-freshness.ts';
import { currentPin } from '../questions/pin.ts';
import { type Book, latestImport, listBooks } from '../store/books.ts';
import { answersSince } from '../store/lead-answers.ts';
import { activeModel } from '../store/models.ts';
import { scoreRunOf } from '../store/scores.ts';
import { lastSynced } from '../store/sync-progress.ts';
import { analyzeBook, rescoreBook } from './analyze-book.ts';
import { publishDue } from './crm/publish-due.ts';
import { readCrmBook } from './crm/read-crm-book.ts';
import { goThroughLeads } from './go-through-leads.ts';
import { importSource } from './import-source.ts';
import type { Lodestar } from './open-lodestar.ts';
import { foldersOf, openFolder } from './sources.ts';
import { noNews, syncCounts, syncCountsInWords } from './sync-counts.ts';
import { tellOfGovernance } from './tell-of-governance.ts';
import { lookForDrift, type Tellers, tellOfAnswers, tellOfCustomers } from './tell-people.ts';

/** For the random choices of an analysis that nobody asked for. */
const seed = 1;

/** What the steps need of the house. */
type ForSteps = Pick<Lodestar, 'store' | 'compute' | 'log' | 'now' | 'holder' | 'questions' | 'crm'> &
  Pick<Lodestar, 'hasCrm' | 'tellers'> &
  Partial<Pick<Lodestar, 'interpret'>>;

/** What each job does, over every book. */
export function jobSteps(lodestar: ForSteps, tellers: Tellers): Partial<Readonly<Record<JobName, Step>>> {
  return {
    sync: (due) => eachBook(lodestar, due, (book) => syncBook(lodestar, book, due)),
    analysis: (due) => eachBook(lodestar, due, (book) => relearnBook(lodestar, tellers, book)),
    drift: (due) => eachBook(lodestar, due, (book) => lookForDrift(lodestar, tellers, book)),
    churn: (due) => eachBook(lodestar, due, (book) => tellOfCustomers(lodestar, tellers, book)),
    audit: () => tellOfGovernance(lodestar, tellers),
    freshness: (due) => eachBook(lodestar, due, (book) => lookAtAges(lodestar, book)),
    leads: (due) => eachBook(lodestar, due, (book) => lookAfterLeads(lodestar, tellers, book)),
    ...(lodestar.hasCrm() ? crmSteps(lodestar, tellers) : {}),
  };
}

/** What there is to do with a CRM. */
function crmSteps(lodestar: ForSteps, tellers: Tellers): Partial<Readonly<Record<JobName, Step>>> {
  return {
    crm: () => readCrm(lodestar, tellers, false),
    reconcile: () => readCrm(lodestar, tellers, true),
    publish: (due) => eachBook(lodestar, due, (book) => publishDue(lodestar, book)),
  };
}

/**
 * Does a thing for every book and adds up what was read and written. A book that fails does not keep the others waiting.
 *
 * @throws {IcpError} `job_failed` with every failure, when the others are done
 */
export async function eachBook(
  { store }: Pick<Lodestar, 'store'>,
  { signal }: Pick<Due, 'signal'>,
  work: (book: Book) => Promise<RunSummary | null>,
): Promise<RunSummary> {
  const done: RunSummary[] = [];
  const failures: Error[] = [];
  for (const book of await listBooks(store)) {
    signal.throwIfAborted();
    try {
      const summary = await work(book);
      if (summary !== null) done.push(summary);
    } catch (error) {
      failures.push(error instanceof Error ? error : new Error(String(error)));
    }
  }
  const unknown = failures.find((failure) => !(failure instanceof IcpError));
  if (unknown !== undefined) throw unknown;
  if (failures.length > 0)
    throw new IcpError('job_failed', failures.map(({ message }) => message).join('; '), { cause: failures[0] });
  return {
    read: addUp(done.map(({ read }) => read)),
    written: addUp(done.map(({ written }) => written)),
    note:
      done.map(({ note }) => note).join('; ') ||
      'there is no book with anything to work on; lodestar import DIR brings one',
  };
}

/** Reads every folder of a book again, and rescores the book where anything new came in. */
async function syncBook(lodestar: ForSteps, book: Book, { signal }: Due): Promise<RunSummary | null> {
  const { store, now } = lodestar;
  const folders = await foldersOf(store, book.name);
  if (folders.length === 0) return null;
  const before = await latestImport(store, book.name);
  let rows = 0;
  let setAside = 0;
  for (const known of folders) {
    signal.throwIfAborted();
    const summary = await importSource(lodestar, await openFolder(known, book.name, now()), () => {});
    for (const file of summary.files) {
      rows += file.rows;
      setAside += file.setAside;
    }
  }
  const news = (await latestImport(store, book.name)) !== before;
  const due = news || (await answeredSince(lodestar, book));
  const scored = due && (await activeModel(store, book.name)) !== null ? await rescoreNow(lodestar, book) : 0;
  const counts = news ? await syncCounts(store, { book: book.name, since: before, scored }) : noNews(scored);
  return {
    read: { folders: folders.length, rows },
    written: { imports: news ? 1 : 0, ...counts, rows_set_aside: setAside },
    note: `${book.name}: ${news ? '' : 'nothing new in its sources, '}${syncCountsInWords(counts)}`,
  };
}

/**
 * Reads Salesforce into its book, scores by what came in, and tells owners whose accounts moved. The first reading is a
 * person's: it takes long, and settles what the records mean.
 */
async function readCrm(lodestar: ForSteps, tellers: Tellers, full: boolean): Promise<RunSummary> {
  const name = await crmBook(lodestar.store);
  const read = { orgs: 1 };
  if ((await lastSynced(lodestar.store, name)) === null)
    return { read, written: {}, note: `${name}: nothing was read from Salesforce yet; lodestar sync begins` };
  const { org, importId, objects, setAside, departures, ownOverrides, scored, counts, changes, told } =
    await readCrmBook(lodestar, { book: name, full, notifier: tellers });
  const records = objects.reduce((sum, one) => sum + one.read, 0);
  const own = ownOverrides === null ? null : ownOverridesInWords(ownOverrides);
  const steps = `${importId === null && scored === 0 ? 'nothing new in them, ' : ''}${syncCountsInWords(counts)}`;
  const notes = [
    `${name}: ${records.toLocaleString('en')} records of ${orgInWords(org)} read, ${steps}`,
    ...(changes.length === 0 ? [] : [`${changes.length} accounts moved by an outcome, ${told} owners told`]),
    ...(own === null ? [] : [own]),
  ];
  return {
    ...{ read, written: { records, departures, ...counts, rows_set_aside: setAside.length } },
    note: notes.join('; '),
  };
}

/** Whether people answered leads since the scores were worked out: they are dated after what those could see. */
async function answeredSince({ store }: ForSteps, { name, clock }: Book): Promise<boolean> {
  const run = await scoreRunOf(store, name);
  return clock === null && run !== null && (await answersSince(store, name, run.asOf)).length > 0;
}

/** Every quarter of an hour the leads, and on a Monday what the week's answers came to. */
async function lookAfterLeads(lodestar: ForSteps, tellers: Tellers, book: Book): Promise<RunSummary | null> {
  const summary = await goThroughLeads(lodestar, tellers, book);
  if (summary === null) return null;
  const told = await tellOfAnswers(lodestar, tellers, book);
  const note = told ? `${summary.note}, the week's answers told` : summary.note;
  return { ...summary, written: { ...summary.written, tallies: told ? 1 : 0 }, note };
}

async function rescoreNow(lodestar: ForSteps, book: Book): Promise<number> {
  const asOf = book.clock ?? lodestar.now();
  return (await rescoreBook(lodestar, { book, asOf, onProgress: () => {} })).accounts;
}

async function relearnBook(lodestar: ForSteps, tellers: Tellers, book: Book): Promise<RunSummary> {
  const asOf = book.clock ?? lodestar.now();
  const by = 'the weekly analysis';
  const { accounts, version, importId, changed, verdict, proposal, dryRun } = await analyzeBook(lodestar, {
    ...{ book, asOf, seed, by },
    onProgress: () => {},
  });
  if (!changed && proposal === null)
    await tellNothingToChange({ ...lodestar, notifier: tellers }, { book, asOf, importId, accounts, version, dryRun });
  const proposed = proposal === null ? 'nothing is proposed' : `proposal ${proposal.id} waits for a decision`;
  return {
    read: { accounts },
    written: { models: changed ? 1 : 0, proposals: proposal === null ? 0 : 1, accounts_scored: accounts },
    note: `${book.name}: model version ${version} ${changed ? 'is new' : `stays in force, ${proposed}`}, ${verdict.sentence.replace(/\.$/, '')}`,
  };
}

/** Ages are looked at as of now, not as of the last scoring: nothing grows younger while nobody scores. */
async function lookAtAges({ store, now }: ForSteps, book: Book): Promise<RunSummary | null> {
  if ((await scoreRunOf(store, book.name)) === null) return null;
  const pin = await currentPin(store, book);
  const { sources, signals, criteria } = await freshnessAt(store, { ...pin, asOf: book.clock ?? now() }, now());
  const rows = sources.reduce((sum, source) => sum + source.rows, 0);
  const silent = sources.filter((source) => source.silent).map(({ kind, source }) => `${kind} of ${source}`);
  const stale = criteria.filter((criterion) => criterion.stale).length;
  return {
    read: { dated_rows: rows },
    written: {},
    note: `${book.name}: ${silent.length === 0 ? 'no source is silent' : `silent: ${silent.join(', ')}`}, ${stale} of ${criteria.length} criteria on old data, ${signals.length} kinds of signal`,
  };
}

function addUp(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const one of counts) for (const [name, count] of Object.entries(one)) sums[name] = (sums[name] ?? 0) + count;
  return sums;
}

import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { stringify } from 'yaml';
import { IcpError } from '../../errors.ts';
import type { Instant } from '../../icp/types.ts';
import { columnFor, idColumn, referenceTo } from './column-words.ts';
import { type FoundOutcome, findOutcome } from './find-outcome.ts';
import { parseMapping, type Recipe } from './mapping-schema.ts';
import { parseIsoDate } from './parse-values.ts';
import { type FileProfile, profileFile } from './profile-columns.ts';
import { fieldOf, type Gathered, type ProposedFile, proposeAccounts } from './propose-accounts.ts';
import { proposeCustomers } from './propose-customers.ts';
import { proposeDeals } from './propose-deals.ts';
import { proposeContacts, proposeLeads } from './propose-leads.ts';
import { addLookup, findOwners } from './propose-lookups.ts';
import type { Ends } from './suspect-columns.ts';

/** A mapping for a folder that nobody has described yet, to be read by a person before it is used. */
export interface ProposedMapping {
  /** The mapping file, ready to be saved. */
  yaml: string;
  /** What to look at first, in words. */
  questions: string[];
  confidence: 'high' | 'fair' | 'low';
}

type Draft = { time: Record<string, unknown>; files: ProposedFile[]; used: Set<string>; sure: boolean };

/**
 * Looks at a folder of CSV files and proposes how it feeds a bundle. Writes nothing.
 *
 * Knows the exports of Salesforce and HubSpot by their columns, and any folder with one table that says how its rows
 * ended. What looks like a trace of the outcome is left out, with the reason.
 *
 * @param now stands in for the day of the export where the data only counts months back from it
 * @throws {IcpError} where no file says how anything ended
 */
export async function proposeMapping(directory: string, now: Instant): Promise<ProposedMapping> {
  const names = (await readdir(directory)).filter((name) => /\.(csv|tsv)$/i.test(name)).sort();
  const files: FileProfile[] = [];
  for (const name of names) files.push(await profileFile(join(directory, name), name));
  const gathered: Gathered = { questions: [], unknown: new Set(), formats: new Set(), lookups: {} };
  const draft = proposeFamily(files, gathered, now) ?? proposeSingle(files, gathered, now);
  if (draft === null) {
    throw new IcpError(
      'no_outcome',
      `a mapping can be proposed where a column says how things ended (won, converted, churned, a stage), and ${directory} has none in ${names.join(', ') || 'any file'}; write a mapping by hand, mappings/README.md shows how`,
    );
  }
  const ignore = names.filter((name) => !draft.used.has(name));
  if (ignore.length > 0) gathered.questions.push(`${ignore.join(', ')}: found no use for it`);
  const mapping = {
    book: fieldOf(basename(directory)) || 'main',
    time: {
      ...draft.time,
      ...(draft.time.kind === 'dates' && gathered.formats.size > 0 ? { formats: [...gathered.formats] } : {}),
    },
    ...(gathered.unknown.size > 0 ? { unknown: [...gathered.unknown] } : {}),
    ...(Object.keys(gathered.lookups).length > 0 ? { lookups: gathered.lookups } : {}),
    files: draft.files,
    ...(ignore.length > 0 ? { ignore } : {}),
  };
  if (gathered.formats.has('mm/dd/yyyy'))
    gathered.questions.push('dates like 03/04/2025 are read as 4 March (mm/dd/yyyy)');
  const yaml = `${heading(directory, gathered.questions)}${stringify(mapping, { lineWidth: 0, aliasDuplicateObjects: false })}`;
  parseMapping(yaml, 'proposal');
  const confidence = !draft.sure ? 'low' : gathered.questions.length > 3 ? 'fair' : 'high';
  return { yaml, questions: gathered.questions, confidence };
}

function heading(directory: string, questions: readonly string[]): string {
  const checks = questions.map((question) => `#   - ${question}\n`).join('');
  return `# Proposed for ${basename(directory)} from its columns and first rows.\n${checks === '' ? '' : `# Check before importing:\n${checks}`}\n`;
}

/** Accounts in one file, deals in another, perhaps leads, contacts and tables to look things up in. */
function proposeFamily(files: readonly FileProfile[], gathered: Gathered, now: Instant): Draft | null {
  const accounts = files.find(({ name }) => /account|compan|organi[sz]ation/i.test(name)) ?? null;
  const deals =
    files.find((file) => /opportunit|deal|pipeline|sales/i.test(file.name) && findOutcome(file)?.kind === 'deal') ??
    null;
  const accountId = accounts === null ? undefined : idColumn(accounts, 'accounts');
  const outcome = deals === null ? null : findOutcome(deals);
  if (accounts === null || deals === null || accounts === deals || accountId === undefined || outcome === null)
    return null;
  const people = findOwners(files, gathered);
  const owners = people?.owners ?? null;
  // Deals may name their account by its id or by its name.
  const target =
    accounts.columns.filter(({ isUnique }) => isUnique).find((column) => referenceTo(deals, column) !== undefined) ??
    accountId;
  const reference = referenceTo(deals, target);
  if (reference === undefined) gathered.questions.push(`which column of ${deals.name} names the account`);
  const dated = [columnFor(deals, 'created_at'), columnFor(deals, 'closed_at')].some(
    (column) => column?.type === 'date',
  );
  const proposedDeals = proposeDeals(
    deals,
    { accountId: reference?.name ?? { constant: 'unknown' }, outcome, order: !dated, oneAccountARow: false },
    gathered,
  );
  const ends = endsOfAccounts(target.texts, deals, reference?.name, outcome);
  const proposedAccounts = proposeAccounts(accounts, { id: target.name, taken: new Set(), ends, owners }, gathered);
  const used = new Set([accounts.name, deals.name, ...(people === null ? [] : [people.file.name])]);
  const proposed = [proposedAccounts, proposedDeals];
  for (const file of files.filter(({ name }) => !used.has(name))) {
    const account =
      file.columns.find(({ plain }) => /^(converted)?(account|company)id$/.test(plain))?.name ??
      referenceTo(file, target)?.name ??
      null;
    if (/lead/i.test(file.name)) proposed.push(proposeLeads(file, account, owners, gathered));
    else if (/contact/i.test(file.name)) proposed.push(proposeContacts(file, account));
    else {
      const customers = dated && account !== null ? datedCustomers(file, account, now, gathered) : null;
      if (customers !== null) proposed.push(customers);
      else if (!addLookup(file, deals, proposedDeals, gathered)) continue;
    }
    used.add(file.name);
  }
  const time = dated ? { kind: 'dates', ...snapshotOf(deals, now, gathered) } : { kind: 'order', by: 'row' };
  return { time, files: proposed, used, sure: outcome.sure && reference !== undefined };
}

/** A file that says when accounts became customers and when they left. */
function datedCustomers(file: FileProfile, account: string, now: Instant, gathered: Gathered): ProposedFile | null {
  const outcome = findOutcome(file);
  if (outcome?.kind !== 'churn' || columnFor(file, 'started_at')?.type !== 'date') return null;
  if (columnFor(file, 'ended_at')?.type !== 'date') return null;
  return proposeCustomers(file, { id: account, outcome, now }, gathered).customers;
}

const halfYear = 183 * 86_400_000;

/** The last day that a file tells of, where that lies so far back that the export must be a story of the past. */
function snapshotOf(file: FileProfile, now: Instant, gathered: Gathered): { snapshot?: string } {
  let last = Number.NEGATIVE_INFINITY;
  for (const { type, texts } of file.columns) {
    if (type !== 'date') continue;
    for (const text of texts) {
      const instant = parseIsoDate(text);
      if (instant !== null && instant <= now) last = Math.max(last, instant);
    }
  }
  if (last === Number.NEGATIVE_INFINITY || now - last < halfYear) return {};
  const snapshot = new Date(last).toISOString().slice(0, 10);
  gathered.questions.push(
    `whether the export was taken on ${snapshot}, its last date (time.snapshot); remove it if it tells of today`,
  );
  return { snapshot };
}

/** Whether each account has won a deal, or only lost some. */
function endsOfAccounts(
  ids: readonly string[],
  deals: FileProfile,
  reference: string | undefined,
  outcome: FoundOutcome,
): Ends {
  const byAccount = new Map<string, 0 | 1>();
  const accounts = deals.columns.find(({ name }) => name === reference)?.texts ?? [];
  for (const [row, id] of accounts.entries()) {
    const word = outcome.column.texts[row] ?? '';
    if (outcome.won.includes(word)) byAccount.set(id, 1);
    else if (outcome.lost.includes(word) && !byAccount.has(id)) byAccount.set(id, 0);
  }
  return ids.map((id) => byAccount.get(id) ?? null);
}

/** One table, one account a row, and a column that says how each ended. */
function proposeSingle(files: readonly FileProfile[], gathered: Gathered, now: Instant): Draft | null {
  const found = files
    .flatMap((file) => {
      const outcome = findOutcome(file);
      return outcome === null ? [] : [{ file, outcome }];
    })
    .sort((a, b) => b.file.rows - a.file.rows)[0];
  if (found === undefined) return null;
  const { file, outcome } = found;
  const idName = idColumn(file, 'accounts')?.name;
  const id: Recipe = idName ?? { text: 'row-{#}' };
  if (idName === undefined)
    gathered.questions.push(`${file.name} has no id: rows are numbered, so keep their order in later exports`);
  const ends = outcome.column.texts.map((word) =>
    outcome.won.includes(word) ? 1 : outcome.lost.includes(word) ? 0 : null,
  );
  const used = new Set([file.name]);
  if (outcome.kind === 'churn') {
    const { time, customers, taken } = proposeCustomers(file, { id, outcome, now }, gathered);
    const accounts = proposeAccounts(
      file,
      { id, taken: new Set([...taken, outcome.column.name]), ends, owners: null },
      gathered,
    );
    accounts.leaveOut = {
      ...accounts.leaveOut,
      ...Object.fromEntries([...taken].map((name) => [name, 'it tells when the customer left'])),
    };
    return { time, files: [accounts, customers], used, sure: outcome.sure };
  }
  const dated = columnFor(file, 'created_at')?.type === 'date';
  const order = file.columns.find(
    ({ isUnique, type, plain, name }) =>
      isUnique && type === 'number' && name !== idName && /number$|no$|seq|id$|^index$/.test(plain),
  );
  const time = dated ? { kind: 'dates' } : { kind: 'order', by: order?.name ?? 'row' };
  if (!dated) {
    const by = order === undefined ? 'the order of the rows' : `"${order.name}"`;
    gathered.questions.push(`there are no dates: ${by} is taken for the order in time`);
  }
  const taken = new Set([outcome.column.name, ...(order === undefined ? [] : [order.name])]);
  const accounts = proposeAccounts(file, { id, taken, ends, owners: null }, gathered);
  const deals = proposeDeals(file, { accountId: id, outcome, order: !dated, oneAccountARow: true }, gathered);
  return { time, files: [accounts, deals], used, sure: outcome.sure };
}

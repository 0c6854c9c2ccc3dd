import { readBy } from '../engine/compute/rescore-job.ts';
import { IcpError } from '../errors.ts';
import { isLowEvidence } from '../icp/evidence.ts';
import { createAccountReader } from '../icp/features/read-account.ts';
import type { StackConditions } from '../icp/features/stack-filter.ts';
import { scoreAccount } from '../icp/score-account.ts';
import { type ScoreRange, scoreRange } from '../icp/score-range.ts';
import { readHistories, readPackedHistories } from '../store/histories.ts';
import { scoreRunOf, scoresWithNames } from '../store/scores.ts';
import { type Question, type QuestionPorts, words } from './draft.ts';
import type { Pin } from './pin.ts';
import { nearTools, readConditions } from './read-conditions.ts';
import { scoreFigure } from './score-figure.ts';
import { readStackConditions, stackInWords } from './stack-conditions.ts';
import type { Figure, ListCard, ListedAccount, ListFilter } from './types.ts';

const defaultLimit = 10;
const mostRows = 50;

/** A filter, and what its words meant when it was asked: kept in the receipt, so that asking again means the same. */
export interface ListArguments extends ListFilter {
  /** The tools that compete with us, where the filter speaks of competitors. */
  competitors?: readonly string[];
}

/** Accounts by tier, owner, label or what is known of them, best first unless asked otherwise. */
export const listQuestion: Question<ListArguments, ListCard> = async (ports, pin, args) => {
  const { competitors = [], ...filter } = args;
  const { stack, rest } = readStackConditions(filter.where ?? {}, competitors);
  const limit = Math.min(filter.limit ?? defaultLimit, mostRows);
  const all = (await scoredAccounts(ports, pin, { stack, rest })).filter((account) => matches(account, filter));
  all.sort((a, b) => (filter.order === 'worst' ? a.score - b.score : b.score - a.score) || (a.id < b.id ? -1 : 1));
  const rows = await withRanges(ports, pin, all.slice(0, limit));
  const title = titleOf({ ...filter, where: rest }, stack);
  const strange = all.length === 0 ? strangeTools(pin, stack) : [];
  return {
    card: { kind: 'list', title, rows, total: all.length, filter },
    figures: [
      { key: 'total', label: title, v: all.length, unit: 'count' },
      ...rows.flatMap((row, nth): Figure[] => [
        words(`row${nth + 1}.name`, 'Account', row.name),
        scoreFigure(`row${nth + 1}.score`, `Score of ${row.name}`, row),
        { key: `row${nth + 1}.tier`, label: `Tier of ${row.name}`, v: row.tier, unit: 'tier' },
        ...(row.because === undefined ? [] : [words(`row${nth + 1}.because`, `Why ${row.name}`, row.because)]),
      ]),
      ...strange.flatMap(({ tool, near }, nth): Figure[] => [
        words(`strange${nth + 1}.tool`, 'Tool asked for', tool),
        words(`strange${nth + 1}.near`, 'Tools spelled like it', near.join(', ') || 'none'),
      ]),
      { key: 'asOf', label: 'As of', v: new Date(pin.asOf).toISOString(), unit: 'date' },
    ],
    text: textOf(rows, { total: all.length, strange: strange.length }, filter),
    read: [
      `the scores of the book ${pin.book.name} under model version ${pin.model.version}, as of ${new Date(pin.asOf).toISOString().slice(0, 10)}`,
      `kept where ${title}`,
    ],
  };
};

/**
 * All scores of the pin's book. The table of the latest scoring serves a question; a receipt, or a filter on what is known
 * of an account, works every score out again from the histories.
 */
async function scoredAccounts(
  ports: QuestionPorts,
  pin: Pin,
  { stack, rest }: ReturnType<typeof readStackConditions>,
): Promise<ListedAccount[]> {
  const conditions = readConditions(pin.model.catalogue, rest);
  if (stack !== null) checkStack(pin, stack);
  const run = await scoreRunOf(ports.store, pin.book.name);
  const current =
    run !== null && run.importId === pin.importId && run.modelVersion === pin.model.version && run.asOf === pin.asOf;
  if (current && !ports.again && conditions.length === 0 && stack === null) {
    const stored = await scoresWithNames(ports.store, run, { order: 'best' });
    return stored.map(({ score, name, domain, ownerEmail }) => ({
      ...{ book: score.book, id: score.accountId, name: name ?? score.accountId, domain, ownerEmail },
      ...{ score: score.score, tier: score.tier as 1 | 2 | 3, evidence: score.evidence, label: score.label },
    }));
  }
  return ports.compute.list(
    {
      ...{ model: pin.model.model, modelVersion: pin.model.version, catalogue: pin.model.catalogue },
      ...{ timeKind: pin.book.timeKind, asOf: pin.asOf, conditions, stack },
    },
    () => readPackedHistories(ports.store, pin.book.name, pin),
  );
}

/** Puts the range beside scores on low evidence; they are few, so each is worked out anew from its history. */
async function withRanges(
  { store }: QuestionPorts,
  pin: Pin,
  rows: readonly ListedAccount[],
): Promise<ListedAccount[]> {
  const rough = rows.filter(({ evidence }) => isLowEvidence(evidence)).map(({ id }) => id);
  if (rough.length === 0) return [...rows];
  const ranges = new Map<string, ScoreRange | null>();
  const { model, catalogue } = pin.model;
  const read = createAccountReader(catalogue, readBy(model));
  for await (const histories of readHistories(store, pin.book.name, { importId: pin.importId, accountIds: rough })) {
    for (const history of histories) {
      ranges.set(history.id, scoreRange(model, scoreAccount(model, read(history, pin.asOf).value)));
    }
  }
  return rows.map((row) => (isLowEvidence(row.evidence) ? { ...row, range: ranges.get(row.id) ?? null } : row));
}

/** A list would be empty, and look like an answer, where nothing is known of any stack. */
function checkStack({ book, model: { catalogue } }: Pin, { changes }: StackConditions): void {
  const known = [...catalogue.features, ...catalogue.setAside].some(({ field }) => field === 'technologies');
  if (!known)
    throw new IcpError(
      'no_field',
      `what is asked of a stack needs a field technologies, and the book ${book.name} has none; import one, with the date of each look`,
    );
  if (changes.length > 0 && book.timeKind === 'order')
    throw new IcpError(
      'no_field',
      `tools added or removed within days need dates, and the book ${book.name} has only an order of rows; import looks with their dates`,
    );
}

/** The tools asked for of which too few accounts are known to have them: most likely misspelled where nobody matches. */
function strangeTools(
  { model: { catalogue } }: Pin,
  stack: StackConditions | null,
): { tool: string; near: string[] }[] {
  const asked = new Set(stack?.changes.flatMap(({ tools }) => tools ?? []));
  return [...asked].flatMap((tool) => {
    const near = nearTools(catalogue, tool);
    return near === null ? [] : [{ tool, near }];
  });
}

function matches(account: ListedAccount, { tier, owner, label }: ListFilter): boolean {
  if (tier !== undefined && account.tier !== tier) return false;
  if (label !== undefined && !(account.label ?? '').startsWith(label)) return false;
  if (owner === undefined) return true;
  const email = (account.ownerEmail ?? '').toLowerCase();
  const wanted = owner.trim().toLowerCase();
  return email === wanted || email.split('@')[0] === wanted || email.split(/[.@]/)[0] === wanted.split(' ')[0];
}

function titleOf({ tier, owner, label, where = {}, order }: ListFilter, stack: StackConditions | null): string {
  const parts = [
    tier === undefined ? 'all accounts' : `tier ${tier} accounts`,
    owner === undefined ? '' : `of ${owner}`,
    label === undefined ? '' : `that are ${label}`,
    stack === null ? '' : stackInWords(stack),
    Object.keys(where).length === 0
      ? ''
      : `with ${Object.entries(where)
          .map(([key, value]) => `${key} = ${value}`)
          .join(', ')}`,
    order === 'worst' ? 'lowest score first' : '',
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function textOf(
  rows: readonly ListedAccount[],
  { total, strange }: { total: number; strange: number },
  filter: ListFilter,
): string {
  if (rows.length === 0) {
    const tools = Array.from(
      { length: strange },
      (_, nth) =>
        ` Too few accounts are known to use {{strange${nth + 1}.tool}}; spelled most like it: {{strange${nth + 1}.near}}.`,
    );
    return `No account is on this list (as of {{asOf}}): ${filter.tier === undefined ? 'nothing matches' : 'no account of that tier matches'}.${tools.join('')}`;
  }
  const first = rows.slice(0, 3).map((_, nth) => `*{{row${nth + 1}.name}}* ({{row${nth + 1}.score}})`);
  const counted = total === 1 ? 'One account is' : '{{total}} accounts are';
  return `${counted} on this list, as of {{asOf}}. ${filter.order === 'worst' ? 'Lowest' : 'Highest'}: ${first.join(', ')}.`;
}

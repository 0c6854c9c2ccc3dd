import { columnFor, idColumn } from './column-words.ts';
import type { FoundOutcome } from './find-outcome.ts';
import type { Condition, Recipe } from './mapping-schema.ts';
import { parseNumber } from './parse-values.ts';
import type { ColumnProfile, FileProfile } from './profile-columns.ts';
import { fieldOf, type Gathered, type ProposedFile } from './propose-accounts.ts';

/** Proposes how a file feeds the opportunities. `order` says that there are no dates, only a place in an order. */
export function proposeDeals(
  file: FileProfile,
  {
    accountId,
    outcome,
    order,
    oneAccountARow,
  }: { accountId: Recipe; outcome: FoundOutcome; order: boolean; oneAccountARow: boolean },
  gathered: Gathered,
): ProposedFile {
  const id = idColumn(file, 'opportunities');
  const columns: Record<string, Recipe> = { opportunity_id: id?.name ?? { text: 'row-{#}' }, account_id: accountId };
  const used = new Set([outcome.column.name, id?.name, typeof accountId === 'string' ? accountId : undefined]);
  if (order) {
    columns.created_at = { order: true };
    columns.closed_at = { order: true, when: endedWhen(file, outcome) };
  } else addDates(file, outcome, columns, used, gathered);
  columns.outcome = outcome.recipe;
  if (!outcome.sure) gathered.questions.push(`which values of "${outcome.column.name}" mean won and which mean lost`);
  const amount = columnFor(file, 'amount');
  if (amount?.type === 'number') {
    columns.amount = onlyWon(amount, outcome)
      ? { column: amount.name, when: { column: outcome.column.name, is: [...outcome.won] } }
      : amount.name;
    used.add(amount.name);
  }
  for (const target of ['loss_reason', 'next_step', 'source'] as const) {
    const column = columnFor(file, target);
    if (column === undefined || used.has(column.name)) continue;
    columns[target] = column.name;
    if (!oneAccountARow) used.add(column.name);
  }
  const type = columnFor(file, 'type');
  if (type !== undefined && type.type === 'category') {
    columns.type = {
      column: type.name,
      values: Object.fromEntries([...type.words.keys()].map((word) => [word, typeOfDeal(word)])),
      otherwise: 'new',
    };
    used.add(type.name);
  }
  const proposed: ProposedFile = { file: file.name, feeds: 'opportunities', columns };
  if (type === undefined && !oneAccountARow) {
    proposed.repeatWins = 'expansion';
    gathered.questions.push(
      'whether further wins of an account are expansions (repeatWins); remove it if each is a first sale',
    );
  }
  if (!oneAccountARow) {
    const rest = file.columns.filter(({ name, known }) => known > 0 && !used.has(name));
    proposed.more = Object.fromEntries(rest.map(({ name }) => [fieldOf(name), name]));
  }
  return proposed;
}

function addDates(
  file: FileProfile,
  outcome: FoundOutcome,
  columns: Record<string, Recipe>,
  used: Set<string | undefined>,
  gathered: Gathered,
): void {
  const created = columnFor(file, 'created_at');
  const closed = columnFor(file, 'closed_at');
  for (const column of [created, closed]) {
    if (column?.type !== 'date') continue;
    if (column.dateFormat !== null) gathered.formats.add(column.dateFormat);
    used.add(column.name);
  }
  if (created?.type === 'date') columns.created_at = created.name;
  if (closed?.type !== 'date') return;
  const when = endedWhen(file, outcome);
  columns.closed_at = { column: closed.name, when };
  // Where open deals have a close date too, it is the expected one.
  const words = new Set([when.is].flat().map(String));
  const states = file.columns.find(({ name }) => name === when.column)?.texts ?? [];
  if (closed.texts.some((text, row) => text !== '' && !words.has(states[row] ?? ''))) columns.close_date = closed.name;
}

/** The condition under which a deal is over. */
function endedWhen(file: FileProfile, outcome: FoundOutcome): Condition {
  const isClosed = file.columns.find(({ plain, type }) => plain === 'isclosed' && type === 'flag');
  if (isClosed !== undefined)
    return { column: isClosed.name, is: [...isClosed.words.keys()].filter((word) => /^(true|1|yes)$/i.test(word)) };
  return { column: outcome.column.name, is: [...outcome.won, ...outcome.lost] };
}

/** An amount that is nothing on every lost deal says "lost", not how much was at stake. */
function onlyWon(amount: ColumnProfile, outcome: FoundOutcome): boolean {
  const lost = amount.texts.filter((_, row) => outcome.lost.includes(outcome.column.texts[row] ?? ''));
  return lost.length > 0 && lost.every((text) => (parseNumber(text) ?? 0) === 0);
}

function typeOfDeal(word: string): string {
  if (/renew/i.test(word)) return 'renewal';
  return /existing|upsell|cross|expan|add[\s-]?on|upgrade/i.test(word) ? 'expansion' : 'new';
}

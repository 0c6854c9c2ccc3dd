import { bundleColumns, recordOf, type TableName, tableNames } from '../../src/connectors/csv/bundle-tables.ts';
import { fieldReader } from '../../src/connectors/csv/field-reader.ts';
import { guessField } from '../../src/connectors/csv/guess-fields.ts';
import type { FieldDeclaration } from '../../src/connectors/ports.ts';
import type { AccountHistory } from '../../src/icp/history.ts';
import type { GeneratedMarket } from '../../src/market/generate.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer Item)[] ? Item[] : T[K] };

/** A market's accounts with their histories, and its fields, as an import would keep them: without files or a database. */
export function marketHistories(
  { files }: GeneratedMarket,
  { now, leaveOut = [] }: { now: number; leaveOut?: readonly TableName[] },
): { histories: AccountHistory[]; fields: FieldDeclaration[] } {
  const histories = new Map<string, Mutable<AccountHistory>>();
  const fields = declare(files);
  const types = new Map(fields.map(({ field, type }) => [field, type]));
  const rules = { now, dateReaders: [], typeOf: (field: string) => types.get(field) ?? ('category' as const) };
  for (const table of tableNames) {
    const file = files.find((each) => each.file === `${table}.csv`);
    if (file === undefined || table === 'people' || leaveOut.includes(table)) continue;
    const place = new Map(file.header.map((column, at) => [column, at]));
    const further = file.header.filter((column) => !(bundleColumns[table] as readonly string[]).includes(column));
    let row: readonly string[] = [];
    const cell = (column: string) => row[place.get(column) ?? -1] || null;
    for (row of file.rows) {
      const reader = fieldReader(rules, cell, () => further.map((column) => [column, cell(column)] as const));
      put(histories, recordOf[table](reader));
      if (reader.problems.length > 0) throw new Error(`${file.file}: ${reader.problems.join(', ')}`);
    }
  }
  return { histories: [...histories.values()], fields };
}

function put(histories: Map<string, Mutable<AccountHistory>>, record: ReturnType<(typeof recordOf)[TableName]>): void {
  if (record.kind === 'person') return;
  if (record.kind === 'account') {
    const { id, name, domain, ownerEmail, values, observedAt, source } = record;
    const empty = { outcomes: [], leads: [], opportunities: [], customers: [], signals: [], usage: [], contacts: [] };
    const observations = [{ values, observedAt, source }];
    histories.set(id, { book: 'main', id, name: name ?? id, domain, ownerEmail, observations, ...empty });
    return;
  }
  const history = record.accountId === null ? undefined : histories.get(record.accountId);
  if (history === undefined) return;
  switch (record.kind) {
    case 'contact':
      return void history.contacts.push(record);
    case 'lead':
      return void history.leads.push(record);
    case 'opportunity':
      return void history.opportunities.push(record);
    case 'customer':
      return void history.customers.push(record);
    case 'outcome':
      return void history.outcomes.push({ ...record, kind: record.outcome });
    case 'signal':
      return void history.signals.push({ ...record, kind: record.signal });
    case 'usage':
      return void history.usage.push(record);
    case 'observation':
      return void history.observations.push(record);
  }
}

const sampled = 2_000;

function declare(files: GeneratedMarket['files']): FieldDeclaration[] {
  const texts = new Map<string, string[]>();
  for (const { file, header, rows } of files) {
    if (file === 'accounts.csv') {
      const mine = header.filter((column) => !(bundleColumns.accounts as readonly string[]).includes(column));
      let read = 0;
      for (const row of rows) {
        for (const column of mine) texts.set(column, [...(texts.get(column) ?? []), row[header.indexOf(column)] ?? '']);
        read += 1;
        if (read === sampled) break;
      }
    } else if (file === 'observations.csv') {
      for (const row of rows) {
        const field = row[header.indexOf('field')] ?? '';
        const known = texts.get(field) ?? [];
        texts.set(field, known);
        if (known.length < sampled) known.push(row[header.indexOf('value')] ?? '');
      }
    }
  }
  return [...texts].map(([field, values]) => guessField(field, values));
}

import type { ReportSection } from '../report-card.ts';
import type { FigureSheet } from './figure-sheet.ts';
import type { ModelSeen } from './model.ts';
import { dataSetWords } from './training-words.ts';

/** What a version was learnt from, by whom, and how often it was learnt again since. */
export function learntSection(sheet: FigureSheet, seen: ModelSeen): ReportSection {
  const { entry, model, book, training, dataSet, source, again } = seen;
  const of = source === null ? '' : ` (${sheet.text('source', 'Import', source)})`;
  const by =
    training === null
      ? 'By whom and when is not in the audit log.'
      : `Learnt on ${sheet.day('trained', 'Trained', training.at)} by ${sheet.text('trainer', 'Trained by', training.by)}${training.version === entry.version ? '' : `, as version ${sheet.number('candidate', 'Learnt as version', training.version, 'count')}`}.`;
  const last = again.at(-1);
  return {
    heading: 'What it was learnt from',
    lines: [
      by,
      `The book ${sheet.text('from', 'Book', book)}, everything up to import ${sheet.number('import', 'Import', entry.importId, 'count')}${of}, as of ${sheet.day('asOf', 'Data up to', entry.learntAsOf)}.`,
      countsLine(sheet, seen),
      `Between the first and the last outcome: ${sheet.number('span', 'Span', model.historyDays, 'days')}.`,
      dataSet === null
        ? 'Data set: its hash was not kept when this was learnt.'
        : `Data set ${dataSetWords(sheet, 'data', dataSet)}: ${sheet.number('records', 'Records', dataSet.records, 'count')} records of ${sheet.number('recorded', 'Accounts', dataSet.accounts, 'count')} accounts, ${sheet.number('customers', 'Customers', dataSet.customers, 'count')} of them customers now or before; SHA-256 ${sheet.text('dataHash', 'Hash of the data set', dataSet.hash)}. The same records give the same hash, whatever day they are learnt from.`,
      last === undefined
        ? 'No later training came to the same table.'
        : `Learnt again since to the same table: ${sheet.number('again', 'Times learnt again', again.length, 'count')}, the last time on ${sheet.day('lastAgain', 'Last time', last.at)} from data set ${dataSetWords(sheet, 'lastData', last.dataSet)}.`,
    ],
    table: null,
  };
}

function countsLine(sheet: FigureSheet, { model: { counts } }: ModelSeen): string {
  const count = (key: keyof typeof counts, label: string) => sheet.number(`n.${key}`, label, counts[key], 'count');
  return `${count('accounts', 'Accounts')} accounts, ${count('touched', 'Touched')} of them touched: ${count('won', 'Won')} won and ${count('lost', 'Lost')} lost; of the customers ${count('expanded', 'Expanded')} bought more and ${count('churnedAfterUse', 'Churned after use')} left after use.`;
}

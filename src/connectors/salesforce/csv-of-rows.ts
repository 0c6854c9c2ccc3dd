import { stringify } from 'csv-stringify/sync';
import { IcpError } from '../../errors.ts';
import type { CrmUpdate } from '../crm.ts';
import { cellOfValue } from './cells.ts';

/** An upload is at most 150 MB once it is encoded, which 100 MB of text is sure to be (Bulk API 2.0 limits). */
const most = 100 * 1024 * 1024;
const handful = 1_000;

/**
 * Rows as a CSV file for an update: the id and the same columns in every row, whatever the rows carry.
 *
 * @throws {IcpError} `crm_stop` for a row that lacks a column or has one too many, for what is no value, and above 100 MB
 */
export function csvOfRows(fields: readonly string[], rows: Iterable<CrmUpdate>): string {
  let text = `Id,${fields.join(',')}\n`;
  let lines: string[][] = [];
  let bytes = Buffer.byteLength(text);
  const flush = () => {
    const part = stringify(lines, { record_delimiter: '\n' });
    bytes += Buffer.byteLength(part);
    if (bytes > most)
      throw new IcpError(
        'crm_stop',
        'an upload takes at most 100 MB, and these rows are more; send them in several jobs',
      );
    text += part;
    lines = [];
  };
  for (const { id, values } of rows) {
    const extra = Object.keys(values).find((name) => !fields.includes(name));
    if (extra !== undefined)
      throw new IcpError(
        'crm_stop',
        `row ${id} has ${extra}, which is none of the columns ${fields.join(', ')}; add the column`,
      );
    lines.push([id, ...fields.map((field) => cellOfValue(values[field], field))]);
    if (lines.length === handful) flush();
  }
  flush();
  return text;
}

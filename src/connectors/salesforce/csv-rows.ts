import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { SalesforceError } from './errors.ts';

/** Bytes that are parsed before anything else gets its turn. */
const step = 65_536;

/**
 * The rows of a CSV file, a row at a time; the first is its header. Only a few rows are held beside the text.
 *
 * @throws {SalesforceError} `crm_retry` where the text ends in the middle of a row
 */
export async function* csvRows(text: Buffer): AsyncGenerator<readonly string[]> {
  const parser = Readable.from(slices(text), { objectMode: false }).pipe(parse({ bom: true }));
  try {
    for await (const row of parser) yield row;
  } catch (cause) {
    throw new SalesforceError('crm_retry', 'Salesforce gave a table that ends in the middle of a row; read again', {
      ...{ cause },
    });
  }
}

function* slices(text: Buffer): Generator<Buffer> {
  for (let at = 0; at < text.length; at += step) yield text.subarray(at, at + step);
}

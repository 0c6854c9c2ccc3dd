import { IcpError } from '../../errors.ts';
import { type FirstLines, firstLines } from '../ingest/first-lines.ts';
import type { ReadingPorts } from './read-objects.ts';

/** The ids that a CRM has of an object, to hold what is stored against. */
export interface IdsThere {
  count: number;
  has(id: string): boolean;
}

/** Every id of an object, as the CRM gives them now. */
export async function idsThere({ crm }: Pick<ReadingPorts, 'crm'>, object: string): Promise<IdsThere> {
  const there: FirstLines = firstLines();
  let count = 0;
  for await (const page of crm.reader.ids(object)) {
    for (const id of page) there.note(id, 1);
    count += page.length;
  }
  const asked = 2;
  return { count, has: (id) => there.note(id, asked) === 1 };
}

/** More than this share of an object gone at once is rather a permission that was taken away. */
const mostGone = 0.2;
const fewRecords = 50;

/** @throws {IcpError} `crm_shrunk` where so much is missing that it is rather a permission than a deletion */
export function requireFewMissing(object: string, counts: { there: number; known: number; missing: number }): void {
  const { there, known, missing } = counts;
  if (missing <= Math.max(fewRecords, mostGone * known)) return;
  const text = (n: number) => n.toLocaleString('en');
  throw new IcpError(
    'crm_shrunk',
    `sync needs to see the ${text(known)} records of ${object} that it knows, and ${text(missing)} of them are missing among the ${text(there)} that this user is shown; check the sharing rules and the permission set of the integration user before anything is taken for deleted`,
  );
}

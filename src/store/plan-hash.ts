import { createHash } from 'node:crypto';
import { inOrder } from './in-order.ts';
import type { publicationRows, publications } from './schema/crm.ts';

type PlanHeader = Pick<
  typeof publications.$inferSelect,
  'id' | 'book' | 'orgId' | 'kind' | 'undoes' | 'modelVersion' | 'modelHash' | 'importId' | 'scoredAt'
>;
type PlanRow = Pick<
  typeof publicationRows.$inferSelect,
  'object' | 'recordId' | 'nth' | 'accountId' | 'before' | 'after'
>;

/**
 * The hash of a plan, fed row by row in the order of sending: what is it for, and every row with its before and after.
 *
 * Two plans of the same writing have the same hash: the run's own id counts as "this run", and the instant of its own scoring
 * as "this scoring", since neither is a reason to write a record.
 *
 * @param form `with its import` is how a plan was known when the import and the instant of its scores went in too
 */
export function createPlanHash(
  plan: PlanHeader,
  form: 'now' | 'with its import' = 'now',
): { add(row: PlanRow): void; digest(): string } {
  const { id, book, orgId, kind, undoes, modelVersion, modelHash, importId, scoredAt } = plan;
  const isNow = form === 'now';
  const hash = createHash('sha256');
  const known = [book, orgId, kind, undoes, modelVersion, modelHash];
  hash.update(JSON.stringify(isNow ? known : [...known, importId, scoredAt.toISOString()]));
  const ownScoring = `${scoredAt.toISOString().slice(0, 19)}.000Z`;
  const told = (name: string, value: PlanRow['after'][string]) => {
    if (value === id) return 'this run';
    return isNow && name === 'ICP_Scored_At__c' && value === ownScoring ? 'this scoring' : value;
  };
  const written = (values: PlanRow['after']) =>
    inOrder(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, told(name, value)])));
  return {
    add({ object, recordId, nth, accountId, before, after }) {
      hash.update(JSON.stringify([object, recordId, nth, accountId, inOrder(before), written(after)]));
    },
    digest: () => hash.digest('hex'),
  };
}

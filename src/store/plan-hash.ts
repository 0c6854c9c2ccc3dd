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
 * Two plans of the same writing have the same hash: the run's own id counts as "this run".
 */
export function createPlanHash(plan: PlanHeader): { add(row: PlanRow): void; digest(): string } {
  const { id, book, orgId, kind, undoes, modelVersion, modelHash, importId, scoredAt } = plan;
  const hash = createHash('sha256');
  hash.update(JSON.stringify([book, orgId, kind, undoes, modelVersion, modelHash, importId, scoredAt.toISOString()]));
  const written = (values: PlanRow['after']) =>
    inOrder(
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value === id ? 'this run' : value])),
    );
  return {
    add({ object, recordId, nth, accountId, before, after }) {
      hash.update(JSON.stringify([object, recordId, nth, accountId, inOrder(before), written(after)]));
    },
    digest: () => hash.digest('hex'),
  };
}

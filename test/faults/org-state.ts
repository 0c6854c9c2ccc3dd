import { scoredObjects } from '../../src/connectors/crm.ts';
import { keptValues } from '../../src/icp/publishing/diff-values.ts';
import type { PublishedValues } from '../../src/icp/publishing/values-of.ts';
import type { Org } from '../../src/workbench/salesforce/org/org.ts';

/** What a record has in the fields of the score, and how often the API has written on it. */
export interface RecordState {
  values: PublishedValues;
  updates: number;
}

/** Every record that could carry a score, by its id. */
export type OrgState = Readonly<Record<string, RecordState>>;

/** What the org has, asked of its inside and not through the client that is tested. */
export function orgState(org: Org): OrgState {
  const found: Record<string, RecordState> = {};
  for (const object of scoredObjects)
    for (const row of org.rows(object)) {
      const id = String(row.Id);
      found[id] = { values: keptValues(row as Parameters<typeof keptValues>[0]), updates: org.updatesOf(object, id) };
    }
  return found;
}

import { z } from 'zod';
import type { DataSet } from '../icp/data-set.ts';
import { auditOf } from '../store/audit.ts';
import type { StoredModel } from '../store/models.ts';
import type { Store } from '../store/store.ts';

/** One time that a book was learnt from. */
export interface Training {
  at: number;
  /** The clock or a person. */
  by: string;
  /** What came of it: a version of its own, or one that was there before. */
  version: number;
  isNew: boolean;
  asOf: number;
  importId: number;
  /** `null` for what was learnt before it was kept. */
  dataSet: DataSet | null;
}

/** What an analysis leaves in the audit log. */
const detailsSchema = z.object({
  version: z.number(),
  importId: z.number(),
  asOf: z.iso.datetime(),
  dataSet: z.object({ hash: z.string(), accounts: z.number(), records: z.number() }).optional(),
});

/** Every analysis of a book up to a moment, oldest first, those that found nothing new too. */
export async function trainingLog(
  store: Store,
  book: string,
  models: readonly Pick<StoredModel, 'version' | 'parentVersion'>[],
  until: number,
): Promise<Training[]> {
  const learnt = new Set(models.flatMap(({ version, parentVersion }) => (parentVersion === null ? [version] : [])));
  const rows = await auditOf(store, 'analysis.finished', `book ${book}`);
  return rows
    .filter(({ at }) => at <= until)
    .map(({ at, actor, details }) => {
      const { version, importId, asOf, dataSet = null } = detailsSchema.parse(details);
      // A version is new the first time only; one that was made by people is found again at most.
      return { at, by: actor, version, isNew: learnt.delete(version), asOf: Date.parse(asOf), importId, dataSet };
    });
}

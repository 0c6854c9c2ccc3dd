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
    .flatMap(({ at, actor, details: { version, importId, asOf, dataSet } }) =>
      typeof version === 'number' && typeof importId === 'number' && typeof asOf === 'string'
        ? [
            {
              // A version is new the first time only; one that was made by people is found again at most.
              ...{ at, by: actor, version, isNew: learnt.delete(version), asOf: Date.parse(asOf), importId },
              dataSet: isDataSet(dataSet) ? dataSet : null,
            },
          ]
        : [],
    );
}

function isDataSet(value: unknown): value is DataSet {
  return typeof value === 'object' && value !== null && 'hash' in value && typeof value.hash === 'string';
}

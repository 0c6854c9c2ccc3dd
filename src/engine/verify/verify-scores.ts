import type { Book } from '../../store/books.ts';
import { readPackedHistories } from '../../store/histories.ts';
import { activeModel, modelOfVersion } from '../../store/models.ts';
import { allScores, type ScoreRow, scoreRunOf } from '../../store/scores.ts';
import type { Store } from '../../store/store.ts';
import type { Compute, Progress } from '../compute/compute.ts';
import type { ScoreLine } from '../compute/rescore-job.ts';
import type { Checked } from './verify.ts';

/**
 * Works every stored score of a book out again, from the histories and the model, and names the first that differs in account
 * order, with the field in which it does.
 */
export async function verifyScores(
  { store, compute, onProgress }: { store: Store; compute: Pick<Compute, 'rescore'>; onProgress: Progress },
  book: Book,
): Promise<Checked> {
  const what = `scores of ${book.name}`;
  const run = await scoreRunOf(store, book.name);
  if (run === null) return { what, checked: 0, bad: null };
  const stored = await allScores(store, book.name);
  const bad = (why: string): Checked => ({ what, checked: stored.length, bad: why });
  const active = await activeModel(store, book.name);
  if (active !== null && active.version !== run.modelVersion)
    return bad(
      `the scores are those of model ${run.modelVersion} and model ${active.version} is in force; work them out with lodestar score`,
    );
  const model = await modelOfVersion(store, run.modelVersion);
  if (model === null) return bad(`the scores are those of model ${run.modelVersion}, which is not in the registry`);
  const again = await compute.rescore(
    {
      ...{ model: model.model, modelVersion: model.version, catalogue: model.catalogue },
      ...{ timeKind: book.timeKind, asOf: run.asOf },
    },
    () => readPackedHistories(store, book.name, { importId: run.importId, anew: true }),
    onProgress,
  );
  const expected = new Map(again.map((line) => [line.accountId, line]));
  for (const row of stored) {
    const line = expected.get(row.accountId);
    if (line === undefined) return bad(`account ${row.accountId} has a score and is in no import`);
    const field = differingField(row, line);
    if (field !== null)
      return bad(
        `account ${row.accountId}: ${field} is stored as ${shown(row[field])} and comes out as ${shown(line[field])}`,
      );
    expected.delete(row.accountId);
  }
  const [missing] = expected.keys();
  return missing === undefined ? { what, checked: stored.length, bad: null } : bad(`account ${missing} has no score`);
}

const fields = [
  ...(['score', 'tier', 'positive', 'detractorMatch', 'flagged', 'evidence', 'label', 'segment'] as const),
  ...(['fitPoints', 'timingPoints', 'pAccepted', 'pQualified', 'pWon', 'pExpanded', 'pChurned'] as const),
];

function differingField(row: ScoreRow, line: ScoreLine): (typeof fields)[number] | null {
  return fields.find((field) => (row[field] ?? null) !== (line[field] ?? null)) ?? null;
}

function shown(value: unknown): string {
  return value === null || value === undefined ? 'unknown' : String(value);
}

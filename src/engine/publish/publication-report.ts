import { scoredObjects } from '../../connectors/crm.ts';
import type { PublicationReport, ReportedObject } from '../../icp/publishing/publication-report.ts';
import { clearedRows, failuresOf, rowCounts, rowsOf } from '../../store/publication-rows.ts';
import { orgOf } from '../../store/publications.ts';
import { largestScoreMoves } from '../../store/score-moves.ts';
import type { Store } from '../../store/store.ts';
import { requirePublication } from './require-publication.ts';

const mostChanged = 20;
const mostMoved = 5;

/**
 * What became of a publication, from its rows.
 *
 * @throws {IcpError} `no_publication`
 */
export async function publicationReport(store: Store, id: string): Promise<PublicationReport> {
  const publication = await requirePublication(store, id);
  const counts = await rowCounts(store, id);
  const cleared = publication.kind === 'publish' ? await clearedRows(store, id) : new Map<string, number>();
  const objects = scoredObjects.flatMap((object): ReportedObject[] => {
    const rows = (...states: string[]) =>
      counts
        .filter((one) => one.object === object && states.includes(one.state))
        .reduce((sum, one) => sum + one.rows, 0);
    const planned = counts.filter((one) => one.object === object).reduce((sum, one) => sum + one.rows, 0);
    if (planned === 0) return [];
    return [
      {
        ...{ object, planned, written: rows('written'), setAside: rows('set aside') },
        ...{ changedSince: rows('changed since'), leftOut: rows('left out'), open: rows('waiting', 'sent') },
        cleared: cleared.get(object) ?? 0,
      },
    ];
  });
  const changed = await rowsOf(store, id, { states: ['changed since'], limit: mostChanged });
  const { book, kind, undoes, state, reason, resumeAt, by, modelVersion, plannedAt, finishedAt, calls, planHash } =
    publication;
  return {
    ...{ id, book, kind, undoes, state, reason, resumeAt, by, modelVersion, plannedAt, finishedAt, calls, planHash },
    org: orgOf(publication),
    objects,
    failures: await failuresOf(store, id),
    changed: changed.map((row) => ({ object: row.object, recordId: row.recordId, reason: row.reason ?? '' })),
    moved: kind === 'publish' ? await largestScoreMoves(store, publication, mostMoved) : [],
  };
}

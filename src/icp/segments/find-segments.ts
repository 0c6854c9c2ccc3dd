import type { AnalysisSet } from '../analysis-set.ts';
import { conditionOf } from '../patterns/search-columns.ts';
import { confirmSegments } from './confirm-segments.ts';
import { findEmerging } from './find-emerging.ts';
import { keepIdentity } from './keep-identity.ts';
import { nameSegment } from './name-segment.ts';
import { fewestWon, leavesMore, profileSegment, staysWorthIt } from './profile-segment.ts';
import { factsByRow } from './stage-excess.ts';
import type { NamedSegment, SegmentFindings } from './types.ts';

/**
 * The kinds of company that win and expand beyond what their traits add up to, and new ones that have begun to appear.
 *
 * Each was looked for in one half of the touched accounts and holds in the other half, adjusted for everything that was tried;
 * so where traits only add up, none is claimed in nineteen of twenty books. Those whose customers leave more often than others
 * are set aside, unless so many more are won that more stay than one would expect. The same set and seed give the same segments.
 *
 * @param previous the segments of the last run: ids, and names that people gave, are handed on
 */
export function findSegments(
  set: AnalysisSet,
  { previous = [] }: { previous?: readonly NamedSegment[] } = {},
): SegmentFindings {
  const emerging = findEmerging(set);
  const counts = { touched: set.training.counts.touched, won: set.training.counts.won, tested: 0 };
  const confirmed = confirmSegments(set);
  if (confirmed === null) {
    const verdict = `segments are looked for from 60 won accounts on, there are ${counts.won}; import more history`;
    return { asOf: set.training.asOf, segments: [], emerging, clusters: null, counts, setAside: [], verdict };
  }
  const { found, table, clusters, tested } = confirmed;
  const context = { set, ...confirmed, facts: factsByRow(set) };
  const setAside: SegmentFindings['setAside'][number][] = [];
  const kept = found.filter((one) => {
    const won = one.members.filter((row) => confirmed.excess.won[row] === 1).length;
    const label = nameSegment(one.subgroup.parts.map((part) => conditionOf(table, part)));
    const leaves = leavesMore(set.training, one.members) && !staysWorthIt(context, one.members);
    if (leaves) setAside.push({ label, reason: 'its customers leave after use more often than others' });
    else if (won < fewestWon) setAside.push({ label, reason: `only ${won} of its accounts were won` });
    return !leaves && won >= fewestWon;
  });
  const segments = keepIdentity(
    kept.map((one) => profileSegment(context, one)),
    previous,
  );
  const grouped = clusters?.clusters ?? null;
  return {
    asOf: set.training.asOf,
    segments,
    emerging,
    clusters:
      grouped === null
        ? null
        : {
            ...{ k: grouped.k, silhouette: grouped.silhouette, stability: grouped.stability, sizes: grouped.sizes },
            n: clusters!.rows.length,
          },
    counts: { ...counts, tested },
    setAside,
    verdict:
      segments.length > 0
        ? null
        : 'no kind of company does better than its traits, one by one, already say; more won accounts would show finer ones',
  };
}

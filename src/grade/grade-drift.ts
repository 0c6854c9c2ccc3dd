import type { ClaimedDrift, FindingsToGrade } from './findings-to-grade.ts';
import { type GradeLine, type Invention, lineFor, percent } from './grade.ts';
import { overlapOf } from './overlap.ts';
import type { Truth } from './truth.ts';

const dayMs = 86_400_000;

/**
 * Grades whether the drift was noticed, in its segment and after it began, and whether its churn was linked to it.
 *
 * A fallen win rate that comes up when customers of the segment leave counts as noticed: somebody who is told "they leave, and
 * have been won a third less often since spring" has been told of the drift, and of what followed from it.
 */
export function gradeDrift(truth: Truth, findings: FindingsToGrade): GradeLine[] {
  const { drift } = truth;
  if (drift === null) return [];
  const since = Date.parse(drift.since);
  return [
    lineFor(
      { kind: 'drift', what: `${drift.segment} is won less often` },
      findings.drift,
      ({ alerts, earlier = [] }) => {
        const told = [
          ...alerts.filter(({ monitor }) => monitor === 'win rate'),
          ...earlier.map(({ group, to, change }) => ({ group, detectedAt: to, change })),
        ];
        const alert = told
          .filter((each) => each.detectedAt >= since && each.change.v < 0 && isAbout(truth, findings, each.group))
          .toSorted((left, right) => left.detectedAt - right.detectedAt)[0];
        if (alert === undefined) return { found: false, evidence: `${alerts.length} alerts, none of it` };
        const days = Math.round((alert.detectedAt - since) / dayMs);
        return {
          found: true,
          evidence: `"${alert.group.label}", ${days} days after it began, ${percent(alert.change.v)}`,
        };
      },
    ),
    lineFor({ kind: 'drift', what: `${drift.segment} leaves a quarter later` }, findings.drift, ({ alerts, links }) => {
      const link = links.find(({ group }) => isAbout(truth, findings, group));
      if (link !== undefined) return { found: true, evidence: `linked, ${Math.round(link.leadDays)} days ahead` };
      const alert = alerts.find(({ monitor, group }) => monitor === 'churn' && isAbout(truth, findings, group));
      return {
        found: alert !== undefined,
        evidence: alert === undefined ? 'not noticed' : `noticed in "${alert.group.label}", linked to nothing`,
      };
    }),
  ];
}

/** Whether a watched group is the segment that drifts, or lies mostly in it. */
function isAbout({ drift }: Truth, { segments }: FindingsToGrade, group: ClaimedDrift['group']): boolean {
  if (drift === null) return false;
  if (group.kind !== 'segment') return group.label.toLowerCase().includes(drift.value.toLowerCase());
  const segment = segments?.segments.find(({ id }) => group.id === id || group.id === `segment ${id}`);
  if (segment === undefined) return group.label.toLowerCase().includes(drift.value.toLowerCase());
  const { accounts } = drift;
  return overlapOf(segment.members, { accounts, touched: accounts.length }).precision >= 0.5;
}

/** Alerts from before anything moved, or in a market where nothing does. */
export function inventedDrift(truth: Truth, { drift: found }: FindingsToGrade): Invention[] {
  // The emerging kind and what reps turn down change who comes and who is won as well.
  const days = [truth.drift, truth.emerging, truth.rejections].map((each) => Date.parse(each?.since ?? truth.until));
  const first = (truth.drift ?? truth.emerging ?? truth.rejections) ? Math.min(...days) : Number.POSITIVE_INFINITY;
  return (found?.alerts ?? [])
    .filter(({ detectedAt }) => detectedAt < first)
    .map(({ monitor, group, detectedAt }) => ({
      family: 'drift',
      what: `${monitor}: ${group.label}`,
      evidence: `alarm on ${new Date(detectedAt).toISOString().slice(0, 10)}, when nothing had moved`,
    }));
}

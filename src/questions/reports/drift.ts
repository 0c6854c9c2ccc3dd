import { assertNever } from '../../errors.ts';
import type { ChurnLink, DriftAlert, DriftFindings, DriftReach, EarlierFall } from '../../icp/drift/drift-findings.ts';
import { words } from '../draft.ts';
import type { ReportChart, ReportSection } from '../report-card.ts';
import type { Figure } from '../types.ts';
import type { Drawn } from './report.ts';

const mostTold = 6;

interface Told {
  line: string;
  figures: Figure[];
}

/** What has moved away from the model, since when, how sure that is, and what it means for the ICP. */
export function driftReport(findings: DriftFindings): Drawn {
  const { alerts, links, earlier, reach } = findings;
  const own = alerts.filter(({ sameAs }) => sameAs === null);
  const told = own.slice(0, mostTold).map((alert, nth) => alertLine(alert, `a${nth + 1}`));
  const meanings = own.slice(0, mostTold).map((alert, nth) => meaningLine(alert, alerts, `m${nth + 1}`));
  const linked = links.map((link, nth) => linkLine(link, `l${nth + 1}`));
  const fallen = earlier.slice(0, mostTold).map((fall, nth) => fallLine(fall, `f${nth + 1}`));
  const seen = reach.map((one, nth) => reachLine(one, `r${nth + 1}`));
  const sure = howSure(findings);
  const summary = summaryOf(findings, own, links);
  const sections: ReportSection[] = [
    { heading: 'What moved', lines: told.map(({ line }) => line), table: null },
    { heading: 'Customers who left after it', lines: linked.map(({ line }) => line), table: null },
    { heading: 'Won less often before they left', lines: fallen.map(({ line }) => line), table: null },
    { heading: 'What it means for the ICP', lines: meanings.map(({ line }) => line), table: null },
    { heading: 'How sure this is', lines: [sure.line], table: null },
    {
      heading: 'The smallest fall that would be noticed within a quarter, four times in five',
      lines: seen.map(({ line }) => line),
      table: null,
    },
  ];
  return {
    text: summary.line,
    figures: [summary, sure, ...told, ...meanings, ...linked, ...fallen, ...seen].flatMap(({ figures }) => figures),
    card: {
      title: 'Has the market moved',
      sections: findings.verdict === 'cannot tell' ? [] : sections.filter(({ lines }) => lines.length > 0),
      chart: chartOf(findings),
      choices: [
        { label: 'Which customers may leave', question: 'churn-watch' },
        { label: 'The criteria', question: 'criteria' },
      ],
      data: findings,
    },
  };
}

function summaryOf(findings: DriftFindings, own: readonly DriftAlert[], links: readonly ChurnLink[]): Told {
  switch (findings.verdict) {
    case 'cannot tell': {
      const figures = [words('reason', 'Why not', findings.reason ?? '')];
      return { line: "I can't tell whether the market has moved: {{reason}}.", figures };
    }
    case 'nothing beyond chance': {
      const smallest = findings.reach.find(({ fall }) => fall !== null);
      const figures = watchFigures(findings);
      const line = 'Nothing has moved beyond chance since {{since}}, in {{deals}} closed deals.';
      if (smallest === undefined) {
        return {
          line: `${line} With so few deals I would not notice a win rate that halves within a quarter.`,
          figures,
        };
      }
      const fall: Figure = { key: 'smallest', label: 'Smallest fall noticed', v: smallest.fall, unit: 'share' };
      figures.push(fall, words('smallestOf', 'Where', smallest.group.label));
      return {
        line: `${line} The smallest change that I would have noticed within a quarter, four times in five: a win rate down by {{smallest}} in {{smallestOf}}.`,
        figures,
      };
    }
    case 'moved': {
      const first = alertLine(own[0]!, 'first');
      const more = own.length - 1;
      const figures = [...first.figures];
      let line = first.line;
      if (links[0] !== undefined) {
        figures.push(words('linkGroup', 'Where customers leave', links[0].group.label), {
          ...{ key: 'linkLead', label: 'Days from the alert to the first wave of churn' },
          ...{ v: links[0].leadDays, unit: 'days' },
        });
        line += ' Customers of {{linkGroup}} began to leave {{linkLead}} after the alert.';
      }
      if (more > 0) {
        figures.push({ key: 'more', label: 'Further alerts', v: more, unit: 'count' });
        line += ' Further alerts: {{more}}.';
      }
      return { line, figures };
    }
    default:
      return assertNever(findings.verdict);
  }
}

function alertLine(
  { monitor, group, detectedAt, since, expected, observed, change, index }: DriftAlert,
  key: string,
): Told {
  const { v, low, high, n } = observed;
  const figures: Figure[] = [
    words(`${key}.group`, 'Group', group.label),
    { key: `${key}.change`, label: 'Change', v: change.v, low: change.low, high: change.high, unit: 'share' },
    { key: `${key}.observed`, label: 'Observed', v, low, high, n, unit: monitor === 'calibration' ? 'ratio' : 'share' },
    { key: `${key}.expected`, label: 'Expected', v: expected, unit: monitor === 'calibration' ? 'ratio' : 'share' },
    dateFigure(`${key}.since`, 'Since', since),
    dateFigure(`${key}.detected`, 'Noticed', detectedAt),
  ];
  if (index !== null) figures.push({ key: `${key}.index`, label: 'Stability index', v: index, unit: 'number' });
  const when = `since about {{${key}.since}}; noticed on {{${key}.detected}}`;
  const against = `{{${key}.observed}} against {{${key}.expected}} expected`;
  switch (monitor) {
    case 'win rate':
      return {
        line: `The win rate of *{{${key}.group}}* has changed by {{${key}.change}}: ${against}, ${when}.`,
        figures,
      };
    case 'churn':
      return {
        line: `Customers of *{{${key}.group}}* leave more often, by {{${key}.change}}: a year ${against}, ${when}.`,
        figures,
      };
    case 'calibration':
      return {
        line: `The table tells deals apart less well than it did: its slope is {{${key}.observed}} instead of {{${key}.expected}}, ${when}.`,
        figures,
      };
    case 'features':
      return {
        line: `Other accounts are touched than in the year before: *{{${key}.group}}* is ${against} (stability index {{${key}.index}}), ${when}.`,
        figures,
      };
    default:
      return assertNever(monitor);
  }
}

/** Which criteria and how much of tier 1 an alert concerns, and what else it shows in. */
function meaningLine({ id, group, monitor }: DriftAlert, alerts: readonly DriftAlert[], key: string): Told {
  const figures = [words(`${key}.group`, 'Group', group.label)];
  const parts: string[] = [];
  if (group.tierOneShare !== null && group.kind !== 'all') {
    figures.push({ key: `${key}.tierOne`, label: 'Share of tier 1', v: group.tierOneShare, unit: 'share' });
    parts.push(`{{${key}.tierOne}} of tier 1 stands on it`);
  }
  if (group.criteria.length > 0) {
    figures.push(words(`${key}.criteria`, 'Criteria', group.criteria.join(', ')));
    parts.push(`it concerns the criterion {{${key}.criteria}}`);
  }
  const same = alerts.filter(({ sameAs }) => sameAs === id);
  if (same.length > 0) {
    figures.push(words(`${key}.same`, 'Also seen in', same.map((one) => one.group.label).join('; ')));
    parts.push(`mostly the same accounts show it in {{${key}.same}}`);
  }
  if (monitor === 'calibration')
    parts.push('scores part good from bad less than they say until the table is learnt anew');
  if (parts.length === 0) parts.push('every score rests on it; learn the table anew and look at the tier cuts');
  return { line: `*{{${key}.group}}*: ${parts.join('; ')}.`, figures };
}

function linkLine({ group, alertAt, waveAt, leadDays, left, expected, ratio }: ChurnLink, key: string): Told {
  const figures: Figure[] = [
    words(`${key}.group`, 'Group', group.label),
    dateFigure(`${key}.alert`, 'Alert', alertAt),
    dateFigure(`${key}.wave`, 'First wave of churn', waveAt),
    { key: `${key}.lead`, label: 'Lead time', v: leadDays, unit: 'days' },
    { key: `${key}.left`, label: 'Left since', v: left, unit: 'count' },
    { key: `${key}.due`, label: 'Expected to leave', v: Math.round(expected * 10) / 10, unit: 'number' },
    { key: `${key}.ratio`, label: 'Times as often', ...ratio, unit: 'ratio' },
  ];
  return {
    line: `*{{${key}.group}}*, whose win rate fell, now churns: {{${key}.left}} left since {{${key}.wave}} where {{${key}.due}} were expected, {{${key}.ratio}} times as often. The alert of {{${key}.alert}} was {{${key}.lead}} ahead of the first wave.`,
    figures,
  };
}

function fallLine({ group, from, expected, observed, change }: EarlierFall, key: string): Told {
  const figures: Figure[] = [
    words(`${key}.group`, 'Group', group.label),
    dateFigure(`${key}.from`, 'From', from),
    { key: `${key}.observed`, label: 'Win rate', ...observed, unit: 'share' },
    { key: `${key}.expected`, label: 'Expected', v: expected, unit: 'share' },
    { key: `${key}.change`, label: 'Change', ...change, unit: 'share' },
  ];
  return {
    line: `*{{${key}.group}}*, whose customers leave, had been won less often in the half year before the alert: {{${key}.observed}} against {{${key}.expected}} expected since {{${key}.from}}, a change of {{${key}.change}}.`,
    figures,
  };
}

function reachLine({ group, dealsAQuarter, winRate, fall, chanceOfThird }: DriftReach, key: string): Told {
  const figures: Figure[] = [
    words(`${key}.group`, 'Group', group.label),
    { key: `${key}.deals`, label: 'Closed deals a quarter', v: Math.round(dealsAQuarter), unit: 'count' },
    { key: `${key}.rate`, label: 'Win rate expected', v: winRate, unit: 'share' },
    { key: `${key}.fall`, label: 'Smallest fall', v: fall, unit: 'share' },
    { key: `${key}.third`, label: 'Chance to notice a fall by a third', v: chanceOfThird, unit: 'share' },
  ];
  const basis = `({{${key}.deals}} deals a quarter, {{${key}.rate}} won)`;
  return {
    line:
      fall === null
        ? `{{${key}.group}} ${basis}: none, there are too few deals for a quarter to tell; a fall by a third with a chance of {{${key}.third}}.`
        : `{{${key}.group}} ${basis}: down by {{${key}.fall}}; a fall by a third with a chance of {{${key}.third}}.`,
    figures,
  };
}

function howSure(findings: DriftFindings): Told {
  const { watch } = findings;
  const figures: Figure[] = [
    ...watchFigures(findings),
    { key: 'reference', label: 'Deals before the watch', v: watch.referenceDeals, unit: 'count' },
    { key: 'groups', label: 'Groups watched', v: watch.groups, unit: 'count' },
    { key: 'falseAlarms', label: 'False alarms in two years', v: watch.falseAlarms, unit: 'share' },
  ];
  return {
    line: '{{deals}} deals closed since {{since}} were held against what a table learnt on the {{reference}} before gives for them, in {{groups}} groups. All monitors together give a false alarm in at most {{falseAlarms}} of two-year watches.',
    figures: findings.verdict === 'nothing beyond chance' ? figures.slice(2) : figures,
  };
}

function watchFigures({ watch }: DriftFindings): Figure[] {
  return [
    dateFigure('since', 'Start of the watch', watch.since),
    { key: 'deals', label: 'Closed deals watched', v: watch.deals, unit: 'count' },
  ];
}

function chartOf({ course, verdict }: DriftFindings): ReportChart | null {
  if (course === null || verdict === 'cannot tell' || course.quarters.length === 0) return null;
  const label = (at: number): string => new Date(at).toISOString().slice(0, 7);
  return {
    kind: 'lines',
    title: `Win rate of ${course.group.label} by quarter`,
    unit: 'share',
    alt: `The share of closed deals of ${course.group.label} that were won in each quarter, beside what the table gave for them`,
    points: [
      ...course.quarters.map(({ from, observed: { v, low, high } }) => ({
        ...{ label: label(from), v, low, high, group: 'won' },
      })),
      ...course.quarters.map(({ from, expected }) => ({ label: label(from), v: expected, group: 'expected' })),
    ],
  };
}

function dateFigure(key: string, label: string, at: number): Figure {
  return { key, label, v: new Date(at).toISOString(), unit: 'date' };
}

import type { FreshnessFindings } from '../../icp/freshness/find-freshness.ts';
import { words } from '../draft.ts';
import type { ReportSection } from '../report-card.ts';
import type { Figure } from '../types.ts';
import type { Drawn } from './report.ts';

const mostCriteria = 12;
/** Stale criteria in the paragraph at most. */
const mostNamed = 5;

/** How old what the scores stand on is: sources, kinds of signal, criteria, and how the jobs that look after it went. */
export function freshnessReport(findings: FreshnessFindings, runs: readonly JobStanding[] = []): Drawn {
  const silent = findings.sources.filter((source) => source.silent);
  const stale = findings.criteria.filter((criterion) => criterion.stale);
  const figures: Figure[] = [
    { key: 'asOf', label: 'As of', v: new Date(findings.asOf).toISOString(), unit: 'date' },
    { key: 'sources', label: 'Sources with dates', v: findings.sources.length, unit: 'count' },
    { key: 'silent', label: 'Sources that have gone silent', v: silent.length, unit: 'count' },
    { key: 'kinds', label: 'Kinds of signal', v: findings.signals.length, unit: 'count' },
    { key: 'criteria', label: 'Criteria', v: findings.criteria.length, unit: 'count' },
    { key: 'stale', label: 'Stale criteria', v: stale.length, unit: 'count' },
    ...findings.sources.flatMap(({ kind, source, rows, last, ageDays, usualPauseDays }, nth): Figure[] => [
      words(`source${nth}.name`, 'Source', `${source}: ${kind}`),
      { key: `source${nth}.rows`, label: `Rows of ${source}`, v: rows, unit: 'count' },
      { key: `source${nth}.last`, label: `Last of ${source}`, v: new Date(last).toISOString(), unit: 'date' },
      { key: `source${nth}.age`, label: `Age of ${source}`, v: ageDays, unit: 'days' },
      { key: `source${nth}.pause`, label: `Usual pause of ${source}`, v: usualPauseDays, unit: 'days' },
    ]),
    ...findings.signals.flatMap(({ kind, halfLifeDays, expiresAfterDays, ageDays, live }, nth): Figure[] => [
      words(`kind${nth}.name`, 'Kind of signal', kind),
      { key: `kind${nth}.halfLife`, label: `Half-life of ${kind}`, v: halfLifeDays, unit: 'days' },
      { key: `kind${nth}.expiry`, label: `Expiry of ${kind}`, v: expiresAfterDays, unit: 'days' },
      { key: `kind${nth}.age`, label: `Age of the last ${kind}`, v: ageDays, unit: 'days' },
      { key: `kind${nth}.live`, label: `Share of ${kind} that still counts`, unit: 'share', ...live },
    ]),
    ...shownCriteria(findings).flatMap(({ label, weight, medianDays, accounts, validatedAt }, nth): Figure[] => [
      words(`criterion${nth}.name`, 'Criterion', label),
      { key: `criterion${nth}.weight`, label: `Weight of ${label}`, v: weight, unit: 'ratio' },
      { key: `criterion${nth}.age`, label: `Age of what is known of ${label}`, v: medianDays, unit: 'days' },
      {
        ...{ key: `criterion${nth}.validated`, label: `Last validated: ${label}`, unit: 'date' },
        v: validatedAt === null ? null : new Date(validatedAt).toISOString(),
      },
      { key: `criterion${nth}.accounts`, label: `Accounts with a dated ${label}`, v: accounts, unit: 'count' },
    ]),
  ];
  return {
    text: textOf(findings, silent.length, stale.length),
    figures,
    card: {
      title: 'How fresh the data is',
      sections: findings.timeKind === 'order' ? jobSections(runs) : [...sectionsOf(findings), ...jobSections(runs)],
      chart: null,
      choices: [{ label: 'What data is there', question: 'coverage' }],
      data: { ...findings, jobs: runs },
    },
  };
}

/** How a job went last, for the foot of the report: it is no figure, since tomorrow it will have gone again. */
export interface JobStanding {
  job: string;
  status: string;
  dueAt: string;
  reason: string | null;
}

function textOf({ timeKind, sources, criteria }: FreshnessFindings, silent: number, stale: number): string {
  if (timeKind === 'order')
    return 'I cannot tell how fresh the data is: its source has an order but no dates. A column that says when each value was true would help.';
  if (sources.length === 0 && criteria.length === 0)
    return 'Nothing with a date has come in by {{asOf}}, so there is no age to tell.';
  const heard =
    silent === 0
      ? 'No source has gone silent'
      : silent === 1
        ? 'One source has gone silent'
        : '{{silent}} sources have gone silent';
  const named = Array.from({ length: Math.min(stale, mostNamed) }, (_, nth) => `*{{criterion${nth}.name}}*`).join(', ');
  const stands =
    stale === 0
      ? 'no criterion is stale'
      : stale === 1
        ? `one criterion of {{criteria}} is stale: ${named}`
        : `{{stale}} of {{criteria}} criteria are stale: ${named}${stale > mostNamed ? ' and others' : ''}`;
  return `As of {{asOf}}: ${heard}, and ${stands}.`;
}

/** Stale ones first, then by weight. */
function shownCriteria({ criteria }: FreshnessFindings) {
  return criteria.toSorted((a, b) => Number(b.stale) - Number(a.stale)).slice(0, mostCriteria);
}

function sectionsOf(findings: FreshnessFindings): ReportSection[] {
  return [
    {
      heading: 'Sources',
      lines: findings.sources.length === 0 ? ['No source has brought anything with a date.'] : [],
      table: tableOf(
        ['Source', 'Rows', 'Last', 'Age', 'Usual pause', ''],
        findings.sources.map(({ silent }, nth) => [
          ...['name', 'rows', 'last', 'age', 'pause'].map((name) => `{{source${nth}.${name}}}`),
          silent ? 'silent' : '',
        ]),
      ),
    },
    {
      heading: 'Signals',
      lines:
        findings.signals.length === 0 ? ['The book collects no signals, so nothing can be said about timing.'] : [],
      table: tableOf(
        ['Kind', 'Half-life', 'Expires after', 'Age of the last', 'Still counts'],
        findings.signals.map((_, nth) =>
          ['name', 'halfLife', 'expiry', 'age', 'live'].map((name) => `{{kind${nth}.${name}}}`),
        ),
      ),
    },
    {
      heading: 'Criteria',
      lines: findings.criteria.length === 0 ? ['The model in force has no criteria.'] : [],
      table: tableOf(
        ['Criterion', 'Weight', 'Last validated', 'Median age', 'Accounts', ''],
        shownCriteria(findings).map(({ why }, nth) => [
          ...['name', 'weight', 'validated', 'age', 'accounts'].map((name) => `{{criterion${nth}.${name}}}`),
          why === null ? '' : `stale: ${why}`,
        ]),
      ),
    },
  ];
}

function jobSections(runs: readonly JobStanding[]): ReportSection[] {
  if (runs.length === 0) return [];
  const rows = runs.map(({ job, status, dueAt, reason }) => [job, dueAt.slice(0, 10), status, reason ?? '']);
  return [
    {
      heading: 'Jobs',
      lines: [],
      table: tableOf(
        ['Job', 'Last due', 'How it went', ''],
        rows.map((row) => row.map(harmless)),
      ),
    },
  ];
}

/** The reason of a job may hold the name of a file: braces of it must not read as a figure. */
function harmless(text: string): string {
  return text.replaceAll('{{', '{ {');
}

function tableOf(columns: readonly string[], rows: readonly (readonly string[])[]): ReportSection['table'] {
  return rows.length === 0 ? null : { columns, rows };
}

import type { ChurnWatchFindings, WatchedCustomer } from '../../icp/life/watch-churn.ts';
import { words } from '../draft.ts';
import type { ReportSection, ReportTable } from '../report-card.ts';
import type { Figure } from '../types.ts';
import { daysFigure, rateFigure, reasonClause, signClause } from './life-words.ts';
import type { Drawn } from './report.ts';

const mostTold = 5;
const mostRows = 20;

/** Which customers may leave, why, how long there is, and how far the watch may be trusted. */
export function churnWatchReport(findings: ChurnWatchFindings): Drawn {
  const { ranked, method } = findings;
  const figures: Figure[] = [
    { key: 'customers', label: 'Customers watched', v: findings.customers, unit: 'count' },
    { key: 'horizon', label: 'Horizon', v: findings.horizonDays, unit: 'days' },
    words('why', 'How it was found', findings.why),
  ];
  const atRisk = ranked.filter(({ standing }) => standing === 'alert');
  const watched = ranked.filter(({ standing }) => standing === 'watch');
  figures.push({ key: 'atRisk', label: 'At risk', v: atRisk.length, unit: 'count' });
  figures.push({ key: 'onWatch', label: 'To keep an eye on', v: watched.length, unit: 'count' });
  const told = (atRisk.length > 0 ? atRisk : watched).slice(0, mostTold);
  const sections: ReportSection[] = [];
  if (told.length > 0) {
    const paragraphs = told.map((customer, nth) => customerLine(customer, `c${nth + 1}`));
    figures.push(...paragraphs.flatMap((line) => line.figures));
    sections.push({ heading: 'Most at risk', lines: paragraphs.map(({ line }) => line), table: null });
  }
  const table = ranked.length > told.length ? listOf(ranked.slice(0, mostRows)) : null;
  if (table !== null) {
    figures.push(...table.figures);
    sections.push({ heading: 'In order of risk', lines: [], table: table.table });
  }
  if (findings.left.length > 0) {
    const left = leftTable(findings.left);
    figures.push(...left.figures);
    sections.push({ heading: 'Who left last', lines: [], table: left.table });
  }
  const trust = trustSection(findings);
  figures.push(...trust.figures);
  sections.push(trust.section);
  const shown = ranked.slice(0, 10).filter(({ risk }) => risk !== null);
  return {
    text: summaryOf(findings, { alerts: atRisk.length, watched: watched.length }),
    figures,
    card: {
      title: 'Customers that may leave',
      sections,
      chart:
        method !== 'learned' || shown.length === 0
          ? null
          : {
              kind: 'bars',
              title: `Chance of leaving within ${findings.horizonDays} days`,
              unit: 'share',
              alt: `The ${shown.length} customers most likely to leave, the likeliest first`,
              points: shown.map(({ name, risk }) => ({ label: name, v: risk ?? 0 })),
            },
      choices: [
        { label: 'Who may expand', question: 'expansions' },
        { label: 'Why customers left', question: 'churn-patterns' },
      ],
      data: findings,
    },
  };
}

function summaryOf(
  { method, ranked }: ChurnWatchFindings,
  { alerts, watched }: { alerts: number; watched: number },
): string {
  switch (method) {
    case 'nothing':
      return "I can't tell which customers may leave: {{why}}.";
    case 'usage decay':
      return ranked.length === 0
        ? 'I cannot forecast who leaves ({{why}}), and of {{customers}} customers none shows such a fall.'
        : 'I cannot forecast who leaves ({{why}}). By that rule, {{onWatch}} of {{customers}} customers are worth a look.';
    case 'learned':
      if (alerts === 0 && watched === 0)
        return 'None of {{customers}} customers looks like those who left within {{horizon}}.';
      return 'Of {{customers}} customers, {{atRisk}} look like those who left within {{horizon}}, and {{onWatch}} more are worth keeping an eye on.';
  }
}

function customerLine(customer: WatchedCustomer, key: string): { line: string; figures: Figure[] } {
  const figures: Figure[] = [words(`${key}.name`, 'Customer', customer.name)];
  const parts: string[] = [];
  if (customer.risk !== null) {
    figures.push({ key: `${key}.risk`, label: 'Chance of leaving', v: customer.risk, unit: 'share' });
    parts.push(`chance of leaving {{${key}.risk}}`);
  }
  const clauses =
    customer.signs.length > 0
      ? customer.signs.map((sign, nth) => signClause(sign, `${key}.s${nth + 1}`))
      : customer.reasons.map((reason, nth) => reasonClause(reason, `${key}.r${nth + 1}`));
  figures.push(...clauses.flatMap((clause) => clause.figures));
  parts.push(...clauses.map(({ clause }) => clause));
  figures.push({ key: `${key}.renewal`, label: 'Days to renewal', v: customer.daysToRenewal, unit: 'days' });
  figures.push({ key: `${key}.renewalOn`, label: 'Renewal', v: customer.renewalOn, unit: 'date' });
  parts.push(
    customer.renewalIsWritten
      ? `renewal in {{${key}.renewal}} on {{${key}.renewalOn}}`
      : `no renewal date is written down; the anniversary is in {{${key}.renewal}}`,
  );
  const runway = customer.past?.daysUntil ?? null;
  if (runway !== null) {
    figures.push(daysFigure(`${key}.runway`, 'Days of runway', runway));
    parts.push(`runway {{${key}.runway}}`);
  }
  if (customer.twin !== null) {
    figures.push(words(`${key}.twin`, 'Nearest churned twin', customer.twin.name));
    figures.push({ key: `${key}.twinLeft`, label: 'The twin left on', v: customer.twin.leftOn, unit: 'date' });
    parts.push(`most like {{${key}.twin}}, who left on {{${key}.twinLeft}}`);
  }
  figures.push(words(`${key}.action`, 'What to do', customer.action));
  return { line: `*{{${key}.name}}*: ${parts.join('; ')}. To do: {{${key}.action}}.`, figures };
}

function listOf(ranked: readonly WatchedCustomer[]): { table: ReportTable; figures: Figure[] } {
  const figures: Figure[] = [];
  const rows = ranked.map((customer, nth) => {
    const key = `t${nth + 1}`;
    figures.push(
      words(`${key}.name`, 'Customer', customer.name),
      { key: `${key}.risk`, label: 'Chance of leaving', v: customer.risk, unit: 'share' },
      { key: `${key}.renewal`, label: 'Days to renewal', v: customer.daysToRenewal, unit: 'days' },
      { key: `${key}.arr`, label: 'Yearly revenue', v: customer.arr, unit: 'money' },
      words(`${key}.owner`, 'Customer success', customer.csOwnerEmail ?? 'nobody'),
    );
    const signs = customer.signs.map(({ kind }) => kind).join(', ') || 'none';
    return [
      ...[`{{${key}.name}}`, `{{${key}.risk}}`, signs],
      ...[`{{${key}.renewal}}`, `{{${key}.arr}}`, `{{${key}.owner}}`],
    ];
  });
  const columns = ['Customer', 'chance of leaving', 'signs', 'renewal in', 'yearly revenue', 'customer success'];
  return { table: { columns, rows }, figures };
}

function leftTable(left: ChurnWatchFindings['left']): { table: ReportTable; figures: Figure[] } {
  const figures: Figure[] = [];
  const rows = left.map((customer, nth) => {
    const key = `left${nth + 1}`;
    figures.push(
      words(`${key}.name`, 'Customer', customer.name),
      { key: `${key}.on`, label: 'Left on', v: customer.leftOn, unit: 'date' },
      { key: `${key}.tenure`, label: 'Months as a customer', v: customer.tenureMonths, unit: 'count' },
      { key: `${key}.trend`, label: 'Active users in its last 90 days', v: customer.usageTrend, unit: 'share' },
      words(`${key}.reason`, 'Reason', customer.reason ?? 'not known'),
    );
    return ['name', 'on', 'tenure', 'trend', 'reason'].map((part) => `{{${key}.${part}}}`);
  });
  const columns = ['Customer', 'left on', 'months as a customer', 'use in its last three months', 'reason'];
  return { table: { columns, rows }, figures };
}

function trustSection({ judged, method, policy, csOwners }: ChurnWatchFindings): {
  section: ReportSection;
  figures: Figure[];
} {
  const heading = 'How far to trust it';
  if (judged === null) {
    const line =
      method === 'learned'
        ? 'Too few left before the last year to judge it on that year; it was judged on accounts left out of the fit.'
        : 'There is nothing to judge yet. What would help: more customers with monthly active users, and the dates when customers left.';
    return { section: { heading, lines: [line], table: null }, figures: [] };
  }
  const { learned, usageDecay } = judged.alerts;
  const figures: Figure[] = [
    { key: 'judged.from', label: 'Judged from', v: judged.from, unit: 'date' },
    { key: 'judged.to', label: 'Judged to', v: judged.to, unit: 'date' },
    { key: 'judged.alerts', label: 'Alerts', v: learned.alerts, unit: 'count' },
    { key: 'judged.perOwner', label: 'Most alerts a week for each manager', v: policy.perOwner, unit: 'count' },
    { key: 'judged.owners', label: 'Customer success managers', v: csOwners, unit: 'count' },
  ];
  const lines = [
    'Replayed from {{judged.from}} to {{judged.to}} with only what was known before, it would have raised {{judged.alerts}} alerts, at most {{judged.perOwner}} a week for each of {{judged.owners}} managers.',
  ];
  if (judged.auc !== null) {
    const { v, low, high, n } = judged.auc;
    figures.push({ key: 'judged.auc', label: 'Area under the curve', v, low, high, n, unit: 'ratio' });
    lines.push('It put who left before who stayed with an area under the curve of {{judged.auc}}; a coin gets a half.');
  }
  for (const [key, name, record] of [
    ['learned', 'Of its alerts', learned],
    ['decay', 'Of as many alerts by falling use alone', usageDecay],
  ] as const) {
    if (record.precision === null) continue;
    figures.push(rateFigure(`judged.${key}.right`, 'Right', record.precision));
    let line = `${name}, {{judged.${key}.right}} were right`;
    if (record.leadDays !== null) {
      figures.push(daysFigure(`judged.${key}.lead`, 'Median lead', record.leadDays));
      line += `, with a median lead of {{judged.${key}.lead}}`;
    }
    if (record.caught !== null) {
      figures.push(rateFigure(`judged.${key}.caught`, 'Caught', record.caught));
      line += `; they named {{judged.${key}.caught}} of those who left`;
    }
    lines.push(`${line}.`);
  }
  return { section: { heading, lines, table: null }, figures };
}

import type { GrowthSign } from '../../icp/life/growth-signs.ts';
import type { ExpansionFindings, GrowingCustomer } from '../../icp/life/predict-expansion.ts';
import { words } from '../draft.ts';
import type { ReportSection } from '../report-card.ts';
import type { Figure } from '../types.ts';
import { rateFigure, reasonClause } from './life-words.ts';
import type { Drawn } from './report.ts';

const mostTold = 5;
const mostRows = 20;

/** Which customers may buy more, with their signs and what to offer, and how far the ranking may be trusted. */
export function expansionReport(findings: ExpansionFindings): Drawn {
  const { ranked, judged } = findings;
  const told = ranked.slice(0, mostTold).map((customer, nth) => customerLine(customer, `c${nth + 1}`));
  const rows = ranked.slice(mostTold, mostRows).map((customer, nth) => tableRow(customer, `t${nth + 1}`));
  const trust = trustSection(findings);
  const figures: Figure[] = [
    { key: 'customers', label: 'Customers', v: findings.customers, unit: 'count' },
    { key: 'horizon', label: 'Horizon', v: findings.horizonDays, unit: 'days' },
    words('why', 'How it was found', findings.why),
    ...told.flatMap((line) => line.figures),
    ...rows.flatMap((row) => row.figures),
    ...trust.figures,
  ];
  const columns = ['Customer', 'score', 'chance', 'signs', 'yearly revenue'];
  const sections: ReportSection[] = [
    ...(told.length === 0
      ? []
      : [
          {
            heading: 'Most likely to buy more',
            lines: told.map(({ line }) => line),
            table: rows.length === 0 ? null : { columns, rows: rows.map(({ cells }) => cells) },
          },
        ]),
    trust.section,
  ];
  const [first] = ranked;
  const text =
    first === undefined
      ? "I can't tell which customers may buy more: {{why}}."
      : 'Of {{customers}} customers, {{c1.name}} is the most likely to buy more within {{horizon}}: score {{c1.score}} of {{most}}, chance {{c1.chance}}.';
  if (first !== undefined) figures.push({ key: 'most', label: 'Highest score', v: 100, unit: 'number' });
  const shown = ranked.slice(0, 10);
  return {
    text,
    figures,
    card: {
      title: 'Customers that may buy more',
      sections,
      chart:
        shown.length === 0 || judged === null
          ? null
          : {
              kind: 'bars',
              title: `Chance of buying more within ${findings.horizonDays} days`,
              unit: 'share',
              alt: `The ${shown.length} customers most likely to buy more, the likeliest first`,
              points: shown.map(({ name, chance }) => ({ label: name, v: chance })),
            },
      choices: [{ label: 'Who may leave', question: 'churn-watch' }],
      data: findings,
    },
  };
}

/** A customer with its score (of `{{most}}`), its signs and what to offer, as a sentence that names figures. */
export function customerLine(customer: GrowingCustomer, key: string): { line: string; figures: Figure[] } {
  const figures: Figure[] = [
    words(`${key}.name`, 'Customer', customer.name),
    { key: `${key}.score`, label: 'Expansion score', v: customer.score, unit: 'number' },
    { key: `${key}.chance`, label: 'Chance of buying more', v: customer.chance, unit: 'share' },
    words(`${key}.action`, 'What to offer', customer.action),
  ];
  const clauses =
    customer.signs.length > 0
      ? customer.signs.map((sign, nth) => growthClause(sign, `${key}.s${nth + 1}`))
      : customer.reasons.map((reason, nth) => reasonClause(reason, `${key}.r${nth + 1}`));
  figures.push(...clauses.flatMap((clause) => clause.figures));
  const because = clauses.length === 0 ? '' : `; ${clauses.map(({ clause }) => clause).join('; ')}`;
  return {
    line: `*{{${key}.name}}*: score {{${key}.score}}/{{most}}, chance {{${key}.chance}}${because}. To do: {{${key}.action}}.`,
    figures,
  };
}

function growthClause(sign: GrowthSign, key: string): { clause: string; figures: Figure[] } {
  const now: Figure = { key: `${key}.now`, label: 'Now', v: sign.now, unit: 'number' };
  switch (sign.kind) {
    case 'hitting plan limits':
      return { clause: `hitting plan limits at {{${key}.now}}`, figures: [{ ...now, unit: 'share' }] };
    case 'usage growth':
      return {
        clause: `usage +{{${key}.change}} in three months`,
        figures: [{ key: `${key}.change`, label: 'Change', v: sign.change, unit: 'share' }],
      };
    case 'power users added':
      return {
        clause: `{{${key}.added}} power users added`,
        figures: [{ key: `${key}.added`, label: 'Added', v: Math.round(sign.now - (sign.before ?? 0)), unit: 'count' }],
      };
    case 'positive NPS':
      return { clause: `NPS {{${key}.now}}`, figures: [now] };
  }
}

function tableRow(customer: GrowingCustomer, key: string): { cells: string[]; figures: Figure[] } {
  return {
    cells: [
      ...[`{{${key}.name}}`, `{{${key}.score}}`, `{{${key}.chance}}`],
      ...[customer.signs.map(({ kind }) => kind).join(', ') || 'none', `{{${key}.arr}}`],
    ],
    figures: [
      words(`${key}.name`, 'Customer', customer.name),
      { key: `${key}.score`, label: 'Expansion score', v: customer.score, unit: 'number' },
      { key: `${key}.chance`, label: 'Chance of buying more', v: customer.chance, unit: 'share' },
      { key: `${key}.arr`, label: 'Yearly revenue', v: customer.arr, unit: 'money' },
    ],
  };
}

function trustSection({ judged, method }: ExpansionFindings): { section: ReportSection; figures: Figure[] } {
  const heading = 'How far to trust it';
  if (judged === null) {
    const line =
      method === 'learned'
        ? 'Too few bought more before the last year to judge it on that year; it was judged on accounts left out of the fit.'
        : 'There is nothing to judge yet. What would help: more customers with monthly usage, and won expansion deals with their dates.';
    return { section: { heading, lines: [line], table: null }, figures: [] };
  }
  const figures: Figure[] = [
    { key: 'judged.from', label: 'Judged from', v: judged.from, unit: 'date' },
    { key: 'judged.to', label: 'Judged to', v: judged.to, unit: 'date' },
    rateFigure('judged.ten', 'Of the ten highest', judged.topTen),
    rateFigure('judged.growthTen', 'Of the ten that grew most', judged.topTenOfGrowth),
    rateFigure('judged.anyTen', 'Of all', judged.anyTen),
  ];
  const lines = [
    'Replayed from {{judged.from}} to {{judged.to}} with only what was known before: of the top of the list, {{judged.ten}} bought more; by usage growth alone {{judged.growthTen}}, of all customers {{judged.anyTen}}.',
  ];
  for (const [key, label, auc] of [
    ['judged.auc', 'Its area under the curve', judged.auc],
    ['judged.growthAuc', 'Usage growth alone', judged.aucOfGrowth],
  ] as const) {
    if (auc === null) continue;
    figures.push({ key, label, v: auc.v, low: auc.low, high: auc.high, n: auc.n, unit: 'ratio' });
    lines.push(`${label}: {{${key}}}.`);
  }
  return { section: { heading, lines, table: null }, figures };
}

import type { BasisOutcome, RevenueByBasis } from '../../icp/revenue-by-basis.ts';
import { words } from '../draft.ts';
import type { Figure } from '../types.ts';
import type { Drawn } from './report.ts';

/** Revenue per account of an ICP that weighs expansion against one that looks at winning alone, on the same accounts. */
export function revenueByBasisReport(found: RevenueByBasis): Drawn {
  const { ratio, kind } = found;
  const figures: Figure[] = [
    words('rests', 'What it rests on', found.sentence),
    { key: 'share', label: 'Share of the accounts on each list', v: found.share, unit: 'share' },
    { key: 'accounts', label: 'Accounts that were ranked', v: found.accounts, unit: 'count' },
    { key: 'both', label: 'Accounts on both lists', v: found.both, unit: 'count' },
    ...figuresOf('expansion', 'Expansion-weighted', found.expansion),
    ...figuresOf('conversion', 'Winning alone', found.conversion),
    ...(ratio === null
      ? []
      : [{ key: 'ratio', label: 'Revenue per account, one to the other', unit: 'ratio', ...ratio } as const]),
  ];
  const row = (key: string, label: string): string[] => [
    label,
    ...['revenue', 'perCustomer', 'accounts', 'won', 'expanded', 'churned'].map((name) => `{{${key}.${name}}}`),
  ];
  return {
    text: summaryOf(found),
    figures,
    card: {
      title: 'Revenue per account by what the ICP is built from',
      sections: [
        {
          heading: null,
          lines: [kind === 'compared' ? 'Compared on {{rests}}; {{both}} accounts are on both lists.' : '{{rests}}.'],
          table: {
            columns: ['ICP', 'Revenue per account', 'Per customer', 'Accounts', 'Won', 'Expanded', 'Churned after use'],
            rows: [row('expansion', 'Expansion-weighted'), row('conversion', 'Winning alone')],
          },
        },
      ],
      chart:
        kind === 'cannot tell'
          ? null
          : {
              kind: 'bars',
              title: 'Revenue per account',
              unit: 'money',
              alt: 'Revenue per account of the best accounts by either ICP',
              points: [
                { label: 'Expansion-weighted', v: found.expansion.revenuePerAccount },
                { label: 'Winning alone', v: found.conversion.revenuePerAccount },
              ],
            },
      choices: [{ label: 'What stages are worth', question: 'stage values' }],
      data: found,
    },
  };
}

function figuresOf(key: string, label: string, of: BasisOutcome): Figure[] {
  const perCustomer = of.won === 0 ? null : Math.round((of.revenuePerAccount * of.accounts) / of.won);
  return [
    { key: `${key}.revenue`, label: `${label}: revenue per account`, v: of.revenuePerAccount, unit: 'money' },
    { key: `${key}.perCustomer`, label: `${label}: revenue per customer`, v: perCustomer, unit: 'money' },
    { key: `${key}.accounts`, label: `${label}: accounts`, v: of.accounts, unit: 'count' },
    { key: `${key}.won`, label: `${label}: won`, v: of.won, unit: 'count' },
    { key: `${key}.expanded`, label: `${label}: expanded`, v: of.expanded, unit: 'count' },
    { key: `${key}.churned`, label: `${label}: churned after use`, v: of.churned, unit: 'count' },
  ];
}

function summaryOf({ kind, ratio }: RevenueByBasis): string {
  if (kind === 'cannot tell' || ratio === null)
    return "I can't tell what it brings to aim at who expands rather than at who buys: {{rests}}.";
  const both =
    'the best {{share}} of {{accounts}} accounts by the ICP that weighs expansion paid {{expansion.revenue}} each';
  const other = 'the best by winning alone {{conversion.revenue}}';
  const said =
    ratio.low > 1
      ? 'Aiming at who expands brought more'
      : ratio.high < 1
        ? 'Aiming at who expands brought less'
        : 'No difference that is clear of chance';
  return `${said}: ${both}, ${other}, a ratio of {{ratio}}.`;
}

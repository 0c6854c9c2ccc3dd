import type { BoughtMore } from '../../icp/life/bought-more.ts';
import { createFigureSheet } from './figure-sheet.ts';
import type { Drawn } from './report.ts';

const mostShown = 20;

/** Who bought more, when, what was added and what set it off; what the CRM says stands as it says it. */
export function expandedReport(
  found: readonly BoughtMore[],
  { days, asOf }: { days: number | null; asOf: number },
): Drawn {
  const sheet = createFigureSheet();
  const n = sheet.number('n', 'Customers that bought more', found.length, 'count');
  const amount = found.reduce((sum, one) => sum + (one.amount ?? 0), 0);
  const when =
    days === null
      ? 'So far'
      : `In the ${sheet.number('days', 'Days looked back', days, 'days')} up to ${sheet.day('asOf', 'As of', asOf)},`;
  const rows = found.slice(0, mostShown).map((one, nth) => {
    const key = (what: string) => `e${nth + 1}.${what}`;
    const told = (what: string, label: string, text: string | null) => sheet.text(key(what), label, text ?? 'not said');
    return [
      sheet.text(key('name'), 'Customer', one.name),
      sheet.day(key('at'), 'Bought more on', days === null ? null : one.at),
      sheet.number(key('amount'), `Amount, ${one.name}`, one.amount, 'money'),
      told('products', 'Products added, as in the CRM', one.products ?? one.kind),
      told('trigger', 'Trigger, as in the CRM', one.trigger),
      told('signs', 'Signs in its use before', one.signs.map(({ kind }) => kind).join(', ') || 'none'),
    ];
  });
  return {
    text:
      found.length === 0
        ? `${when} nobody bought more.`
        : `${when} ${n} ${found.length === 1 ? 'customer' : 'customers'} bought more, for ${sheet.number('amount', 'Amount of all', amount, 'money')} in all.`,
    figures: sheet.figures,
    card: {
      title: 'Customers that bought more',
      sections: [
        {
          heading: null,
          lines:
            found.length > mostShown
              ? [`The latest ${sheet.number('shown', 'Shown', mostShown, 'count')} of them.`]
              : [],
          table:
            rows.length === 0
              ? null
              : { columns: ['Customer', 'on', 'amount', 'products added', 'trigger', 'signs before'], rows },
        },
      ],
      chart: null,
      choices: [{ label: 'Who may buy more', question: 'expansions' }],
      data: { days, found },
    },
  };
}

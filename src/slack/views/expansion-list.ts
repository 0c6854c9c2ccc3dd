import type { ExpansionFindings } from '../../icp/life/predict-expansion.ts';
import { fillIn, formatDate, formatFigure } from '../../questions/format-figure.ts';
import { customerLine } from '../../questions/reports/expansions.ts';
import { actionIds, numbered } from '../action-ids.ts';
import { actions, button, context, lineSections, type Message, section } from './blocks.ts';
import { plain, prose } from './text.ts';

const mostListed = 10;

/** The week's list for customer success: who may buy more, with signs and what to offer. */
export function expansionListMessage({ ranked, asOf, horizonDays, customers }: ExpansionFindings): Message {
  const shown = ranked.slice(0, mostListed);
  const title = `Customers that may buy more within ${horizonDays} days`;
  const lines = shown.map((customer, nth) => {
    const { line, figures } = customerLine(customer, `c${nth}`);
    const most = { key: 'most', label: 'Highest score', v: 100, unit: 'number' as const };
    const filled = fillIn(prose(line), [...figures, most], (figure) => plain(formatFigure(figure), 300));
    return `${nth + 1}. ${filled.slice(0, 1200)}`;
  });
  return {
    text: `${title}: ${shown.length} of ${customers}`,
    blocks: [
      section(`*${title}*  (${shown.length} of ${customers})`),
      ...lineSections(lines.length === 0 ? ['Nobody stands out this week.'] : lines),
      context(`As of ${formatDate(asOf)}`),
      actions([
        button('How far to trust it', numbered(actionIds.ask, 0), 'expansions'),
        button('Who may leave', numbered(actionIds.ask, 1), 'churn-watch'),
      ]),
    ],
  };
}

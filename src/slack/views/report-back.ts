import type { AnswersDecided } from '../../engine/notifier.ts';
import { dayOf } from '../../icp/features/calendar.ts';
import { formatDate } from '../../questions/format-figure.ts';
import { context, type Message, section } from './blocks.ts';
import { plain } from './text.ts';

/** Tells a rep what became of leads that they turned down with others: nobody shall wonder where an answer went. */
export function reportBackMessage({ change, standing, decided, effectiveAt }: AnswersDecided, email: string): Message {
  const { answers, reason } = change.because ?? { answers: [], reason: 'no reason given' };
  const own = answers.filter(({ by }) => by.toLowerCase() === email.toLowerCase()).length;
  const people = new Set(answers.map(({ by }) => by.toLowerCase())).size;
  const others =
    people > 1 ? `, with ${answers.length - own} of ${people === 2 ? 'a colleague' : `${people - 1} colleagues`}` : '';
  const said = `You turned down ${own} ${own === 1 ? 'lead' : 'leads'} as “${plain(reason, 100)}”${others}. They have in common: *${plain(change.rule.conditions.map(({ label }) => label).join(' and '), 200)}*.`;
  const by = `${plain(decided.byName, 80)} on ${formatDate(dayOf(decided.at))}`;
  const why = decided.reason === null ? '' : `: ${plain(decided.reason, 500)}`;
  const outcome =
    standing === 'approved'
      ? `*Approved* by ${by}${why}. Accounts of this kind show a red flag${effectiveAt === null ? ' once the change comes into force' : ` from ${formatDate(dayOf(effectiveAt))}`}.`
      : `*Rejected* by ${by}${why}. The model stays as it is about them.`;
  return {
    text: `${said} ${outcome}`.replaceAll('*', ''),
    blocks: [section(said), section(outcome), context('Nothing to press: this is what became of your answers.')],
  };
}

import type { Button, KnownBlock } from '@slack/types';
import { isLowEvidence } from '../../icp/evidence.ts';
import { dayOf } from '../../icp/features/calendar.ts';
import type { LeadCard, LeadScore } from '../../icp/leads/lead-card.ts';
import { type LeadAnswer, type LeadStanding, undoableUntil } from '../../icp/leads/lead-standing.ts';
import { formatDate, formatNumber, roughScore } from '../../questions/format-figure.ts';
import { actionIds, numbered } from '../action-ids.ts';
import { writeAccount } from '../buttons/button-value.ts';
import { writeLead } from '../buttons/lead-value.ts';
import { signed } from './arithmetic.ts';
import { actions, button, context, type Message, section } from './blocks.ts';
import { label, plain } from './text.ts';

const mostCautions = 2;

/** One lead as a card, or several as a list, the first on top: who it is, what the model says, and how each stands. */
export function leadMessage(cards: readonly LeadCard[], now: number): Message {
  const [first] = cards;
  if (first === undefined) return { text: 'No lead', blocks: [section('There is no such lead any more.')] };
  const heading = cards.length === 1 ? [] : [section('*Open leads, the best score first*')];
  return {
    text: cards.length === 1 ? `Lead: ${headline(first).replaceAll('*', '')}` : `${cards.length} leads`,
    blocks: [...heading, ...cards.flatMap((card, nth) => cardBlocks(card, nth, now))],
  };
}

/** What people call a lead. */
export function nameOfLead({ company, person, leadId }: LeadCard): string {
  return company ?? person?.name ?? `lead ${leadId}`;
}

/** Who did what about a lead, when and why; nothing for one that nobody has touched. */
export function leadStandingLine({ answer, undone }: LeadStanding): string | null {
  if (answer !== null) {
    const why = answer.reason === null ? '' : `: ${plain(answer.reason, 500)}`;
    return `*${answer.answer === 'accepted' ? 'Accepted' : 'Rejected'}* by ${plain(answer.byName, 120)} on ${moment(answer.at)}${why}`;
  }
  if (undone === null || undone.undoneAt === null) return null;
  return `${plain(undone.byName, 120)} took back an answer (${undone.answer}) on ${moment(undone.undoneAt)}. The lead is open again.`;
}

function cardBlocks(card: LeadCard, nth: number, now: number): KnownBlock[] {
  const { score, state } = card;
  const standing = leadStandingLine(state);
  return [
    section([headline(card), personLine(card), ...(score === null ? [] : [reasonsLine(score)])].join('\n')),
    context(origin(card)),
    ...(standing === null ? [] : [section(standing)]),
    actions(buttonsOf(card, nth, now)),
  ];
}

function headline(card: LeadCard): string {
  const name = `*${plain(nameOfLead(card), 150)}*`;
  const { score, accountId } = card;
  if (score === null)
    return `${name} has no score: ${accountId === null ? 'the lead belongs to no account' : 'its account has not been scored'}`;
  const scored = isLowEvidence(score.evidence)
    ? `a rough score: ${roughScore(score.score, score.range ?? null)}, so read it as a hint`
    : `a score of *${formatNumber(score.score, 1)}*`;
  const { override } = score;
  if (override === null) return `${name} is *tier ${score.tier}* with ${scored}`;
  return `${name} is *tier ${override.tier}* by decision of ${plain(override.byName, 80)}; the model says tier ${score.tier} with ${scored}`;
}

function personLine({ person }: LeadCard): string {
  if (person === null) return 'Nobody there is known by name';
  const words = [person.name, person.title].flatMap((part) => (part === null ? [] : [plain(part, 100)])).join(', ');
  return person.ofLead ? words : `The lead names nobody; the most senior contact is ${words}`;
}

function reasonsLine({ reasons, cautions }: LeadScore): string {
  if (reasons.length === 0 && cautions.length === 0) return 'Nothing that the model reads is known of it';
  const lines = reasons.map(({ points, label: why }) => `• ${signed(points)}  ${plain(why, 120)}`);
  return [...lines, ...cautions.slice(0, mostCautions).map((caution) => `_Caution:_ ${plain(caution, 200)}`)].join(
    '\n',
  );
}

function origin({ score, createdAt, source, ownerEmail, leadId }: LeadCard): string {
  const from = source === null ? '' : ` from ${plain(source, 60)}`;
  return [
    ...(score === null ? [] : [`Evidence *${score.evidence}*`]),
    ...(createdAt === null && source === null
      ? []
      : [`came in${createdAt === null ? '' : ` on ${formatDate(dayOf(createdAt))}`}${from}`]),
    `owner ${ownerEmail === null ? 'nobody' : plain(ownerEmail, 80)}`,
    `lead ${plain(leadId, 60)}`,
  ].join('  ·  ');
}

function buttonsOf(card: LeadCard, nth: number, now: number): Button[] {
  const { book, leadId, accountId, state } = card;
  const value = writeLead({ book, leadId, name: nameOfLead(card) });
  const why =
    accountId === null || card.score === null
      ? []
      : [button('Why', numbered(actionIds.account, nth), writeAccount({ ...accountOf(card, accountId), asOf: null }))];
  if (state.answer === null)
    return [
      { ...button('Accept', numbered(actionIds.leadAccept, nth), value), style: 'primary' },
      button('Reject', numbered(actionIds.leadReject, nth), value),
      ...why,
    ];
  const undo = now <= undoableUntil(state.answer) ? [button('Undo', numbered(actionIds.leadUndo, nth), value)] : [];
  return [...undo, ...why];
}

function accountOf({ book, company }: LeadCard, id: string) {
  return { book, id, name: label(company ?? id, 100) };
}

/** A moment in the reader's own time zone. */
function moment(at: LeadAnswer['at']): string {
  const iso = new Date(at).toISOString();
  return `<!date^${Math.floor(at / 1000)}^{date_short} at {time}|${formatDate(iso)} at ${iso.slice(11, 16)} UTC>`;
}

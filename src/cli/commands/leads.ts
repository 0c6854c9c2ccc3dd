import { describeLeads } from '../../engine/leads/describe-leads.ts';
import { UsageError } from '../../errors.ts';
import { isLowEvidence } from '../../icp/evidence.ts';
import type { LeadCard } from '../../icp/leads/lead-card.ts';
import { roughScore } from '../../questions/format-figure.ts';
import { bookOf } from '../../questions/pin.ts';
import { openLeads } from '../../store/leads.ts';
import { personByName } from '../../store/people.ts';
import type { Command } from '../command.ts';
import { bookFlag, bookOption, integerOption } from '../reading.ts';

export const leads: Command = {
  name: 'leads',
  options: [
    { flags: '--owner <user>', description: "only this person's" },
    { flags: '--limit <n>', description: 'how many; 10 when not given' },
    bookFlag,
  ],
  async run({ store, now }, { out, options }) {
    const book = await bookOf(store, bookOption(options).book);
    const limit = integerOption(options.limit, '--limit', 10);
    if (limit < 1) throw new UsageError(`--limit needs 1 or more, got ${limit}`);
    const typed = typeof options.owner === 'string' ? options.owner : null;
    const owner = typed === null ? null : ((await personByName(store, typed))?.email ?? typed);
    const { ids, total } = await openLeads(store, book.name, { ...(owner === null ? {} : { owner }), limit });
    const cards = await describeLeads({ store, now }, book, ids);
    const heading = `${total.toLocaleString('en')} open leads${owner === null ? '' : ` of ${owner}`}${cards.length === 0 ? '' : ', the best score first'}`;
    out.answer({ total, leads: cards.map(leadJson) }, [heading, ...cards.map(leadInWords)].join('\n\n'));
  },
};

/** A lead for a script. */
export function leadJson({ state, createdAt, ...card }: LeadCard) {
  const { answer, standing } = state;
  return {
    ...card,
    createdAt: createdAt === null ? null : new Date(createdAt).toISOString(),
    standing,
    answer:
      answer === null
        ? null
        : {
            ...{ id: answer.id, by: answer.by, byName: answer.byName, reason: answer.reason },
            ...{ at: new Date(answer.at).toISOString() },
            modelSaid: { modelVersion: answer.modelVersion, score: answer.score, tier: answer.tier },
          },
  };
}

/** A lead for a terminal. */
export function leadInWords({
  leadId,
  company,
  person,
  score,
  ownerEmail,
  source,
  createdAt,
  state,
}: LeadCard): string {
  const scored =
    score === null
      ? 'no score'
      : `${score.override === null ? '' : `tier ${score.override.tier} by decision of ${score.override.byName}; by the model `}tier ${score.tier}, ${isLowEvidence(score.evidence) ? roughScore(score.score, score.range ?? null) : score.score.toFixed(1)}, evidence ${score.evidence}`;
  const who = [person?.name, person?.title].filter((part) => part != null).join(', ');
  const { answer } = state;
  return [
    `${leadId}  ${company ?? 'no company'}: ${scored}`,
    ...(who === '' ? [] : [`  ${person?.ofLead === false ? 'most senior contact: ' : ''}${who}`]),
    ...(score?.reasons ?? []).map(({ label, points }) => `  ${points > 0 ? '+' : ''}${points.toFixed(1)}  ${label}`),
    `  owner ${ownerEmail ?? 'nobody'}${createdAt === null ? '' : `, came in on ${new Date(createdAt).toISOString().slice(0, 10)}`}${source === null ? '' : ` from ${source}`}`,
    ...(answer === null
      ? []
      : [
          `  ${answer.answer} by ${answer.byName} on ${new Date(answer.at).toISOString().slice(0, 16)}${answer.reason === null ? '' : `: ${answer.reason}`}`,
        ]),
  ].join('\n');
}

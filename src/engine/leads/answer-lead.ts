import { IcpError, UsageError } from '../../errors.ts';
import { type LeadStanding, type LeadVerdict, leadStanding, undoableUntil } from '../../icp/leads/lead-standing.ts';
import type { Role } from '../../icp/types.ts';
import { addAudit } from '../../store/audit.ts';
import { addLeadAnswer, answersToLeads, holdLead, undoLeadAnswer } from '../../store/lead-answers.ts';
import { leadsNow, type StoredLead } from '../../store/leads.ts';
import { storedScoreNow } from '../../store/scores.ts';
import type { Store } from '../../store/store.ts';
import { type Actor, requireRole } from '../actor.ts';
import { isOurs } from './answers-in-ledger.ts';

const answerers: { what: string; roles: readonly Role[] } = {
  what: 'answering a lead',
  roles: ['rep', 'leader', 'revops', 'admin'],
};

export interface LeadAsked {
  book: string;
  leadId: string;
  actor: Actor;
}

export interface LeadAnswered {
  state: LeadStanding;
  /** False when the lead stood like this before, or somebody else was first. */
  changed: boolean;
}

/**
 * Keeps what a rep said of a lead, with what the model said at that moment.
 *
 * The person is looked up afresh, whatever the button believed. The same answer twice changes nothing; of two people at once
 * one is first, and the other sees whose answer stands.
 *
 * @throws {IcpError} `not_allowed` for a role that answers no leads, `no_lead`, `lead_decided` when the source says itself what
 * became of the lead
 * @throws {UsageError} for a rejection without a reason
 */
export async function answerLead(
  { store, now }: { store: Store; now: () => number },
  { answer, reason, ...asked }: LeadAsked & { answer: LeadVerdict; reason: string | null },
): Promise<LeadAnswered> {
  if (answer === 'rejected' && (reason ?? '').trim() === '')
    throw new UsageError('turning a lead down needs a reason; say in a few words what is the matter with it');
  const { book, leadId } = asked;
  const who = await requireRole(store, asked.actor, answerers);
  return store.transaction(async (tx) => {
    await holdLead(tx, book, leadId);
    const lead = await requireLead(tx, book, leadId);
    const before = leadStanding(await answersToLeads(tx, book, [leadId]));
    if (before.standing !== 'open') return { state: before, changed: false };
    if (lead.status !== 'open' && !isOurs(lead))
      throw new IcpError(
        'lead_decided',
        `the lead ${leadId} was ${lead.status} in the source it came from; change it there if that is wrong`,
      );
    const said = lead.accountId === null ? null : await storedScoreNow(tx, book, lead.accountId);
    await addLeadAnswer(tx, {
      ...{ book, leadId, accountId: lead.accountId, answer, reason: answer === 'rejected' ? reason : null },
      ...{ by: who.by, byName: nameOf(who, asked.actor), at: now() },
      ...{ modelVersion: said?.modelVersion ?? null, score: said?.score ?? null, tier: said?.tier ?? null },
    });
    await addAudit(tx, {
      ...{
        at: now(),
        actor: who.recorded,
        action: `lead.${answer}`,
        subject: `lead ${leadId} of ${book}`,
      },
      details: { reason: answer === 'rejected' ? reason : null, tier: said?.tier ?? null },
    });
    return { state: leadStanding(await answersToLeads(tx, book, [leadId])), changed: true };
  });
}

/**
 * Takes an answer back: only whoever gave it, and only for five minutes.
 *
 * @returns `changed` is false when it had been taken back before
 * @throws {IcpError} `not_allowed` for anybody else, `too_late` after that
 */
export async function undoAnswer(
  { store, now }: { store: Store; now: () => number },
  { book, leadId, actor }: LeadAsked,
): Promise<LeadAnswered> {
  const who = await requireRole(store, actor, answerers);
  return store.transaction(async (tx) => {
    await holdLead(tx, book, leadId);
    await requireLead(tx, book, leadId);
    const before = leadStanding(await answersToLeads(tx, book, [leadId]));
    if (before.answer === null) return { state: before, changed: false };
    const { answer } = before;
    if (answer.by !== who.by)
      throw new IcpError(
        'not_allowed',
        `only ${answer.byName} can take that answer back, within five minutes of giving it`,
      );
    if (now() > undoableUntil(answer))
      throw new IcpError(
        'too_late',
        `it is too late to take this back: that can be done for five minutes, and the lead was ${answer.answer} before; say so in the source it came from`,
      );
    await undoLeadAnswer(tx, answer.id, who.by, now());
    await addAudit(tx, {
      ...{ at: now(), actor: who.recorded, action: 'lead.reopened', subject: `lead ${leadId} of ${book}` },
      details: { was: answer.answer },
    });
    return { state: leadStanding(await answersToLeads(tx, book, [leadId])), changed: true };
  });
}

/** @throws {IcpError} `no_lead` */
export async function requireLead(store: Store, book: string, leadId: string): Promise<StoredLead> {
  const [lead] = await leadsNow(store, book, [leadId]);
  if (lead === undefined)
    throw new IcpError(
      'no_lead',
      `no lead of the book ${book} has the id ${leadId}; lodestar leads lists the open ones`,
    );
  return lead;
}

/** The name that people read, with who typed for the person where somebody did. */
function nameOf({ byName }: { byName: string }, actor: Actor): string {
  return actor.kind === 'person' && actor.via !== undefined ? `${byName}, ${actor.via}` : byName;
}

import type { FieldValue } from '../types.ts';
import type { LeadPerson } from './lead-card.ts';

/** A contact as a lead needs it. */
export interface KnownContact {
  id: string;
  email: string | null;
  title: string | null;
  seniority: string | null;
  more: Readonly<Record<string, FieldValue>>;
}

/** Seniorities and titles, the highest first. */
const ranks: readonly RegExp[] = [
  /\b(c[_ -]?level|c[_ -]?suite|chief|ceo|cro|cfo|coo|cto|cmo|founder|owner|president)\b/,
  /\b(vp|vice president|svp|evp)\b/,
  /\b(head|director)\b/,
  /\b(manager|lead)\b/,
];

/**
 * Who a lead is about: the person that it names, or the contact that it points to by id or address.
 *
 * A source that keeps leads without people gets the most senior contact of the account, and `ofLead` says so.
 *
 * @param more what the lead's row says beyond the known columns
 */
export function leadPerson(
  more: Readonly<Record<string, FieldValue>>,
  contacts: readonly KnownContact[],
): LeadPerson | null {
  const said = (...names: readonly string[]) =>
    names.map((name) => more[name]).find((value) => typeof value === 'string' && value.trim() !== '');
  const id = said('contact_id');
  const email = textOf(said('email', 'contact_email'));
  const own = contacts.find(
    (contact) => contact.id === id || (email !== null && contact.email?.toLowerCase() === email.toLowerCase()),
  );
  const name = textOf(said('name', 'contact_name', 'full_name')) ?? nameOf(own) ?? email;
  const title = textOf(said('title', 'contact_title', 'job_title')) ?? own?.title ?? null;
  if (name !== null || title !== null) return { name, title, ofLead: true };
  const [first] = contacts.toSorted((a, b) => rankOf(a) - rankOf(b) || (a.id < b.id ? -1 : 1));
  if (first === undefined) return null;
  return { name: nameOf(first), title: first.title ?? first.seniority, ofLead: false };
}

function nameOf(contact: KnownContact | undefined): string | null {
  if (contact === undefined) return null;
  return textOf(contact.more.name) ?? contact.email;
}

function textOf(value: FieldValue | undefined): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function rankOf({ title, seniority }: KnownContact): number {
  const text = `${seniority ?? ''} ${title ?? ''}`.toLowerCase().replaceAll('_', ' ');
  const rank = ranks.findIndex((pattern) => pattern.test(text));
  return rank < 0 ? ranks.length : rank;
}

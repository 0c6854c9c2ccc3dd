import { asc, eq, or, sql } from 'drizzle-orm';
import type { Person } from '../icp/types.ts';
import { people } from './schema/people.ts';
import type { Store } from './store.ts';

export async function listPeople(store: Store): Promise<Person[]> {
  return store.db.select().from(people).orderBy(asc(people.email));
}

/** The person behind a Slack user, by id or else by e-mail; `null` for somebody nobody has given a role. */
export async function personBySlack(store: Store, slackId: string, email: string | null): Promise<Person | null> {
  const rows = await store.db
    .select()
    .from(people)
    .where(
      or(
        eq(people.slackId, slackId),
        email === null ? sql`false` : eq(sql`lower(${people.email})`, email.toLowerCase()),
      ),
    );
  return rows.find((row) => row.slackId === slackId) ?? rows[0] ?? null;
}

/** A person by e-mail, Slack id or name, as typed on the command line. */
export async function personByName(store: Store, words: string): Promise<Person | null> {
  const folded = words.trim().toLowerCase();
  const all = await listPeople(store);
  return (
    all.find(({ email, slackId }) => email.toLowerCase() === folded || slackId?.toLowerCase() === folded) ??
    all.find(({ name }) => name.toLowerCase() === folded) ??
    all.find(
      ({ name, email }) => name.toLowerCase().split(' ')[0] === folded || email.toLowerCase().split('@')[0] === folded,
    ) ??
    null
  );
}

export async function savePerson(store: Store, person: Person): Promise<void> {
  await store.db.insert(people).values(person).onConflictDoUpdate({ target: people.email, set: person });
}

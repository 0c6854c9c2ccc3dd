import { IcpError, UsageError } from '../errors.ts';
import type { OutreachTest } from '../icp/outreach/outreach-test.ts';
import type { Role } from '../icp/types.ts';
import type { Book } from '../store/books.ts';
import { addSetting, settingsAt } from '../store/settings.ts';
import type { Store } from '../store/store.ts';
import { type Actor, requireRole } from './actor.ts';

/** The test of a book is a setting of this beginning with the book behind it; its history is that of all tests. */
export const testPrefix = 'test.';

/** What the setting says while there is no test. */
const stopped = 'stopped';
const testers: readonly Role[] = ['revops', 'leader', 'admin'];
const dayMs = 86_400_000;
const longestDays = 366;

interface Ports {
  store: Store;
  now: () => number;
}

/** The test that a book had last by an instant; `null` where none was begun, or it was stopped. */
export async function testAt(store: Store, book: string, at: number): Promise<OutreachTest | null> {
  const key = `${testPrefix}${book}`;
  return testIn((await settingsAt(store, [key], at)).get(key)?.value);
}

/**
 * Begins a dated test of a book's outreach, and says so in the audit log.
 *
 * @param wanted.from the day that it begins; absent: today, by the clock of the book
 * @throws {UsageError} when a name is missing, or the days are none
 * @throws {IcpError} `test_running` while another one runs, `not_allowed` for a role that may not
 */
export async function startTest(
  { store, now }: Ports,
  wanted: { book: Book; name: string; hypothesis: string | null; days: number; from: number | null; actor: Actor },
): Promise<OutreachTest> {
  const who = await requireRole(store, wanted.actor, { what: 'starting a test', roles: testers });
  const name = wanted.name.trim();
  const { book, hypothesis, days } = wanted;
  if (name === '' || name.length > 100)
    throw new UsageError(`a test needs a name of 1 to 100 characters, got ${name.length}; give it with --name`);
  if (!(days >= 1 && days <= longestDays))
    throw new UsageError(`a test lasts 1 to ${longestDays} days, got ${days}; 60 is usual`);
  const today = book.clock ?? now();
  const running = await testAt(store, book.name, now());
  if (running !== null && today < running.endsAt)
    throw new IcpError(
      'test_running',
      `the test ${running.name} runs until ${dayOf(running.endsAt)}; end it first with lodestar test stop`,
    );
  const startsAt = Math.floor((wanted.from ?? today) / dayMs) * dayMs;
  const test: OutreachTest = { name, hypothesis, startsAt, endsAt: startsAt + days * dayMs };
  await say(store, book.name, test, { at: now(), by: who.recorded });
  return test;
}

/**
 * Ends the test of a book. What it was stays in the history of the setting.
 *
 * @throws {IcpError} `no_test` when there is none
 */
export async function stopTest({ store, now }: Ports, wanted: { book: string; actor: Actor }): Promise<OutreachTest> {
  const who = await requireRole(store, wanted.actor, { what: 'ending a test', roles: testers });
  const test = await testAt(store, wanted.book, now());
  if (test === null) throw noTest(wanted.book);
  await say(store, wanted.book, null, { at: now(), by: who.recorded });
  return test;
}

export function noTest(book: string): IcpError {
  return new IcpError('no_test', `the book ${book} has no test; begin one with lodestar test start --name NAME`);
}

async function say(store: Store, book: string, test: OutreachTest | null, { at, by }: { at: number; by: string }) {
  const value = test === null ? stopped : { ...test, startsAt: dayOf(test.startsAt), endsAt: dayOf(test.endsAt) };
  await addSetting(store, { key: `${testPrefix}${book}`, value, setAt: at, setBy: by });
}

/** The test that the value of a setting says; `null` where it says none. */
export function testIn(value: unknown): OutreachTest | null {
  if (typeof value !== 'object' || value === null) return null;
  const text = (key: string) => {
    const found: unknown = Reflect.get(value, key);
    return typeof found === 'string' ? found : null;
  };
  const startsAt = Date.parse(text('startsAt') ?? '');
  const endsAt = Date.parse(text('endsAt') ?? '');
  if (Number.isNaN(startsAt) || Number.isNaN(endsAt)) return null;
  return { name: text('name') ?? '', hypothesis: text('hypothesis'), startsAt, endsAt };
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

import { recordAndRescore, takeBackAndRescore } from '../../compose/record-event.ts';
import { IcpError, UsageError } from '../../errors.ts';
import { bookOf } from '../../questions/pin.ts';
import { resolveAccount } from '../../questions/resolve-account.ts';
import { accountNames } from '../../store/account-names.ts';
import { latestImport } from '../../store/books.ts';
import { type CompanyEvent, eventOf, standingEvents } from '../../store/company-events.ts';
import { actingFor, asFlag } from '../acting.ts';
import type { Command } from '../command.ts';
import { bookFlag, bookOption, instantOption, integerOption } from '../reading.ts';

export const event: Command = {
  name: 'event',
  args: [{ syntax: '[account]', description: 'an id, a domain or a name, or company for our own' }],
  options: [
    { flags: '--kind <kind>', description: 'in a word or two: acquired, repositioned, new leader' },
    { flags: '--on <date>', description: 'the day from which on things count again' },
    { flags: '--note <text>', description: 'what the muted line says: acquired by Globex' },
    { flags: '--undo <n>', description: 'takes the event of this number back' },
    asFlag,
    bookFlag,
  ],
  async run(lodestar, asked) {
    const { out, args, options } = asked;
    const { store } = lodestar;
    const actor = await actingFor(store, asked);
    if (options.undo !== undefined) {
      const eventId = integerOption(options.undo, '--undo', 0);
      const found = await eventOf(store, eventId);
      if (found === null)
        throw new IcpError('no_event', `no event has the number ${eventId}; lodestar events lists those that stand`);
      const book = await bookOf(store, found.book);
      const { event: ended, changed } = await takeBackAndRescore(lodestar, book, { eventId, actor });
      const said = changed ? 'is taken back: what it muted counts again' : 'had been taken back before';
      return out.answer({ event: printed(ended), changed }, `Event ${eventId} ${said}.`);
    }
    const typed = args[0];
    if (typed === undefined) throw new UsageError('event needs an account, or company for our own');
    const on = instantOption(options.on, '--on');
    if (on === null) throw new UsageError('event needs --on DATE: the day from which on things count again');
    const account = typed === 'company' ? null : await resolveAccount(store, typed, bookOption(options).book);
    const book = await bookOf(store, account?.book ?? bookOption(options).book);
    const { event: kept } = await recordAndRescore(lodestar, book, {
      ...{ accountId: account?.id ?? null, kind: String(options.kind ?? ''), on, actor },
      note: typeof options.note === 'string' ? options.note : null,
    });
    const effect =
      account === null
        ? 'the criteria say how much of what the model learnt from predates it'
        : `what ${account.name} did before ${dayOf(on)} is muted`;
    out.answer({ event: printed(kept), account }, `Event ${kept.id}: ${kept.note ?? kept.kind}; ${effect}.`);
  },
};

export const events: Command = {
  name: 'events',
  options: [bookFlag],
  async run({ store }, { out, options }) {
    const book = await bookOf(store, bookOption(options).book);
    const found = await standingEvents(store, book.name);
    const ids = [...new Set(found.flatMap(({ accountId }) => accountId ?? []))];
    const names = await accountNames(store, book.name, (await latestImport(store, book.name)) ?? 0, ids);
    const nameOf = ({ accountId }: CompanyEvent) =>
      accountId === null ? 'our company' : (names.get(accountId) ?? accountId);
    out.answer(
      found.map((one) => ({ ...printed(one), account: one.accountId === null ? null : nameOf(one) })),
      found.length === 0
        ? 'no event is recorded'
        : found
            .map((one) => `${one.id}  ${dayOf(one.on)}  ${nameOf(one)}: ${one.note ?? one.kind}, says ${one.byName}`)
            .join('\n'),
    );
  },
};

function printed({ on, recordedAt, endedAt, ...rest }: CompanyEvent) {
  const iso = (at: number) => new Date(at).toISOString();
  return { ...rest, on: iso(on), recordedAt: iso(recordedAt), endedAt: endedAt === null ? null : iso(endedAt) };
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

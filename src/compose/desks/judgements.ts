import { acknowledgeLapse } from '../../engine/governance/publication-paused.ts';
import { liftCaution, setCaution } from '../../engine/judgements/cautions.ts';
import { answerFlag, raiseFlag } from '../../engine/judgements/flags.ts';
import { liftOverride, setOverride } from '../../engine/judgements/set-override.ts';
import { IcpError } from '../../errors.ts';
import { cautionConditions } from '../../questions/caution-conditions.ts';
import { bookOf } from '../../questions/pin.ts';
import { readWhere } from '../../questions/read-where.ts';
import type { SlackDeps } from '../../slack/deps.ts';
import type { JudgementDeps } from '../../slack/judgements/judgement-deps.ts';
import { eventOf } from '../../store/company-events.ts';
import { storedScoreNow } from '../../store/scores.ts';
import type { Lodestar } from '../open-lodestar.ts';
import { recordAndRescore, takeBackAndRescore } from '../record-event.ts';

/** The judgements of people, as Slack asks for them. */
export function judgementsOf(lodestar: Lodestar): JudgementDeps {
  return {
    override: ({ account, tier, reason, until, by }) =>
      setOverride(lodestar, {
        ...{ book: account.book, accountId: account.id, tier, reason, until },
        actor: { kind: 'person', email: by.email },
      }),
    answerFlag: ({ flagId, answer, by }) =>
      answerFlag(lodestar, { flagId, answer, actor: { kind: 'person', email: by.email } }),
    acknowledge: ({ reason, by }) => acknowledgeLapse(lodestar, { reason, actor: { kind: 'person', email: by.email } }),
    async recordEvent({ account, kind, on, note, by }) {
      const book = await bookOf(lodestar.store, account?.book);
      const accountId = account?.id ?? null;
      const scoreNow = () => scoreOf(lodestar, book.name, accountId);
      const before = await scoreNow();
      const actor = { kind: 'person', email: by.email } as const;
      const { event } = await recordAndRescore(lodestar, book, { accountId, kind, on, note, actor });
      return { event, before, after: await scoreNow() };
    },
    async undoEvent({ eventId, by }) {
      const found = await eventOf(lodestar.store, eventId);
      if (found === null) throw new IcpError('no_event', 'this event is not here any more');
      const scoreNow = () => scoreOf(lodestar, found.book, found.accountId);
      const before = await scoreNow();
      const actor = { kind: 'person', email: by.email } as const;
      const book = await bookOf(lodestar.store, found.book);
      const { event, changed } = await takeBackAndRescore(lodestar, book, { eventId, actor });
      return { event, changed, before, after: await scoreNow() };
    },
    async caution({ where, text, until, by }) {
      const book = await bookOf(lodestar.store, undefined);
      const conditions = await cautionConditions(lodestar.store, book, readWhere(where));
      const actor = { kind: 'person', email: by.email } as const;
      return setCaution(lodestar, { book: book.name, conditions, text, until, actor });
    },
    liftCaution: ({ cautionId, by }) =>
      liftCaution(lodestar, { cautionId, actor: { kind: 'person', email: by.email } }),
    liftOverride: ({ account, by }) =>
      liftOverride(lodestar, {
        ...{ book: account.book, accountId: account.id },
        actor: { kind: 'person', email: by.email },
      }),
  };
}

async function scoreOf({ store }: Lodestar, book: string, accountId: string | null): Promise<number | null> {
  return accountId === null ? null : ((await storedScoreNow(store, book, accountId))?.score ?? null);
}

/** Keeps that somebody found a score wrong, tells whoever must answer, and says who that is. */
export async function noteDoubt(
  lodestar: Lodestar,
  { account, by, reason }: Parameters<NonNullable<SlackDeps['flag']>>[0],
): Promise<{ reviewer: string | null }> {
  const actor = { kind: 'person', email: by.email } as const;
  const { reviewer } = await raiseFlag(lodestar, { book: account.book, accountId: account.id, reason, actor });
  return { reviewer: reviewer?.name ?? null };
}

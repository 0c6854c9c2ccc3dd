import { answerFlag, raiseFlag } from '../engine/flags.ts';
import { liftOverride, setOverride } from '../engine/set-override.ts';
import type { SlackDeps } from '../slack/deps.ts';
import type { JudgementDeps } from '../slack/judgement-deps.ts';
import type { Lodestar } from './open-lodestar.ts';

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
    liftOverride: ({ account, by }) =>
      liftOverride(lodestar, {
        ...{ book: account.book, accountId: account.id },
        actor: { kind: 'person', email: by.email },
      }),
  };
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

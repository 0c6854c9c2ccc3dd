import { liftOverride, setOverride } from '../engine/set-override.ts';
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
    liftOverride: ({ account, by }) =>
      liftOverride(lodestar, {
        ...{ book: account.book, accountId: account.id },
        actor: { kind: 'person', email: by.email },
      }),
  };
}

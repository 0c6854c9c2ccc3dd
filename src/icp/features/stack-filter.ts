import type { AccountHistory } from '../history.ts';
import { ageInDays } from '../staleness.ts';
import type { Instant } from '../types.ts';
import { dayOf } from './calendar.ts';
import { cleanText, slugText } from './clean-text.ts';
import type { FeatureCatalogue } from './feature-rule.ts';
import { technologyChanges } from './technology-changes.ts';
import { createToolsInUse } from './tools-in-use.ts';

/** What the stack of an account must be like, or have become, for the account to be on a list. */
export interface StackConditions {
  /** Any of these tools is in use; `null`: whatever is. */
  usesAnyOf: readonly string[] | null;
  changes: readonly {
    kind: 'added' | 'removed';
    /** Seen within so many days. */
    days: number;
    /** One of these tools; `null`: any tool. */
    tools: readonly string[] | null;
  }[];
}

/**
 * Gets ready for asking many accounts whether their stack meets every condition.
 *
 * @returns for an account the reasons in words, such as `uses Dealwright`; `null` for one that does not meet them all
 */
export function createStackFilter(
  catalogue: FeatureCatalogue,
  { usesAnyOf, changes }: StackConditions,
): (history: AccountHistory, asOf: Instant) => string[] | null {
  const inUse = usesAnyOf === null ? null : createToolsInUse(catalogue, usesAnyOf);
  const wanted = changes.map(({ tools, ...change }) => ({
    ...change,
    slugs: tools === null ? null : new Set(tools.map(slugText)),
  }));
  return (history, asOf) => {
    const reasons: string[] = [];
    if (inUse !== null) {
      const used = inUse(history, asOf);
      if (used.length === 0) return null;
      reasons.push(`uses ${used.map(cleanText).join(', ')}`);
    }
    if (wanted.length === 0) return reasons;
    const found = technologyChanges(history.observations, asOf);
    for (const { kind, days, slugs } of wanted) {
      const meeting = found.filter(
        (change) =>
          change.kind === kind &&
          ageInDays({ observedAt: change.seenAt }, asOf) <= days &&
          (slugs === null || slugs.has(slugText(change.tool))),
      );
      if (meeting.length === 0) return null;
      reasons.push(...meeting.map(({ tool, seenAt }) => `${kind} ${tool} (seen ${dayOf(seenAt)})`));
    }
    return reasons;
  };
}

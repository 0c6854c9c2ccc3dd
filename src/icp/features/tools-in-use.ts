import type { AccountHistory } from '../history.ts';
import type { Instant } from '../types.ts';
import { holderOf } from './attribute-values.ts';
import { slugText } from './clean-text.ts';
import type { FeatureCatalogue } from './feature-rule.ts';
import { listMembers } from './field-profile.ts';
import { createMemberFlags } from './member-flags.ts';
import { createStandingValues } from './standing-values.ts';

const field = 'technologies';

interface Spelling {
  member: string;
  column: string | null;
}

/**
 * Gets ready for asking many accounts which of some tools they use, by the same sources as the flags of the features: the
 * list of technologies, a column of the tool's own, job posts.
 *
 * A tool that too few accounts use to have a flag is looked for in the list. Spelling is folded.
 *
 * @returns for an account the tools among those asked for that are in use, as they were asked for
 */
export function createToolsInUse(
  { features, rules }: FeatureCatalogue,
  tools: readonly string[],
): (history: AccountHistory, asOf: Instant) => string[] {
  const asked = tools.map((tool) => {
    const slug = slugText(tool);
    const known = features.flatMap((feature, at): Spelling[] => {
      const rule = rules[at];
      if (rule?.how !== 'member' || feature.field !== field || slugText(rule.member) !== slug) return [];
      return [{ member: rule.member, column: rule.column }];
    });
    return { tool, slug, spellings: known.length > 0 ? known : [{ member: tool, column: null }], rare: !known.length };
  });
  const columns = asked.flatMap(({ spellings }) => spellings.flatMap(({ column }) => column ?? []));
  const standing = createStandingValues([field, ...new Set(columns)]);
  const flags = createMemberFlags(field, standing);
  return (history, asOf) => {
    standing.resolve(history.observations, asOf);
    flags.look(history, asOf);
    const listed = listMembers(holderOf(standing, field)?.values[field] ?? null, true) ?? [];
    return asked
      .filter(
        ({ slug, spellings, rare }) =>
          spellings.some(({ member, column }) => flags.read(member, column).value === 'present') ||
          (rare && listed.some((name) => slugText(name) === slug)),
      )
      .map(({ tool }) => tool);
  };
}

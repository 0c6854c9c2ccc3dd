import { foldText } from './features/clean-text.ts';
import type { Hypothesis } from './hypothesis.ts';
import type { Feature } from './types.ts';

/**
 * The same written ICP with its values spelt as the book spells them: `FinTech` finds `Fintech`.
 *
 * Who writes an ICP does not look up how a CRM writes its industries. A value that the book does not have stays as it is,
 * and holds for nobody.
 */
export function spellAsBook(hypothesis: Hypothesis, features: readonly Feature[]): Hypothesis {
  const spellings = new Map(
    features.map(({ key, levels = [] }) => [key, new Map(levels.map((level) => [foldText(level), level]))]),
  );
  return {
    ...hypothesis,
    rules: hypothesis.rules.map((rule) => {
      const levels = spellings.get(rule.key);
      if (levels === undefined || !('is' in rule.when)) return rule;
      const is = rule.when.is.map((value) => levels.get(foldText(value)) ?? value);
      return { ...rule, when: { is: [...new Set(is)] } };
    }),
  };
}

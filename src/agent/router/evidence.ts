import { type Concept, conceptsIn } from './concepts.ts';
import type { Intent } from './intents.ts';

/** Concepts that together speak for an intent, and those beside which they say nothing. */
interface Evidence {
  weight: number;
  all: readonly (Concept | 'filter')[];
  none?: readonly (Concept | 'filter')[];
}

/** What counts as evidence, whatever the words. The weights are those of the cues: 2 is enough where nothing rivals it. */
const evidence: Readonly<Partial<Record<Intent, readonly Evidence[]>>> = {
  explain: [
    { weight: 2, all: ['score'] },
    { weight: 2, all: ['cause'] },
    { weight: 2, all: ['factor'] },
    { weight: 2, all: ['verdict'], none: ['data'] },
  ],
  compare: [{ weight: 1.5, all: ['comparison'] }],
  history: [
    { weight: 2.4, all: ['past'], none: ['score', 'extreme'] },
    { weight: 2.5, all: ['past', 'cause'], none: ['score'] },
  ],
  list: [
    { weight: 2, all: ['select', 'who', 'extreme'] },
    { weight: 2, all: ['select', 'who', 'action'] },
    { weight: 2, all: ['select', 'who', 'owned'] },
    { weight: 2, all: ['extreme', 'who'], none: ['matter', 'factor', 'method', 'data'] },
    { weight: 2.2, all: ['filter', 'who'] },
    { weight: 2, all: ['filter', 'select'] },
    { weight: 2.2, all: ['filter', 'extreme'] },
  ],
  criteria: [
    { weight: 2.5, all: ['matter', 'score'] },
    { weight: 2, all: ['matter', 'field'], none: ['quality'] },
    { weight: 2, all: ['matter', 'factor'] },
    { weight: 2, all: ['factor'], none: ['quality'] },
    { weight: 2, all: ['factor', 'score'] },
    { weight: 2.5, all: ['method', 'score'] },
    { weight: 2.2, all: ['cause', 'score'], none: ['filter', 'count', 'past'] },
    { weight: 2.2, all: ['ideal'], none: ['owned', 'count'] },
  ],
  coverage: [
    { weight: 2.5, all: ['data', 'quality'] },
    { weight: 2.5, all: ['data', 'extent'], none: ['score'] },
    { weight: 2.5, all: ['count', 'outcome'], none: ['score'] },
    { weight: 2, all: ['data', 'count'] },
    { weight: 2, all: ['data', 'have'] },
    { weight: 2, all: ['field', 'have'], none: ['matter', 'factor', 'who', 'method'] },
    { weight: 2, all: ['field', 'quality'], none: ['matter', 'factor', 'who'] },
    { weight: 1.5, all: ['data'] },
  ],
  words: [{ weight: 3.2, all: ['meaning'] }],
};

// "are they good", "does this count": something was pointed at that nobody named.
const pointing =
  '^(?:and |so )?(?:does|do|is|was|are|were|has|have|can) (?:this|that|it|they|these|those|he|she)\\b(?! (?:data|model|icp|scoring|crm|true that))|\\b(?:he|she|him|they|them)\\b';

/** What an intent cannot be about: a list gives no reasons, a count of everything is no count of some, and criteria are nobody's. */
export const vetoes: Readonly<Partial<Record<Intent, RegExp>>> = {
  list: /\b(?:why|how come|reasons?|explain|how long|how much|what makes?|what(?:'s| is) an?|on what|rules?)\b/,
  criteria: new RegExp(`${pointing}|^(?:\\w+ )?how many\\b`),
  coverage: new RegExp(
    `${pointing}|\\b(?:why|how come|reasons?)\\b|\\bhow many\\b.*\\b(?:in|from|with|by|per|did [a-z]+ (?!lose|win|have|get))\\b(?! (?:the |our |your |this )?(?:data|crm|records?|database|total|all|file|system|model|here|there|history|past|books?))`,
  ),
  explain: /\bwhere (?:is|are) ACCT\b(?!.*\b(?:stand|rank|sit|land|place|list|tier|scor)\w*)/,
};

/** The weights of the evidence that a question gives for each intent. */
export function evidenceIn(question: string): (intent: Intent) => readonly number[] {
  const said = new Set<Concept | 'filter'>(conceptsIn(question.replace(/\b(?:ACCT|OWNER|VALUE|TERM)\b/g, ',')));
  if (
    /\b(?:OWNER|VALUE|tiers? (?:[123]|one|two|three)|primary|nurture|excluded|fit, early|off-profile)\b/.test(question)
  )
    said.add('filter');
  const holds = ({ all, none = [] }: Evidence): boolean =>
    all.every((concept) => said.has(concept)) && !none.some((concept) => said.has(concept));
  return (intent) => (evidence[intent] ?? []).filter(holds).map(({ weight }) => weight);
}

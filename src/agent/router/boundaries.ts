/** What a conversation does not do, and what it cannot answer yet. Both are said, neither is guessed at. */
export interface Boundary {
  reason: 'decision' | 'not yet' | 'not ours';
  /** In words, after "I": `cannot approve or change anything from a message`. */
  text: string;
}

const decisions: readonly RegExp[] = [
  /^(?:please |can you |could you |would you |will you |go ahead and |just |now |i want you to |let's |lets |i'd like (?:you )?to )*(?:approve|reject|publish|activate|push|sync|delete|remove|erase|drop|overwrite|override|undo|roll ?back|set|change|update|edit|move|promote|demote|upgrade|downgrade|mark|assign|reassign|merge|create|add|import|export|rename|rescore|disable|enable|accept|raise|lower|increase|decrease|make|turn|bump|flag|forget|wipe|close)\b(?! (?:me|us|sense|sure)\b)/,
  /\b(?:and|then) (?:please )?(?:approve|reject|publish|activate|push|sync|delete|remove|overwrite|override|set|change|update|move|promote|demote|mark|assign)\b/,
  /\b(?:approve|reject|publish|override) (?:it|this|that|them|all|everything|the|proposal|change)\b/,
];

const notYet: readonly (readonly [RegExp, string])[] = [
  [/\bsegments?\b|\bclusters?\b|\bcohorts?\b/, 'segments'],
  [
    /\b(?:patterns?|trends?)\b|\bwhy (?:are|do|did|have) we (?:keep |been )?(?:losing|lose|lost|churning)\b(?!.*ACCT)|\b(?:loss|churn|win|lost) (?:reasons?|themes?|patterns?)\b|\b(?:reasons?|why)\b.*\b(?:customers|accounts|clients|they all|people) (?:churn|leave|left|cancel)\b/,
    'patterns of losses and churn',
  ],
  [
    /\bwin rates?\b|\bconversion rates?\b|\bforecasts?\b|\bpipeline\b|\bquota\b|\brevenue\b/,
    'win rates over time, pipeline and forecasts',
  ],
  [/\bdrift(?:ed|ing|s)?\b|\bmarket (?:moved|shifted|changed)\b|\bshift(?:ed|ing)?\b|\bstale\b/, 'drift of the market'],
  [
    /\bproposals?\b|\b(?:proposed|suggested|pending) changes?\b|\bsimulat\w+\b|\bwhat if\b|\bdry run\b/,
    'proposals and dry runs',
  ],
  [
    /\b(?:score|tier|rank\w*|points|it|ACCT)\b.*\b(?:changed?|moved|dropped|risen|rose|fell|fallen|jumped|went (?:up|down)|gone (?:up|down)|since)\b(?=.*\b(?:since|from|last|week|month|quarter|yesterday|spring|summer|autumn|winter|why|did|has|have)\b|)|\bwhat(?:'s| has|s)? changed\b|\bwhy\b.*\b(?:drop(?:ped)?|change[ds]?|fell|rise|rose)\b/,
    'how a score changed between two days',
  ],
  [
    /\bwhat would it take\b|\bhow (?:can|could|do|would) (?:we|i|ACCT|it|they)\b.*\b(?:become|reach|get (?:in)?to|move up|raise)\b|\bget ACCT (?:in)?to tier\b/,
    'what it would take to move an account',
  ],
  [
    /\b(?:twins?|look-?alikes?|similar (?:to|accounts)|(?:accounts|companies) like ACCT|resembl\w+)\b/,
    'twins and look-alikes',
  ],
  [
    /\b(?:at risk|churn (?:watch|risk|alerts?)|(?:about|going|likely) to (?:churn|leave|cancel|renew|expand)|might (?:churn|leave)|will (?:churn|leave|renew|expand|buy|close)|upsell|cross-sell|expansions?|expand next)\b/,
    'churn warnings and expansion',
  ],
  [/\bemerging\b|\bbacktest\w*\b|\bcalibrat\w+\b|\bimpact\b|\broi\b/, 'backtests, calibration and impact'],
];

const notOurs: readonly RegExp[] = [
  /^(?:please |can you |could you |would you |will you |help me )*(?:write|draft|compose|send|email|e-mail|message|post|book|schedule|translate|sing|invite|ping)\b|^remind me (?:to|about|on|at|in)\b/,
  /\b(?:weather|joke|poem|recipe|football|stock price|news|song|password|api key|secret|system prompt|your instructions|your prompt)\b/,
];

/** The boundary that a question meets, if any. Account names stand in it as `ACCT`. */
export function boundaryOf(question: string): Boundary | null {
  const text = question.toLowerCase().replace(/\bacct\b/g, 'ACCT');
  if (decisions.some((pattern) => pattern.test(text))) {
    return {
      reason: 'decision',
      text: 'I do not change, approve or delete anything from a message. A person who may decide does that with a button.',
    };
  }
  if (notOurs.some((pattern) => pattern.test(text))) {
    return {
      reason: 'not ours',
      text: 'That is not something I do. I answer questions about accounts, their scores and what the scores rest on.',
    };
  }
  const later = notYet.find(([pattern]) => pattern.test(text));
  if (!later) return null;
  return { reason: 'not yet', text: `Questions about ${later[1]} are not answered yet, so I would rather not guess.` };
}

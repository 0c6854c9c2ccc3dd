const who = '(?:ACCT|who|which|accounts?|customers?|clients?|companies|company|they|we|it|anyone|deals?)';

/** Questions that are not answered yet: how they are told from the others, and what they are about in words. */
const later: readonly (readonly [RegExp, string])[] = [
  [/\bsegment(?:s|ation)?\b|\bclusters?\b|\bcohorts?\b/, 'segments'],
  [
    /\b(?:patterns?|trends?|trending)\b|\bwhy (?:are|do|did|have) we (?:\w+ )?(?:losing|lose|lost|churning|win|winning)\b(?!.*ACCT)|^(?!.*ACCT).*\b(?:loss|churn|win|lost) (?:reasons?|themes?|patterns?)\b|^(?!.*ACCT).*\b(?:reasons?|why)\b.*\b(?:customers|accounts|clients|they all|people|companies) (?:churn|leave|left|cancel|buy|lose)\b|\bwhich (?:industries|regions|countries|verticals|sectors|technologies|sources|channels|reps|sizes)\b.*\b(?:win|wins|convert|close|churn|buy|lose|perform|best|most)\b|\bchurn\w* (?:by|per)\b|\blosing (?:to|against)\b/,
    'patterns of losses and churn',
  ],
  [
    /\bwin[- ]rates?\b|\b(?:conversion|close|churn|retention|renewal)[- ]rates?\b|\bforecast\w*\b|\bpipeline\b|\bquotas?\b|\brevenue\b(?! (?:field|column|band|data))|\b(?:arr|mrr|bookings|commit)\b|\baverage\b|\bmedian\b|\bavg\b|\bhow long (?:does|do) (?:a|our|the) (?:deal|sale|cycle)/,
    'win rates, averages, pipeline and forecasts',
  ],
  [
    /\bdrift(?:ed|ing|s)?\b|\b(?:market|icp|model|profile) (?:\w+ )?(?:moved|shifted|changed|shifting|moving|changing|evolved)\b|\bshift(?:ed|ing|s)?\b|\bstale model\b/,
    'drift of the market',
  ],
  [
    /\b(?:suggest|recommend) (?:an? |some |new |better |any )*(?:changes?|model|weights?|icp|improvements?|better|new)\b|\bwhat would you (?:change|improve)\b|\bsimulat\w+\b|\bwhat if\b|\bwhat happens (?:if|when)\b|\bdry[- ]run\b|\bif we (?:ignored|dropped|removed|changed|raised|lowered|used)\b/,
    'a change that nobody has proposed',
  ],
  [
    /\b(?:score|tier|rank\w*|points|it|ACCT)\b.*\b(?:changed?|moved|dropped|risen|rose|fell|fallen|jumped|climbed|slipped|went (?:up|down)|gone (?:up|down)|going (?:up|down)|since)\b|\bwhat(?:'s| has|s)? changed\b|\bwhy\b.*\b(?:drop(?:ped)?|change[ds]?|fell|rise|rose)\b|\b(?:went|going|gone|moved|moving|jumped|slid|up|down) (?:up|down|a tier|in score|\d+ points?)\b|\b(?:lose|lost|losing|gain|gained|gaining|drop|dropped)\b.*\bpoints\b|\bmovers\b|\bover time\b|\b(?:heating|warming|cooling|speeding) (?:up|down|off)\b|\bshrinking\b/,
    'how a score changed between two days',
  ],
  [
    /\bwhat would it take\b|\bhow (?:can|could|do|would|should|might|to)\b.*\b(?:become|reach|get|move up|raise|improve|increase|boost|turn|grow|lift|win (?:over|back))\b.*\b(?:ACCT|tier|score|points|more)\b|\bget ACCT (?:in)?to tier\b|\bwhat (?:must|needs?|should|has|would|can|could|does) ACCT\b.*\b(?:do|change|need|happen|arrive|reach)\b|\b(?:to|for) (?:arrive|reach|become|get (?:in)?to|make it (?:in)?to|move (?:in|up)?to) (?:in )?(?:the )?tier\b/,
    'what it would take to move an account',
  ],
  [
    /\b(?:twins?|look-?alikes?|look alikes?|similar (?:to|accounts|companies|ones|customers)|(?:accounts|companies|ones|more) like ACCT|resembl\w+)\b|\b(?:who|which|anyone|accounts|companies)\b.*\blooks? (?:like|similar)\b(?= (?:our|ACCT|my|the))/,
    'twins and look-alikes',
  ],
  [
    new RegExp(
      `\\bat risk\\b|\\b(?:likely|likelihood|chances?|odds|probability|risk|danger)\\b.*\\b(?:churn\\w*|leav\\w+|cancel\\w*|renew\\w*|clos\\w+|expand\\w*|lose|losing)\\b|\\bhow will\\b|\\bwill (?:the|our)\\b|\\bwould happen\\b|\\bpredict (?:which|who|what|how)\\b|\\brisky\\b|\\bchurn (?:watch|risk|alerts?|prediction)\\b|\\b(?:going|about|likely|set|ready|due|expected|planning) to (?:churn|leave|cancel|renew|expand|buy|close|sign|go|quit)\\b|\\bmight (?:churn|leave|cancel)\\b|\\b(?:will|won't|'ll) ${who}\\b|\\b${who} (?:will|won't)\\b|\\bupsell|\\bcross-?sell|\\bexpansions?\\b|\\bexpand next\\b|\\b(?:should|could|can) (?:we|i) (?:expand|grow|renew)\\b|\\bto expand\\b|\\brenewals?\\b|\\bnext (?:quarter|year|month|half)\\b|\\bnear future\\b|\\bnext \\d+ (?:days|weeks|months)\\b`,
    ),
    'what accounts will do: churn warnings, renewals and expansion',
  ],
  [/\bemerging\b|\bbacktest\w*\b|\bcalibrat\w+\b|\bimpact of\b|\broi\b/, 'backtests, calibration and impact'],
];

/** What a question that cannot be answered yet is about, in words; nothing for any other. Account names stand in it as `ACCT`. */
export function laterTopic(question: string): string | null {
  return later.find(([pattern]) => pattern.test(question))?.[1] ?? null;
}

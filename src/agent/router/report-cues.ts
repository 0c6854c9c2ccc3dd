import type { ReportTopic } from '../../questions/report-card.ts';
import { gettingBetter, oldAndNewScoring } from './scoring-cues.ts';

/** Where a question about the findings goes. */
export interface ReportRoute {
  tool: string;
  args: Readonly<{ topic?: ReportTopic; about?: string; outcome?: string; segment?: string; version?: number }>;
}

const customers = '(?:customers?|clients?|accounts?|companies|people|they all|who)';
const leaving = '(?:churn\\w*|leav\\w+|left|cancel\\w*|quit\\w*)';
const growing = '(?:expand\\w*|expansions?|upsell\\w*|cross-?sell\\w*|upgrad\\w+|buy (?:\\w+ )?more|grow with us)';

const toolOf: Readonly<Record<ReportTopic, string>> = {
  segments: 'describe_segments',
  losses: 'describe_findings',
  'churn-patterns': 'describe_findings',
  'anti-patterns': 'describe_findings',
  causal: 'describe_findings',
  importance: 'describe_findings',
  correlations: 'describe_findings',
  hypotheses: 'describe_findings',
  anomalies: 'describe_findings',
  'misleading-leads': 'describe_customers',
  'churn-watch': 'describe_customers',
  expansions: 'describe_customers',
  expanded: 'describe_customers',
  drift: 'model_health',
  calibration: 'model_health',
  backtest: 'model_health',
  scorings: 'model_health',
  impact: 'model_health',
  bias: 'model_health',
  values: 'model_health',
  revenue: 'model_health',
  freshness: 'model_health',
  'why-changed': 'explain_account',
  'what-would-it-take': 'explain_account',
  'missing-fields': 'model_health',
  twins: 'explain_account',
  early: 'model_health',
  disagreements: 'model_health',
  answers: 'model_health',
  overrides: 'model_health',
  governance: 'model_health',
  changes: 'show_proposals',
  simulate: 'show_proposals',
  models: 'show_proposals',
  routing: 'show_proposals',
  health: 'model_health',
  'outreach-test': 'model_health',
};

const theseDays = '(?:now|right now|currently|this month|these days|lately|at the moment|than usual)';
const whoOrWhatKind = '(?:who|(?:which|what) (?:kinds?|sorts?|types?|segments?|groups?)\\b.*)';

/** Who buys now, and not who buys this or that. */
const buying = new RegExp(
  `\\bbuying mix\\b|\\b${whoOrWhatKind}(?:'s| is| are) (?:\\w+ )?buying(?: more)?(?: ${theseDays})*\\W*$|\\b${whoOrWhatKind} (?:buys?|bought)(?: more)?(?: ${theseDays})+\\W*$`,
);

/** What came of what we said, which was said at two moments. */
const howGood =
  /\bhow (?:good|accurate|right|reliable|well|far off) (?:are|were|was|have|did) we\b(?! (?:at|with|in|on|against|for|to)\b)|\b(?:were|are) we right\b/;

/** One version of the ICP by its number, and not a release of somebody's product. */
const numberedVersion = /\b(?:model|version|model version) #?(\d{1,4})\b(?!\.\d)/;

/** How people ask for what was found, the particular before the general. */
const cues: readonly (readonly [ReportTopic, RegExp])[] = [
  [
    'governance',
    /\bgovernance\b|\bplaybook\b|\bwho (?:owns|looks after|reviews) (?:the |our )?(?:signals?|definitions?|criteria)\b|\bwhat happens (?:at|in|to|with|for) (?:accounts? (?:in|of) )?tier [123]\b/,
  ],
  ['overrides', /\b(?:which|what|how (?:often|many|good)|were|are|list|show)\b.*\boverrid(?:es?|den)\b/],
  [
    'causal',
    /\bcaus(?:e|es|al|ality|ation)\b(?!.*ACCT)|^(?:is|are) .+ causing\b|^does .+ (?:really |actually )?(?:drive|bring|lead to)\b/,
  ],
  ['correlations', /\bcorrelat\w+|\bgo(?:es)? (?:together|along|hand in hand) with\b/],
  [
    'importance',
    /\b(?:feature|permutation|variable) importance\b|\bimportance ranking\b|\b(?:rank|sort|order) (?:(?:our|the|all|my|these|icp|scoring) )*criteri(?:a|on)\b|\branking of (?:(?:our|the|all|my) )*criteria\b/,
  ],
  ['hypotheses', /\bhypothes[ie]s\b/],
  ['anomalies', buying],
  ['anomalies', /\banomal\w+|\b(?:odd|unusual|strange|weird) (?:weeks?|months?|days?)\b|\boutliers?\b/],
  [
    'disagreements',
    /\bdisagree\w*\b.*\b(?:reps?|sales|model)\b|\b(?:reps?|sales)\b.*\bdisagree\w*|\bwhy (?:are|do|did) (?:the |our )?(?:reps?|sales|sdrs?) (?:\w+ )?(?:reject|turn(?:ing)? down|declin)\w*|\brejecting tier\b/,
  ],
  ['answers', howGood],
  [
    'answers',
    /\bacceptance rates?\b|\b(?:accept|reject)\w*\b.*\bleads\b.*\b(?:by|per) (?:tier|reps?|weeks?|reasons?)\b|\bwhat (?:do|did) (?:the |our )?(?:reps?|sales) say (?:of|about) (?:the |our |their )?leads\b|\bleads\b.*\b(?:do|did|have) (?:the |our )?(?:reps?|sales) (?:accept|reject)\w*/,
  ],
  ['misleading-leads', /\b(?:leads?|mqls?)\b.*\b(?:look|looks|looking) (?:ideal|perfect|good)\b|\bmisleading leads\b/],
  [
    'missing-fields',
    /\b(?:which|what) (?:missing )?(?:fields?|data) (?:is|are|would be|should we) (?:worth|enrich|most worth)\w*|\bworth (?:enriching|finding out)\b/,
  ],
  [
    'freshness',
    /\bhow (?:fresh|stale) (?:is|are) (?:the |our |your |this )?(?:data|scores?|signals?|criteria)\b|\bstale (?:criteri(?:a|on)|signals?|sources?|weights?)\b|\b(?:which|what|any|list|show|are|have)\b.*\b(?:criteria|signals|sources)\b.*\b(?:stale|outdated|out of date|too old|gone silent|expired)\b|\bfreshness\b/,
  ],
  ['early', /\bwho is (?:early|off-profile)\b|\bright (?:kind|fit) but not (?:moving|active|ready)\b/],
  [
    'outreach-test',
    /\b(?:60|sixty|ninety|90|thirty|30)[- ]day test\b|\boutreach test\b|\bhow (?:does|is|did) (?:the |our )?test (?:go|going|doing|end)\b/,
  ],
  [
    'health',
    /\b(?:positive )?(?:reply|response)[- ]rates?\b|\bpositive replies\b|\bdoes (?:our |the )?(?:outreach|targeting|messaging) work\b|\b(?:targeting|outreach) health\b|\bmeetings?\b.*\b(?:next steps?|pipeline)\b/,
  ],
  ['anti-patterns', /\banti-?patterns?\b|\bhigh[- ]risk (?:profiles?|accounts|companies)\b/],
  [
    'churn-patterns',
    new RegExp(
      `\\b${leaving} (?:reasons?|patterns?|themes?)\\b|\\bpatterns? (?:of|in|behind|among) (?:the )?(?:churn|leav\\w+|cancel\\w+)|\\b(?:reasons?|why)\\b.*\\b${customers} ${leaving}|\\bwhat do (?:our |the )?churned`,
    ),
  ],
  [
    'losses',
    /\b(?:loss|lost[- ]deals?) (?:reasons?|patterns?|themes?)\b|\bpatterns? (?:of|in|behind|among) (?:the |our )?(?:loss|lost)|\bwhy (?:are|do|did|have) we (?:\w+ )?(?:losing|lose|lost)\b(?!.*\bpoints?\b)|\blosing (?:to|against)\b|\bwhat (?:do|have) (?:our |the )?lost deals\b/,
  ],
  [
    'routing',
    /\b(?:lead )?(?:routing|assignment) rules?\b|\b(?:how|where) (?:are|do) (?:our |the )?leads (?:routed|go)\b/,
  ],
  ['backtest', gettingBetter],
  ['scorings', oldAndNewScoring],
  [
    'models',
    /\b(?:versions?|history) of (?:the |our )?(?:icp|model)\b|\bwhich (?:icp|model)? ?version\b|\bwhat (?:has )?changed in (?:the |our )?icp\b|\btraining log\b|\b(?:when|how often) (?:was|is|were) (?:the |our )?(?:icp|model)s? (?:last )?(?:re)?(?:trained|learnt|learned)\b/,
  ],
  ['models', numberedVersion],
  [
    'changes',
    /\b(?:pending|proposed|suggested|waiting|weekly|icp) (?:icp )?(?:changes?|proposals?)\b|\bproposals?\b|\bwhat (?:is|are|do we have) (?:to|waiting to be) (?:approve|decide)d?\b/,
  ],
  [
    'expanded',
    /\b(?:expansions?|upsells?|cross-?sells?)\b.*\b(?:last|this|past|recent)\b|\b(?:last|past|recent)\b.*\b(?:expansions?|upsells?)\b|\b(?:who|which|what)\b.*\b(?:expanded|bought more|upgraded)\b/,
  ],
  ['segments', /\bsegment(?:s|ation)?\b|\bclusters?\b|\bcohorts?\b|\bemerging\b/],
  ['bias', /\bbias(?:ed)?\b/],
  ['backtest', /\bback-?test\w*\b/],
  [
    'calibration',
    /\bcalibrat\w+|\bhow (?:good|accurate|right|reliable|far off) (?:are|were|was|is) (?:we|you|your predictions?|the predictions?|the (?:model|scores?)'?s? (?:predictions?|forecasts?))\b|\b(?:prediction|model|scoring) accuracy\b/,
  ],
  ['revenue', /\brevenue per account\b/],
  ['values', /\bstage (?:values?|weights?)\b/],
  [
    'drift',
    /\bdrift(?:ed|ing|s)?\b|\b(?:market|icp|model|profile) (?:\w+ )?(?:moved|shifted|shifting|moving|evolved)\b|\bhas the (?:market|icp|model|profile) changed\b/,
  ],
  [
    'churn-watch',
    /\bat risk\b|\b(?:churned|former|departed) customers\b|\bwho (?:has |have )?(?:churned|left us)\b|\bchurn (?:watch|risks?|alerts?|warnings?|prediction)\b|\bgonna (?:churn|leave|cancel)\b|\b(?:who|which|what|any|list|show)\b.*\b(?:will|might|may|could|likely to|about to|going to) (?:\w+ )?(?:churn|leave|cancel|quit)\b/,
  ],
  ['expansions', new RegExp(`\\b(?:who|which|what|any|list|show|should we|can we|could we|ready)\\b.*\\b${growing}`)],
  [
    'impact',
    /\bwin[- ]rates?\b|\b(?:conversion|close)[- ]rates?\b|\b(?:average|median|avg|typical)\b.*\b(?:deal|contract|acv|cycle)\b.*\bby tier\b|\bimpact of\b|\broi\b|\bpipeline coverage\b/,
  ],
];

const doesCause =
  /^(?:so |and )?(?:does|do|is|are|did) (?:the |an? |having |our |their )?(.+?) (?:really |actually |truly |a |the )?(?:caus\w+|drive\w*|bring\w*|lead\w* to)\b/;

/** What is said to be caused. */
const afterCausing = /.*\b(?:caus\w+|drive\w*|bring\w*|lead\w* to)\b(.*)$/;

const outcomes: readonly (readonly ['expansion' | 'churn' | 'acceptance' | 'winning', RegExp])[] = [
  ['expansion', new RegExp(`\\b${growing}\\b|^\\W*(?:(?:the|our|customer|account) )*growth\\b`)],
  ['churn', new RegExp(`\\b(?:${leaving})\\b`)],
  ['acceptance', /\baccept\w*\b/],
  ['winning', /\b(?:win|wins|winning|won|buy|buying|convert\w*|conversions?|clos(?:e|ed|ing))\b/],
];

const namedSegment = /^(?:please )?(?:show|describe|explain)(?: me)?(?: the)? segment ["“]?([^"”?]+)/i;

const asksForMeaning = /\b(?:define|definition|meaning|means?)\b/;

/** A part of the book by a value of its own, which a report about all of it would not answer. */
const narrows =
  /\b(?:losing|lose|lost|churn\w*|leav\w+|buying) (?:\w+ )?in (?!general\b|total\b|the\b|our\b|this\b|all\b)\w+/;

/** What may be asked of one account beside why: each with its pattern. */
const accountCues: readonly (readonly [ReportTopic, RegExp])[] = [
  [
    'what-would-it-take',
    /\bwhat would it take\b|\bhow (?:can|could|do|would|should|might|to)\b.*\b(?:become|reach|get|move up|raise|improve|increase|boost|lift)\b.*\b(?:tier|score|points)\b|\bget acct (?:in)?to tier\b|\bwhat (?:must|needs?|should|has|would|can|could) acct\b.*\b(?:do|change|need|happen|arrive|reach)\b/,
  ],
  [
    'twins',
    /\b(?:twins?|look-?alikes?|look alikes?)\b|\b(?:similar to|resembl\w+|looks? like|most like|(?:accounts|companies|customers|ones|more) like) acct\b|\bwho (?:is|does) acct (?:look )?like\b/,
  ],
  ['missing-fields', /\bworth (?:enriching|finding out)\b|\bwhich missing field\b/],
  [
    'why-changed',
    /^(?!.*\bchange my mind\b).*\b(?:score|tier|rank\w*|points|it|acct)\b.*\b(?:changed?|dropped|risen|rose|fell|fallen|jumped|climbed|slipped|went (?:up|down)|gone (?:up|down))\b|\bwhat(?:'s| has|s)? changed\b|\bwhy (?:did|has|is) acct\b.*\b(?:drop|change|fall|rise|lose|gain|lost|gained)\b/,
  ],
];

/**
 * What is asked of one account beside why; `null` for any other question. The account stands in it as `ACCT`.
 *
 * @example accountReportOf('what would it take to get ACCT to tier 1'); // => { tool: 'explain_account', args: { ask: 'what-would-it-take', tier: 1 } }
 */
export function accountReportOf(
  question: string,
): { tool: string; args: Readonly<Record<string, string | number>> } | null {
  const text = question.toLowerCase();
  if ((text.match(/\bacct\b/g) ?? []).length !== 1) return null;
  const ask = accountCues.find(([, pattern]) => pattern.test(text))?.[0];
  if (ask === undefined) return null;
  const tier = ask === 'what-would-it-take' ? /\btier ([12])\b/.exec(text)?.[1] : undefined;
  return { tool: 'explain_account', args: { ask, ...(tier === undefined ? {} : { tier: Number(tier) }) } };
}

/** The tier that a question names, for what happens at it. */
function tierIn(text: string): string | undefined {
  return /\btier [123]\b/.exec(text)?.[0];
}

/** What narrows a report to one thing. */
function aboutOf(topic: ReportTopic, text: string): string | undefined {
  switch (topic) {
    case 'causal':
      return doesCause.exec(text)?.[1];
    case 'correlations':
      return outcomeIn(/\bwith\b(.*)$/.exec(text)?.[1] ?? text);
    case 'anomalies':
      return buying.test(text) ? 'who is buying' : undefined;
    case 'answers':
      return howGood.test(text) ? 'how good we were' : undefined;
    case 'governance':
      return tierIn(text);
    default:
      return undefined;
  }
}

/** The outcome that words speak of, as the reports call it. */
function outcomeIn(text: string): string | undefined {
  return outcomes.find(([, pattern]) => pattern.test(text))?.[0];
}

/**
 * The report that a question is after; `null` for any other. Account names stand in it as `ACCT`.
 *
 * @example reportOf('does funding cause growth'); // => { tool: 'describe_findings', args: { topic: 'causal', about: 'funding', outcome: 'expansion' } }
 * @example reportOf('why ACCT'); // => null
 */
export function reportOf(question: string): ReportRoute | null {
  if (/\bACCT\b/.test(question)) return null;
  const text = question.toLowerCase();
  if (asksForMeaning.test(text) || narrows.test(text)) return null;
  const topic = cues.find(([, pattern]) => pattern.test(text))?.[0];
  if (topic === undefined) return null;
  const tool = toolOf[topic];
  if (topic === 'segments') {
    const name = namedSegment.exec(question)?.[1]?.trim();
    return { tool, args: name === undefined ? {} : { segment: name } };
  }
  const about = aboutOf(topic, text);
  const version = topic === 'models' ? numberedVersion.exec(text)?.[1] : undefined;
  const outcome = topic === 'causal' ? outcomeIn(afterCausing.exec(text)?.[1] ?? '') : undefined;
  return {
    tool,
    args: {
      topic,
      ...(about === undefined || about.length > 60 ? {} : { about }),
      ...(version === undefined ? {} : { version: Number(version) }),
      ...(outcome === 'expansion' || outcome === 'winning' ? { outcome } : {}),
    },
  };
}

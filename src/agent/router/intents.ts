/** What a question may be after. Each has the tool that answers it. */
export const intents = ['explain', 'compare', 'list', 'criteria', 'coverage', 'history', 'words'] as const;
export type Intent = (typeof intents)[number];

export const toolOfIntent: Readonly<Record<Intent, string>> = {
  explain: 'explain_account',
  compare: 'compare_accounts',
  list: 'find_accounts',
  criteria: 'describe_criteria',
  coverage: 'describe_data',
  history: 'show_history',
  words: 'explain_words',
};

/** A pattern in the question, with how much it speaks for the intent. Accounts stand in the question as `ACCT`. */
export interface Cue {
  pattern: RegExp;
  weight: number;
}

const cue = (weight: number, pattern: RegExp): Cue => ({ weight, pattern });
const who = '(?:accounts?|compan(?:y|ies)|customers?|prospects?|targets?|firms?|business(?:es)?|clients?|leads?|names)';

/** Questions that are about one account, about two, and about none. Two is "this alone is enough". */
export const cues: Readonly<Record<Intent, readonly Cue[]>> = {
  explain: [
    cue(2, /ACCT\W+(?:(?:is|a|any|really) )*(?:good|bad|right|wrong|great|poor)\b/),
    cue(2, /\b(?:what|how) did ACCT (?:get|do|score|fare)\b/),
    cue(4, /\bwhat(?:'s| is|s) the (?:deal|story|matter|verdict|take) (?:with|on)\b.*ACCT(?!.*\bdeals?\b)/),
    cue(
      2,
      /\b(?:speaks|counts|goes|works) (?:against|for|in favou?r of)\b.*ACCT|\b(?:justify|justifies|brief|briefing|prepare|prep|rationale|argument|case)\b.*ACCT|ACCT.*\b(?:brief|briefing|justif\w+)\b/,
    ),
    cue(2, /\b(?:how likely|likely|chances?|odds|likelihood)\b.*ACCT/),
    cue(
      2,
      /^(?:icp )?(?:fit|match|evidence|strengths?|weakness(?:es)?|pros|cons)\b.*ACCT|ACCT.*\b(?:evidence|strengths?|weakness(?:es)?|pros and cons)\b/,
    ),
    cue(
      2,
      /^(?:(?:please|hey|so|and|ok|okay|now|again|just|what|about|how|the|for|on|of|quick|one|more|me|is|it|\d+)\W+)*ACCT(?:\W+(?:please|now|again|quick|come|on|really|right|seriously|thanks|huh|\d+))*\W*$/,
    ),
    cue(2, /\bwhy\b.*ACCT/),
    cue(2, /ACCT.*\bwhy\b/),
    cue(2, /\b(?:explain|score|rating|rate|rank|grade|points?|tier|breakdown|break|number|bucket|band|level)\b.*ACCT/),
    cue(
      2,
      /ACCT.*\b(?:score[sd]?|rated?|rating|rank(?:ed|s)?|grade|points?|tier|breakdown|number|bucket|band|level|fit|match)\b/,
    ),
    cue(2, /\b(?:how come|what makes|what made|what's behind|behind|reasons?)\b.*ACCT/),
    cue(
      2,
      /\b(?:how good|how well|how strong|how hot|how is|hows|how's|where does|where do)\b.*ACCT|\bhow (?:does|do|did) ACCT (?:score|rank|rate|look|stand|fit|do|fare|come|get|end|land|compare|measure|perform|qualify)\b|^what(?:'s| is) ACCT at\b/,
    ),
    cue(
      2,
      /\b(?:worth|should (?:i|we)|good (?:fit|match|bet|prospect|target|lead)|ideal|priority|bother|pursue|chase|call)\b.*ACCT|ACCT.*\b(?:worth|good (?:fit|match|bet|prospect|target|lead)|priority|ideal|any good)\b/,
    ),
    cue(2, /\b(?:talk|walk|take) (?:me|us) through\b.*ACCT/),
    cue(
      2,
      /\b(?:dragging|drags|pulling|pulls|holding|holds|lifting|lifts|pushing|pushes|hurting|hurts|helping|helps|brings?|bringing|keeps?|keeping|weighs?|weighing|counts?|speaks?|working)\b.*ACCT|ACCT.*\b(?:down|up|back)\b/,
    ),
    cue(
      2,
      /ACCT.*\b(?:explain\w*|reasons?|details?|hot|cold|warm|promising|interesting|attractive|solid|figure|result|primary|nurture|excluded)\b/,
    ),
    cue(
      2,
      /\b(?:details?|figure|result|version|summary|low-?down|believe|time|effort|hot|think|thoughts?|opinion|view|take|verdict|assess\w*|judge\w*)\b.*\b(?:of|on|for|about|in|with|around|to)\b.*ACCT/,
    ),
    cue(1.7, /^(?:is|isn't|was|are) ACCT (?:[\w']+ ){0,3}[\w']+\W*$/),
    cue(1, /ACCT/),
    cue(1, /\bwhy\b.*\btier\b/),
  ],
  compare: [
    cue(1, /\b(?:apart|contrast\w*|part)\b/),
    cue(2, /ACCT.*ACCT/),
    cue(
      1,
      /\b(?:compare|comparison|compared|vs|versus|against|differ\w*|gap|side by side|head to head|next to|stack up|better|ahead|over|prefer|rather|than|above|below|beat|beats|outrank\w*|between)\b/,
    ),
  ],
  list: [
    cue(
      2.5,
      /^(?:(?:the|all|any|my|in|OWNER|VALUE|own|tiers? (?:[123]|one|two|three)|primary|nurture|excluded|please|now|list|accounts?|companies|best|worst|top|\d+)\b\W*){2,}$/,
    ),
    cue(3, new RegExp(`^(?:please |can you |could you )*(?:rank|sort|order) (?:\\w+ )*${who}\\b`)),
    cue(2, new RegExp(`\\b${who}\\b.*\\b(?:tier [123]|t[123]|primary|nurture|excluded)\\b`)),
    cue(2, new RegExp(`\\b(?:need|want)\\b.*\\b(?:good|best|great|top)\\b.*\\b${who}\\b`)),
    cue(2, /\bOWNER\b.*\b(?:tier [123]|t[123]|primary|nurture|excluded)\b|\bwhom? (?:do )?OWNER\b/),
    cue(2.5, /\b(?:call|target|account|short|prospect|hit|to-?do) ?lists?\b|\btier (?:[123]|one|two|three) lists?\b/),
    cue(2, new RegExp(`\\b(?:list|show|find|give|get|pull|which|who|whom|any|anyone)\\b.*\\b${who}\\b`)),
    cue(2, /\b(?:most|more) (?:promising|interesting|attractive|likely)\b/),
    cue(
      2,
      /\b(?:list|show|find|give|get|pull|all|every\w*|who|whom|which|what)\b.*\b(?:tier [123]|t[123]|primary|nurture|excluded|(?:first|second|third) tier)\b/,
    ),
    cue(
      2,
      /\b(?:best|worst|top|bottom|strongest|weakest|hottest|highest|lowest)\b.*\b(?:accounts?|compan(?:y|ies)|prospects?|targets?|leads?|firms?|ones|ten|five|\d+|scor\w+|rank\w+|fits?|matches)\b/,
    ),
    cue(2, new RegExp(`\\b(?:tier [123]|primary|nurture|excluded)\\b.*\\b${who}\\b`)),
    cue(2, /^(?:top|bottom|best|worst) (?:\d+|ten|five|twenty|three)\b/),
    cue(
      2,
      /\bwhom? (?:should|do|can|shall) (?:i|we|my team)\b.*\b(?:call|go after|chase|target|pursue|focus|contact|start|work|prioriti[sz]e|talk)\b/,
    ),
    cue(2, /\b(?:where|whom?) (?:should|do|shall) (?:i|we)\b.*\b(?:start|focus|spend)\b/),
    cue(
      2,
      new RegExp(`\\b${who}\\b.*\\b(?:fits?|moving|early|off-profile|active|use|uses|using|with|on|run|running)\\b`),
    ),
    cue(2, /\buses VALUE\b/),
    cue(
      1.5,
      new RegExp(
        `\\bOWNER\\b.*\\b(?:${who}|tier|best|worst|own|owns|book|list)\\b|\\b(?:${who}|tier|best|worst|owned|list)\\b.*\\bOWNER\\b`,
      ),
    ),
    cue(3, /\b(?:fit,? early|off-profile)\b/),
  ],
  criteria: [
    cue(2.5, /\b(?:separates?|sets apart|distinguish\w*|tells? apart|have in common|in common|set apart)\b/),
    cue(2, /\bhow (?:heavily|strongly|much)\b.*\b(?:weigh\w*|counts?|matters?|influence\w*|affects?)\b/),
    cue(
      2,
      /^(?:is|are) (?:having |using |being |an? |the )?(?!.*\bdata\b)[\w -]{3,30} (?:a )?(?:good or bad|good|bad|positive|negative|plus|minus)\b(?: (?:sign|signal|thing))?\W*$/,
    ),
    cue(
      3,
      /\bwhat (?:sorts?|kinds?|types?) of (?:accounts?|compan(?:y|ies)|customers?|business(?:es)?|clients?|prospects?|firms?)\b/,
    ),
    cue(
      3,
      /\bhow (?:do|does|are|is|did|exactly do) (?:you|we|it|the|lodestar|accounts|scores|tiers|points)\b.*\b(?:decid\w+|pick\w*|choos\w+|determin\w+|come up|calculat\w+|comput\w+|scor\w+|rank\w*|grad\w+|judg\w+|assess\w*|work|made|tell)\b/,
    ),
    cue(3, /\b(?:looks?) like\b/),
    cue(
      3,
      /\bwhat (?:all )?(?:goes into|makes up|feeds|is behind|influences|affects)\b.*\b(?:scor\w+|model|tiers?|points|rank\w*)\b/,
    ),
    cue(3, /\bscor(?:e|ing) (?:model|formula|rules?|system|method|logic)\b|\bscorecard\b/),
    cue(2, /\b(?:is|are) (?:the )?[\w ]{3,30}\b(?:important|relevant|decisive)\b/),
    cue(2, /\b(?:criteria|criterion|criterias|weights?|weighting|weighted)\b/),
    cue(2, /\bwhat\b.*\b(?:matters?|counts?|drives?|predicts?|moves|decides?|determines?)\b/),
    cue(2, /\bhow much (?:does|do)\b.*\b(?:matter|count|weigh)\b/),
    cue(2, /\bdoes\b.*\b(?:count|matter|play|predict|drive)\b/),
    cue(
      2,
      /\b(?:strongest|biggest|best|main|key|top|important)\b.*\b(?:predictors?|factors?|drivers?|traits?|signals?|attributes?|criteri\w+)\b/,
    ),
    cue(2, /\b(?:traits?|factors?|drivers?|predictors?|attributes?|characteristics?|qualities)\b/),
    cue(3, /\b(?:look(?:ing)? (?:for|at)|go by|care about|pay attention|take into account)\b/),
    cue(2, /\b(?:ideal|perfect|typical|dream|right) (?:customer|account|company|client|buyer|profile|fit)\b/),
    cue(
      2,
      /\bour (?:icp|profile|model)\b|\bthe (?:current |active )?(?:icp|model|scorecard|formula|rules?)\b|^(?:icp|model)\b/,
    ),
    cue(
      2,
      /\bhow (?:do|does|are|is|did)\b.*\b(?:scor\w+|points|tiers?|grad\w+|rank\w+)\b.*\b(?:work|made|set|computed|calculated|decided|come about|accounts|compan(?:y|ies))\b/,
    ),
    cue(2, /\bhow (?:accurate|good|reliable|well|trustworthy|far|much)\b.*\b(?:model|icp|scores|predict\w*|scoring)\b/),
  ],
  coverage: [
    cue(2.5, /\b(?:crm|our|the|this) data\b.*\b(?:any good|good|bad|clean|usable|trustworthy)\b/),
    cue(2, /\b(?:which|what) (?:fields|columns|attributes)\b.*\b(?:have|are there|exist|know|use)\b/),
    cue(2.5, /\b(?:enough|sufficient|how much|too little)\b.*\b(?:history|data|wins|deals|outcomes)\b/),
    cue(2.5, /\b(?:first|oldest|earliest|latest|newest|last) (?:deal|win|outcome|record|loss)\b(?!.*ACCT)/),
    cue(2, /\b(?:number|count|amount) of\b.*\b(?:wins?|won|loss(?:es)?|lost|deals|outcomes|customers|records)\b/),
    cue(2, /\b(?:sources?|fields?|columns?|systems?)\b.*\b(?:disagree\w*|conflict\w*|contradict\w*|differ\w*)\b/),
    cue(
      2,
      /\b(?:field|column|count|size|data|revenue|headcount|industry|region)\b.*\b(?:filled|populated|reliable|complete|accurate|up to date)\b/,
    ),
    cue(2, /\bhow\b.*\b(?:complete|clean|good|full|fresh|reliable)\b.*\b(?:data|fields?|columns?|crm|records?)\b/),
    cue(2, /\b(?:coverage|completeness|fill rates?|data quality)\b/),
    cue(
      2,
      /\b(?:fields?|columns?|data|attributes?)\b.*\b(?:blank|empty|missing|filled|fill|known|unknown|incomplete|trust|reliable|sparse|gaps?|conflict\w*|disagree\w*|lack\w*|poor\w*|bad)\b/,
    ),
    cue(
      2,
      /\b(?:blank|empty|missing|incomplete|sparse|gaps?|conflict\w*|disagree\w*|holes)\b.*\b(?:fields?|columns?|data|sources?|crm)\b/,
    ),
    cue(
      2,
      /\b(?:can (?:i|we)|do (?:i|we)|should (?:i|we)) (?:trust|rely on|believe)\b.*\b(?:field|column|data|numbers?)\b/,
    ),
    cue(
      2,
      /\bhow many\b.*\b(?:wins?|won|loss(?:es)?|lost|deals|outcomes|accounts|customers|churn\w*|records|companies|closed)\b/,
    ),
    cue(2, /\bhow (?:far|long|old|much)\b.*\b(?:outcomes?|data|history|records?|wins|deals)\b/),
    cue(
      2,
      /\b(?:what|which|how much) (?:data|sources?|history|information)\b.*\b(?:have|got|there|hold|work|learn\w*|come)\b/,
    ),
    cue(2, /\b(?:enough|sufficient) (?:data|history|wins|deals|outcomes)\b/),
    cue(1, /\b(?:fields?|columns?|sources?)\b/),
  ],
  history: [
    cue(
      3.5,
      /\b(?:why|when|how) (?:did|didn't|did not) ACCT (?!score|rank|rate|get|got|make|come|end|land|qualify|fit|do\b|fare|earn|receive|become|reach)/,
    ),
    cue(
      3.5,
      /\b(?:is|was|are|were) ACCT (?:already |still |currently |ever |now )?(?:an? )?(?:existing |current |paying |former |active )?(?:customer|client)\b(?!.*\bgood\b)/,
    ),
    cue(2.5, /^who (?:is|are|was) ACCT\W*$|\btell me about ACCT\W*$/),
    cue(
      3,
      /\b(?:history|timeline|story|backstory|chronology|past|track record)\b.*ACCT|ACCT.*\b(?:history|timeline|past|backstory|track record)\b/,
    ),
    cue(3.5, /\b(?:lose|lost|losing|loss)\b.*ACCT|ACCT.*\b(?:lost|loss|lose|fell through|fall through|slip\w*)\b/),
    cue(
      3.5,
      /ACCT.*\b(?:churn(?:ed)?|cancel(?:l?ed)?|leave|left|quit|stop(?:ped)?|walk(?:ed)? away|go away|went away)\b|\b(?:churned|cancelled|left)\b.*ACCT/,
    ),
    cue(
      3.5,
      /\b(?:happen(?:ed|ing)?|went|gone|going) (?:\w+ ){0,2}(?:with|to|at|on)\b.*ACCT|\bwhat (?:became|happened)\b.*ACCT|ACCT.*\b(?:happened|been up to|up to)\b/,
    ),
    cue(
      3.5,
      /ACCT.*\b(?:buy|bought|purchase[ds]?|spen[dt]|sign(?:ed)?|renew(?:ed)?|expand(?:ed)?|upgrade[ds]?|become a customer|been a customer|customer since)\b|\b(?:bought|sold|sell|win|won)\b.*ACCT/,
    ),
    cue(
      3,
      /\b(?:deals?|opportunit(?:y|ies)|orders?|contracts?|conversations?)\b(?: \w+){0,4} (?:at|with|from|for|in|to) (?:\w+ ){0,2}ACCT|ACCT.*\b(?:deals?|opportunit(?:y|ies))\b/,
    ),
    cue(3, /\bwhat do we (?:know|have)\b.*ACCT|\bknow about ACCT/),
    cue(3, /\bwhen (?:did|was|were|have)\b.*ACCT|\b(?:last|previous) (?:touch|contact|activity|deal|time)\b.*ACCT/),
  ],
  words: [
    cue(
      3,
      /\bwhat (?:does|do|is|are) (?:an? |the |your |this )?TERM (?:tell|say|show|measure|indicate|describe|cover|about|used for|good for)\b/,
    ),
    cue(3.5, /^TERM[\s=:?!]*$/),
    cue(3.5, /\bwhat (?:counts|qualifies|passes) as (?:an? |the )?TERM\b/),
    cue(2, /\bwhat (?:an? |the )?TERM (?:is|are|means?)\b/),
    cue(2.5, /\bdifference between (?:an? |the )?(?:[\w-]+) and (?:an? |the )?TERM\b/),
    cue(3, /\bTERM\b.*\b(?:mean|means|meaning|stand|stands)\b|\b(?:mean|means|meaning|define|definition)\b.*\bTERM\b/),
    cue(2, /^(?:so )?what(?:'s| is| are|s)? (?:(?:an?|the|your|our|that) )?TERM\W*$/),
    cue(2, /^(?:define|definition|meaning|explain) (?:of )?(?:an?|the )?TERM\W*$/),
    cue(
      2,
      /\bwhat(?:'s| is| are| exactly is) (?:an?|the|meant by|your|this) TERM\b(?=\W*$| (?:again|exactly|here|in (?:your|our|this|plain|lodestar)|anyway|actually|thing|supposed|please|for)\b)/,
    ),
    cue(2.5, /\bwhat (?:do|does) (?:you|we|one|lodestar) call (?:an? |the )?TERM\b/),
    cue(1.5, /\bdifference between (?:an? |the )?TERM and\b/),
  ],
};

/** One plain question of each kind, as the person may press it. */
export const exampleOf: Readonly<Record<Intent, { label: string; question(account: string | null): string | null }>> = {
  explain: { label: 'Why this score', question: (account) => account && `why ${account}` },
  compare: { label: 'Compare two accounts', question: () => null },
  list: { label: 'Best accounts', question: () => 'list the best accounts' },
  criteria: { label: 'What matters', question: () => 'what matters most' },
  coverage: { label: 'How complete the data is', question: () => 'how complete is our data' },
  history: { label: 'What happened', question: (account) => account && `history of ${account}` },
  words: { label: 'What an ICP is', question: () => 'what is an ICP' },
};

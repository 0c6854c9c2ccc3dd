import { type Cue, cue } from './cue.ts';
import type { Intent } from './intents.ts';

const who = '(?:accounts?|compan(?:y|ies)|customers?|prospects?|targets?|firms?|business(?:es)?|clients?|leads?|names)';

/** How people ask about the whole book, its criteria, its data and the words of the house. */
export const bookCues: Readonly<Record<Extract<Intent, 'list' | 'criteria' | 'coverage' | 'words'>, readonly Cue[]>> = {
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
  words: [
    cue(
      3,
      /\bwhat (?:does|do|is|are) (?:an? |the |your |this )?TERM (?:tell|say|show|measure|indicate|describe|cover|about|used for|good for)\b/,
    ),
    cue(
      3.5,
      /^(?:please |can you |could you )*(?:explain|define|clarify|describe) (?:to me |me )?(?:an? |the |your )?TERM\b(?: (?:to|for) (?:me|us))?(?: please)?\W*$/,
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

import { type Cue, cue } from './cue.ts';
import type { Intent } from './intents.ts';

/** How people ask about one account, or about two. */
export const accountCues: Readonly<Record<Extract<Intent, 'explain' | 'compare' | 'history'>, readonly Cue[]>> = {
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
};

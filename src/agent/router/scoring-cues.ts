const noun = '(?:scor(?:e|es|ing|ings)|icp|points?|model|version|one|way|system|method|tiers?)';
const old = `(?:old|older|previous|former|prior|hand[- ]?written|written|manual|static|legacy)(?: (?:${noun}))*|(?:sum of )?points by hand|hand(?:-made)? points|sum of points`;
const fresh = `(?:new|newer|current|learn(?:ed|t)|one in force|dynamic|calibrated|ai|model|predictive)(?: (?:${noun}))*`;
const beside =
  '(?:(?: (?:compares?|differs?|stacks? up|does|do|is|are|any))* (?:and|with|to|or|against|beside|from|vs\\.?|versus|over|beats?|better than|worse than)|[,/]|,? and)(?: (?:the|our|an?|its?))* ?';
/** Old and new of something else. */
const others =
  '(?! (?:customers?|accounts?|deals?|leads?|compan(?:y|ies)|logos?|business|clients?|reps?|hires?|people|owners?|markets?|segments?|quarters?|months?|weeks?)\\b)';

/** The old way of scoring beside the new, said in either order. */
export const oldAndNewScoring = new RegExp(
  `^(?=.*\\b(?:scor\\w+|icp|points|tiers|model|versions?)\\b).*\\b(?:(?:${old})${beside}(?:${fresh})|(?:${fresh})${beside}(?:${old}))\\b${others}|\\bboth (?:scorings|scores (?:per|of|for) (?:each |every |all )?accounts?)\\b|\\breliability\\b.*\\bscore bands?\\b`,
);

const ours = '(?:model|icp|scoring|scores|targeting|predictions?|forecasts?)';
const better =
  '(?:been |really |actually |still )*(?:(?:get|got|becom)\\w* (?:any )?(?:better|worse|smarter|more)|improv\\w+)';
const earlier = '(?:past|previous|earlier|older|former|other|all)';

/** Whether the champion is better than what came before it. */
export const gettingBetter = new RegExp(
  [
    '\\bleader-?board\\b(?! (?:of|for|by) (?!(?:the |our |all )*(?:models?|versions?)\\b))',
    '\\bchampion\\b',
    `\\b(?:compar\\w+|against|better than|beats?|vs\\.?|versus)\\b.*\\b${earlier} (?:\\w+ )?versions\\b`,
    `\\b${earlier} (?:\\w+ )?versions\\b.*\\b(?:compar\\w+|better|against|vs\\.?|versus|hold-?out)\\b`,
    '\\b(?:model|icp|version)\\b.*\\bbetter than (?:the )?(?:last|previous|one before|earlier)\\b',
    `\\b(?:is|are|has|have|does|did|do) (?:the |our |my |your )*(?:\\w+ )?${ours} ${better}\\b`,
    `\\b(?:are|have|do|did|is|has) (?:we|it|lodestar) ${better}\\b(?! (?:at|with|in|on|our|the|their)\\b)`,
    '\\bwhich (?:model |icp )?version (?:is|was|does|did|would|has)\\b.*\\b(?:best|better)\\b',
  ].join('|'),
);

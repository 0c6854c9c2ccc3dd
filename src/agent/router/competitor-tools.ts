import { stackChange } from './stack-change.ts';

const rival = "[Cc]ompetitors?(?:'s?)?";
const product = '(?:tools?|products?|technolog(?:y|ies)|software|systems?|platforms?|solutions?)';
const some = '(?:an?|any|one|some|our|the|direct|rival|of|or more)';

/** Which accounts use a tool that competes with ours: use, not "does not use", and no competitor by name. */
export const competitorTools = new RegExp(
  `(?<!\\b(?:not|never|longer|stopped|stop|quit|started|from|without|would|might|will|could)\\s)(?<!n't\\s)\\b(?:(?:uses?|using|runs?|running|on) (?:${some} )*${rival}(?:[ -]${product})?|(?:has|have|having|got|with) (?:${some} )*(?:${rival}[ -]${product}|${rival}(?= in (?:their|the|its) stack)))(?![\\w-])(?! (?:of|to|for|called|named|like|such|other|except|but|and|or)\\b)(?! [A-Z0-9])`,
);

/** Whether a question is about who competes, with us or with an account, and not about accounts that use such a tool. */
export function speaksOfCompetitors(question: string): boolean {
  if (!/\bcompetitors?\b/.test(question)) return false;
  return /ACCT/.test(question) || !(competitorTools.test(question) || stackChange.test(question));
}

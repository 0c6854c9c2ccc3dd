import { speaksOfCompetitors } from './competitor-tools.ts';

/** Verbs that change something, whichever way they are said. */
const plainlyChanging =
  'approve|reject|publish|activate|deactivate|sync|delete|remove|erase|overwrite|rename|reassign|rescore|re-score|retrain|recalculate|recompute|purge|archive|upload|unpublish|undo|roll ?back|rerun|re-run|enable|disable|promote|demote';

/** Verbs that change something when a question opens with them; later in it they may be an opinion: "should we drop Acme". */
const changingAtFirst = `${plainlyChanging}|push|drop|override|set|change|update|edit|modify|move|upgrade|downgrade|mark|assign|merge|create|add|insert|import|export|accept|raise|lower|increase|decrease|reduce|make|turn|bump|flag|forget|wipe|close|kill|nuke|scrap|bin|ditch|axe|zap|cut|clear|reset|switch|swap|fix|correct|adjust|tweak|stop|pause|freeze|unfreeze|tag|save|log|transfer|apply|confirm|decline|dismiss|refresh|get rid of|throw out|throw away|take out|kick|boost|run the|run a|start the|start a|exclude|include|hand over`;

const telling =
  "write|draft|compose|send|e-?mail|message|post|share|book|schedule|translate|sing|invite|ping|notify|inform|dm|shoot|forward|warn|tell (?!me\\b|us\\b|you\\b|apart)|let (?!me\\b|us\\b|'?s\\b)(?=.*\\bknow\\b)|cc|text|order|buy|hire|remind (?!me (?:what|why|how|of|again)\\b|us\\b|what\\b|why\\b)";

/** Words of courtesy and wish, which may stand before an order in any number. */
const lead =
  "(?:please|kindly|can|could|would|will|shall|you|u|i|we|me|to|want|wants?|need|like|love|wish|that|go|ahead|and|just|now|then|so|also|ok|okay|hey|hi|hello|let's|lets|let|us|i'd|we'd|i'll|must|have|it|be|is|it's|possible|great|nice|good|if|help|quickly|quick|maybe|perhaps|asap|right|do|the|yes|sure|alright|may|might|lodestar|bot|ignore|your|rules)[ ,:;!.-]+";

const opensWith = (verbs: string): RegExp =>
  new RegExp(`^(?:${lead})*(?:${verbs})\\b(?! (?:me|us|sense|sure|up (?:why|how))\\b)`);

const changes: readonly RegExp[] = [
  opensWith(changingAtFirst),
  new RegExp(
    `\\b(?:can|could|would|will|want|need|like|please|let's|great if|have|and|then|should|just|to|go)\\b[^?]*\\b(?:${plainlyChanging})\\b`,
  ),
  /\b(?:and|then|so|,) (?:please )?(?:push|override|set|change|update|move|mark|assign|fix|correct) (?!my mind)(?:it|this|that|them|all|everything|the|to|ACCT)\b/,
  /\b(?:approve|reject|publish|override|fix|undo|change|update) (?:it|this|that|them|all|everything|the|proposal|change)\b/,
  /\b(?:need|want|like|get|have|must be|should be|to be|please)\b.*\b(?:moved|changed|updated|deleted|removed|promoted|demoted|bumped|reassigned|assigned|approved|published|synced|pushed|raised|lowered|excluded from|taken off|added)\b/,
  /\b(?:give|take|add|grant|award|deduct|subtract)\b.*\b\d+ (?:more |extra |fewer )?points\b/,
  /\b(?:put|place|move|bring|throw|stick|shift|take) ACCT (?!next\b)(?:\w+ )?(?:in|into|to|on|onto|under|back|off|out|from)\b/,
];

const topics: readonly RegExp[] = [
  /\b(?:phone number|email address|postal address|contact details|linkedin|website|ceo|cfo|cto|cmo|cio|head of|share price|birthday|salary|inbox|calendar|headquarter\w*|headquarters)\b/,
  /\b(?:an? (?:e-?mail|invite|reminder|message|dm)|by e-?mail|via e-?mail)\b/,
  /\b(?:weather|joke|poem|recipe (?:for|of) (?!.*\b(?:scor|tier|win|success|points)).*|football|stock price|news|song|password|api key|secret|system prompt|your instructions|your prompt|restaurants?|lunch|dinner|holidays?|election)\b/,
  /\bbest (?:way|time|day) (?:to|for)\b/,
  /\bwhat (?:should|do|can|could|shall) (?:i|we) (?:say|pitch|write|offer|bring|wear)\b/,
  opensWith(telling),
];

/** A question about the past or the reasons is no order, whatever verb it holds. */
const asking =
  /^(?:so |and |but )?(?:why|how(?! about)|for what|who|when|where|which|what|did|was|were)\b(?!.*\b(?:and|then) (?:please )?(?:approve|reject|publish|delete|remove|push|sync|set|change|update|move|mark|fix)\b)/;

/** Whether a question asks for something to be changed. Account names stand in it as `ACCT`. */
export const asksForChange = (question: string): boolean =>
  changes.some((pattern) => pattern.test(question)) && !asking.test(question);

/** Whether a question is none of ours: writing to people, and what the records do not hold. */
export const isNotOurs = (question: string): boolean =>
  topics.some((pattern) => pattern.test(question)) || speaksOfCompetitors(question);

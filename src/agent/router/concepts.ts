import { stemOf, tokensOf } from './text.ts';

/** What words of a question are about. A word may be about several things; a phrase is written with spaces. */
const lexicon = {
  cause: `shed light, why, how come, reason, rationale, motive, explain, explanation, elaborate, justify, justification, because, behind,
    cause, breakdown, break down, walk through, talk through, take me through, contribute, contribution, convince,
    account for, due to, logic, grounds, basis, understand, make sense of, where does it come from, come from, strengths,
    weaknesses, weakness, weak point, strong point, pros, cons, plus, minus, upside, downside, red flag, for and against,
    thinking on, deep dive, sanity check, summary, brief, briefing, low-down, rundown, lay out, unpack, story on`,
  score: `exclusion, inclusion, make the cut, meet our, meet the bar, miss out, score, scoring, point, tier, rating, rate, rank, ranking, grade, number, figure, result, mark, note, category,
    class, classification, classify, qualification, qualify, bucket, band, level, status, standing, placement, icp fit,
    icp, position, evaluation, assessment, fit, match, profile, nurture, primary, exclude, evidence, confidence,
    land, end up, come out, place, deserve, earn, get, fare`,
  verdict: `good, bad, great, worth, worthwhile, hot, cold, warm, lukewarm, meh, solid, weak, strong, promising, attractive,
    interesting, interest, dud, junk, trash, rubbish, garbage, gem, goldmine, winner, loser, keeper, no-brainer, waste,
    dead weight, time sink, priority, pursue, chase, bother, believe, ideal, perfect, poor, terrible, awful, decent, fine,
    high, low, recommend, recommended, advise, serious, real, legit, opinion, verdict, view, thought, judge, assess,
    potential, lukewarm, juicy, sweet spot, right for us, our kind, on our radar, radar, overrated, underrated,
    over-rated, under-rated, excited, impressive, disappointing, useless, valuable, likely, chance, odds, investment, make of, no go, in or out, yes or no, on paper, odd, strange, surprising, wrong, check, sensible, reasonable, suitable, viable, realistic, wise, smart, qualified, compelling,
    credible, sold on, true, fair,
    effort, energy, spend time, go after, focus, keep, invest time, drop, skip, love, hate, hurt, help, drag, lift,
    pull, push, hold, weigh down, bring down, bet, lead, target, prospect, trust, ok, okay, nice, excellent, super`,
  past: `lose, lost, loss, won, bought, buy, purchase, sold, sell, sign, cancel, churn, leave, left, quit, walk away,
    happen, happened, past, history, historical, timeline, chronology, chronological, track record, story so far, so far,
    ever, previous, previously, former, earlier, before, already, backstory, deal, opportunity, order, contract, invoice,
    renew, renewal, expand, upgrade, downgrade, relationship, touch, touchpoint, contact, business with, spoken, in touch, talk to, talk with, speak with, spoke, conversation, interaction, activity, outcome, closed, close, bail, bailed, drop out, pull out, ghost, ghosted,
    ditch, dump, went wrong, go wrong, went, fall through, fell through, customer since, since when, as customer, a customer, our customer,
    our client, us customer, paying, dealings, work with us, do business, done business, spent, know about, know of,
    onboard, start with us, end with us, defect, terminate, go dark, walk, last time, first time`,
  comparison: `compare, comparison, comparation, comparative, versus, vs, against, differ, different, difference, diff, gap,
    side by side, head to head, next to, stack up, better, worse, ahead, over, prefer, preferable, rather, than, above,
    below, beat, outrank, outscore, outperform, trail, lead, between, apart, contrast, same, higher, lower, more, less,
    stronger, weaker, pick, choose, or, first, hotter, either, both, relative, edge, win, instead, top, measure up`,
  who: `account, company, customer, prospect, target, firm, business, client, lead, logo, name, organisation, organization,
    one, ones, guy, buyer, candidate, enterprise`,
  select: `list, show, find, give, get, pull, which, who, whom, any, anyone, anybody, all, every, everyone, everything,
    display, need, want, see, fetch, surface, name, send me, see, hand, what, ranking, bring up, got`,
  extreme: `best, worst, top, bottom, strong, weak, hot, highest, lowest, strongest, weakest, hottest, most, least, coldest, juiciest,
    biggest, poorest, finest, cream, highest-scoring, lowest-scoring, leading`,
  action: `attention, deserve, call, ring, phone, contact, chase, pursue, target, focus, start, begin, prioritise, prioritize, work, go after, hit,
    reach out, attack, visit, dial, tackle, approach, talk to, spend, concentrate, look at first, knock on, warm up, book`,
  owned: `own, my, mine, owner, territory, patch, book, belong, assign, responsible, plate, look after, manage, handle`,
  factor: `criterion, criteria, factor, driver, trait, attribute, characteristic, quality, predictor, ingredient, variable,
    input, component, weight, weighting, rule, formula, methodology, algorithm, recipe, parameter, signal, indicator,
    dimension, feature, scorecard, scoring model, model, thing, aspect`,
  matter: `matter, prefer, favour, favor, fail, help, hurt, boost, count, weigh, influence, affect, depend, drive, drives, predict, predictive, decisive, important,
    importance, relevant, relevance, make a difference, make difference, move the needle, needle, role, impact on, play,
    carry, carries, tip, swing, count for, heavy, care about, correlate, separate, distinguish, in common, set apart,
    move, determine, contribute, good or bad, plus or minus, help or hurt, factor in, go into, feed into, big deal`,
  method: `base, calculate, calculation, compute, computation, determine, decide, derive, cook, cooked up, work out, worked out,
    come up, choose, pick, build, built, made, make, set, assign, methodology, method, formula, algorithm, logic, approach,
    define, threshold, cutoff, cut-off, rule, mechanic, work, works, built, arrive at, get to, judge, assess, grade, rank,
    optimise, optimize, under the hood, learn, learnt, learned, trained`,
  ideal: `ideal customer, ideal client, ideal company, ideal account, perfect customer, perfect client, perfect account,
    dream customer, dream client, dream account, typical customer, right customer, right company, our icp, the icp, icp,
    profile, sweet spot, look like, looks our, kind of company, kind of customer, sort of company, sort of customer,
    type of company, type of customer, kind of business, type of business, good company,
    good customer, good account, great account, great customer, customer profile, company should, who we sell to, win with`,
  field: `emea, apac, latam, industry, region, country, size, headcount, employee, technology, tech, tech stack, stack, location, geography,
    vertical, sector, funding, title, page view, website visit, web visit, sequencer, crm, hiring, intent, growth, age,
    revenue band, company size, department, language, persona`,
  data: `data, datum, database, crm, field, column, attribute, record, dataset, value, information, info, import, input,
    fill rate, data quality, source, system, datas`,
  quality: `complete, completeness, coverage, empty, blank, missing, miss, fill, filled, populated, gap, hole, garbage, dirty, messy,
    clean, quality, fresh, stale, old, reliable, rely, trust, trustworthy, believe, confidence, confident, accurate, correct, enough,
    sufficient, conflict, conflicting, disagree, contradict, inconsistent, duplicate, sparse, incomplete, thin, patchy,
    lack, shape, good, bad, rubbish, trash, junk, worst, wrong, unknown, null, poor, up to date, outdated, broken, usable, decent, solid, look, looking`,
  count: `how many, number of, count of, amount of, total number, total of, how much, volume of`,
  outcome: `win, wins, won, loss, losses, lost, lose, deal, outcome, closed-won, closed won, closed-lost, closed lost, churned, churn,
    conversion, opportunity, customer, account, company, record, client, logo`,
  extent: `how far, far back, how old, how long, oldest, earliest, latest, newest, first, last, since when, from when, when, start, begin,
    go back, reach back, from which year, which year, how recent, date from, period, span, what time range`,
  have: `have, got, hold, exist, there, available, in your database, in the database, in the crm, in the system, in your system, know, use, using, work with, learn from, based on, feed, on file, on record, in there`,
  meaning: `mean, meaning, define, definition, signify, signifies, stand for, understand, word, term, remind, refer, glossary,
    vocabulary, concept, jargon, plain english`,
} as const;

export type Concept = keyof typeof lexicon;

const concepts = Object.entries(lexicon).map(([concept, text]) => ({ concept, words: entriesOf(text) }));
const conceptWords: ReadonlySet<string> = new Set(
  concepts.flatMap(({ words }) => words.flatMap((it) => it.split(' '))),
);

function entriesOf(text: string): readonly string[] {
  return text
    .split(/[,\n]/)
    .map(stemsOf)
    .filter((entry) => entry !== '');
}

function stemsOf(text: string): string {
  return tokensOf(text)
    .map((token) => stemOf(token.text))
    .join(' ');
}

/**
 * What a question is about, whichever words say so.
 *
 * @example [...conceptsIn('how is it calculated')]; // => ['method']
 */
export function conceptsIn(question: string): ReadonlySet<Concept> {
  const stems = ` ${stemsOf(question)} `;
  const found = concepts.filter(({ words }) => words.some((word) => stems.includes(` ${word} `)));
  return new Set(found.flatMap(({ concept }) => (isConcept(concept) ? [concept] : [])));
}

/** Whether a word is one that some concept is spoken of with. */
export const speaksOfConcept = (word: string): boolean => conceptWords.has(stemOf(word));

const isConcept = (name: string): name is Concept => name in lexicon;

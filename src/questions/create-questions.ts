import { createHash } from 'node:crypto';
import { createCompute } from '../engine/compute/compute.ts';
import { dataBoundsOf } from '../engine/data-quality.ts';
import { IcpError } from '../errors.ts';
import { cautionsAt } from '../store/cautions.ts';
import { crmTierOf } from '../store/crm-tier.ts';
import { heldTiersOf } from '../store/held-tiers.ts';
import { overrideAt } from '../store/overrides.ts';
import { addReceipt, receiptOf } from '../store/receipts.ts';
import { storedScore } from '../store/scores.ts';
import type { Store } from '../store/store.ts';
import { compareQuestion } from './compare-accounts.ts';
import { competitorsOf } from './competitors.ts';
import { coverageQuestion } from './describe-coverage.ts';
import { criteriaQuestion } from './describe-criteria.ts';
import { answerDirectly, askDirectly, type DirectArguments, isDirect } from './direct-reports.ts';
import type { Draft, Question, QuestionPorts } from './draft.ts';
import { explainQuestion } from './explain-account.ts';
import { listQuestion } from './list-accounts.ts';
import { withOverrides } from './list-overrides.ts';
import { bookOf, currentPin, type Pin, pinAgain } from './pin.ts';
import { type RanksOnly, ranksOnlyAt } from './ranks-only.ts';
import type { ReportCard } from './report-card.ts';
import { resolveAccount, suggestAccounts } from './resolve-account.ts';
import { historyQuestion } from './show-history.ts';
import { currentFindings, type ReportArguments, reportQuestion } from './show-report.ts';
import { asksForCompetitors } from './stack-conditions.ts';
import type { Answer, Card, Figure, QuestionName, Questions, Receipt } from './types.ts';
import { questionNames } from './types.ts';

/** A report that an analysis found, or one that is worked out at once. */
const anyReport: Question<ReportArguments | DirectArguments, ReportCard> = (ports, pin, args) =>
  isDirect(args) ? answerDirectly(ports, pin, args) : reportQuestion(ports, pin, args);

// biome-ignore lint/suspicious/noExplicitAny: each question has arguments of its own; the receipt keeps them as data
const catalogue: Record<QuestionName, Question<any, Card>> = {
  explain: explainQuestion,
  compare: compareQuestion,
  list: listQuestion,
  criteria: criteriaQuestion,
  coverage: coverageQuestion,
  history: historyQuestion,
  report: anyReport,
};

/** The read side: every question answered at a pin, with a receipt that can ask it again. */
export function createQuestions({
  store,
  now,
  compute = createCompute(),
}: {
  store: Store;
  now: () => number;
  compute?: QuestionPorts['compute'];
}): Questions {
  async function answer<C extends Card, Arguments extends object>(
    name: QuestionName,
    question: Question<Arguments, C>,
    pin: Pin,
    args: Arguments,
  ): Promise<Answer<C>> {
    const draft = await question({ store, compute, again: false }, pin, args);
    const id = receiptId(name, pin, args);
    await addReceipt(store, {
      id,
      question: name,
      arguments: { ...args, book: pin.book.name },
      asOf: new Date(pin.asOf),
      importId: pin.importId,
      modelVersion: pin.model.version,
      read: [...draft.read],
      figures: [...draft.figures],
      createdAt: new Date(now()),
    });
    const { text, figures, card } = draft;
    return { receipt: id, question: name, asOf: new Date(pin.asOf).toISOString(), text, figures, card };
  }

  /** People act by their own clock, whatever that of the book says: an answer of now has what they say now. */
  const saidAt = (pin: Pin, at: number | undefined) => (at === undefined || at >= pin.asOf ? now() : at);

  async function overrideSeen(pin: Pin, accountId: string, at: number | undefined): Promise<{ override?: number }> {
    const found = await overrideAt(store, pin.book.name, accountId, saidAt(pin, at));
    return found === null ? {} : { override: found.id };
  }

  async function cautionsSeen(pin: Pin, at: number | undefined): Promise<{ cautions?: number[] }> {
    const found = await cautionsAt(store, pin.book.name, saidAt(pin, at));
    return found.length === 0 ? {} : { cautions: found.map(({ id }) => id) };
  }

  /** The tier that others are told, where it does not follow the score yet. */
  async function heldSeen(pin: Pin, accountId: string, at: number | undefined): Promise<{ held?: 1 | 2 | 3 }> {
    if (at !== undefined) return {};
    const held = (await heldTiersOf(store, pin.book.name, [accountId])).get(accountId);
    return held === undefined || held.leaning === held.tier ? {} : { held: held.tier };
  }

  /** That the last analysis does not stand by its chances, where it does not. */
  async function promisesSeen(pin: Pin, at: number | undefined): Promise<{ ranksOnly?: RanksOnly }> {
    const { book, importId, asOf } = pin;
    const found = await ranksOnlyAt(store, { book: book.name, importId, asOf: at ?? asOf });
    return found === null ? {} : { ranksOnly: found };
  }

  /** The tier that the CRM has, as far as we wrote it. */
  async function crmSeen(pin: Pin, accountId: string, at: number | undefined): Promise<{ crmTier?: 1 | 2 | 3 }> {
    const crmTier = at === undefined ? await crmTierOf(store, pin.book.name, accountId) : null;
    return crmTier === null ? {} : { crmTier };
  }

  return {
    async explain(typed, options = {}) {
      const account = await resolveAccount(store, typed, options.book);
      const pin = await currentPin(store, await bookOf(store, account.book));
      const at = atOf(options.at);
      const override = await overrideSeen(pin, account.id, options.at);
      const cautions = await cautionsSeen(pin, options.at);
      const held = await heldSeen(pin, account.id, options.at);
      const crm = await crmSeen(pin, account.id, options.at);
      const promises = await promisesSeen(pin, options.at);
      const said = { ...cautions, ...override, ...held, ...crm, ...promises };
      return answer('explain', explainQuestion, pin, { account: account.id, ...at, ...said });
    },
    async compare(leftTyped, rightTyped, options = {}) {
      const left = await resolveAccount(store, leftTyped, options.book);
      const right = await resolveAccount(store, rightTyped, options.book);
      if (left.book !== right.book) {
        throw new IcpError(
          'two_books',
          `${left.name} is in the book ${left.book} and ${right.name} in ${right.book}; scores of two books are never compared`,
        );
      }
      const pin = await currentPin(store, await bookOf(store, left.book));
      const { override: leftOverride } = await overrideSeen(pin, left.id, options.at);
      const { override: rightOverride } = await overrideSeen(pin, right.id, options.at);
      return answer('compare', compareQuestion, pin, {
        ...{ left: left.id, right: right.id, ...atOf(options.at), ...(await cautionsSeen(pin, options.at)) },
        ...(await promisesSeen(pin, options.at)),
        ...(leftOverride === undefined ? {} : { leftOverride }),
        ...(rightOverride === undefined ? {} : { rightOverride }),
      });
    },
    async list(filter) {
      const { book, ...rest } = filter;
      const pin = await currentPin(store, await bookOf(store, book));
      const competitors = asksForCompetitors(rest.where) ? await competitorsOf(store, pin.book.name) : undefined;
      const args = competitors === undefined ? rest : { ...rest, competitors };
      const found = await answer('list', listQuestion, pin, args);
      return { ...found, card: await withOverrides(store, found.card, pin.book.name, now()) };
    },
    async criteria(options = {}) {
      const pin = await currentPin(store, await bookOf(store, options.book));
      return answer('criteria', criteriaQuestion, pin, { bounds: await dataBoundsOf(store, pin.book.name) });
    },
    async coverage(options = {}) {
      const pin = await currentPin(store, await bookOf(store, options.book));
      return answer('coverage', coverageQuestion, pin, { bounds: await dataBoundsOf(store, pin.book.name) });
    },
    async history(typed, options = {}) {
      const account = await resolveAccount(store, typed, options.book);
      const pin = await currentPin(store, await bookOf(store, account.book));
      return answer('history', historyQuestion, pin, { account: account.id, ...atOf(options.at) });
    },
    async report(topic, options = {}) {
      const { about, outcome, book } = options;
      const direct = await askDirectly(store, topic, options, now());
      if (direct !== null) return answer('report', anyReport, direct.pin, direct.args);
      const pin = await currentPin(store, await bookOf(store, book));
      const seen = await currentFindings(store, pin, topic, options.findings);
      const asked = { ...(about === undefined ? {} : { about }), ...(outcome === undefined ? {} : { outcome }) };
      return answer('report', anyReport, pin, { topic, ...seen, ...asked });
    },
    receipt: (id) => checkReceipt({ store, compute, again: true }, id),
    suggest: (typed, limit) => suggestAccounts(store, typed, limit),
  };
}

/** Asks a receipt's question again, against the database as of then, and compares every figure. */
async function checkReceipt(ports: QuestionPorts, id: string): Promise<Receipt> {
  const { store } = ports;
  const kept = await receiptOf(store, id.trim());
  if (kept === null)
    throw new IcpError(
      'no_receipt',
      `there is no receipt ${id.trim().slice(0, 40)}; receipts are named under each answer`,
    );
  const name = questionNames.find((known) => known === kept.question);
  const { book, ...args } = kept.arguments;
  if (name === undefined || typeof book !== 'string' || kept.modelVersion === null)
    throw new IcpError('no_receipt', `the receipt ${id} is of a kind that this version does not know`);
  const pin = await pinAgain(store, {
    book,
    importId: kept.importId,
    asOf: kept.asOf.getTime(),
    modelVersion: kept.modelVersion,
  });
  const again = await catalogue[name](ports, pin, args);
  const figures = kept.figures as Figure[];
  return {
    id: kept.id,
    question: name,
    arguments: kept.arguments,
    asOf: kept.asOf.toISOString(),
    importId: kept.importId,
    modelVersion: kept.modelVersion,
    createdAt: kept.createdAt.toISOString(),
    read: kept.read,
    figures,
    ...(await compare(store, pin, name, args, figures, again)),
  };
}

async function compare(
  store: Store,
  pin: Pin,
  name: QuestionName,
  args: Record<string, unknown>,
  figures: readonly Figure[],
  again: Draft,
): Promise<Pick<Receipt, 'same' | 'differences'>> {
  const fresh = new Map(again.figures.map((figure) => [figure.key, figure.v]));
  const differences = figures
    .filter(({ key, v }) => fresh.get(key) !== v)
    .map(({ key, v }) => ({ key, stored: v, again: fresh.get(key) ?? null }));
  if (figures.length !== again.figures.length)
    differences.push({ key: 'number of figures', stored: figures.length, again: again.figures.length });
  if (name === 'explain' && args.at === undefined) {
    const stored = await storedScore(store, pin.book.name, String(args.account), pin);
    for (const key of ['score', 'tier', 'positive', 'match', 'evidence'] as const) {
      const kept = stored === null ? null : key === 'match' ? stored.detractorMatch : stored[key];
      const now = fresh.get(key) ?? null;
      if (stored !== null && kept !== now)
        differences.push({ key: `${key} in the table of scores`, stored: kept, again: now });
    }
  }
  return { same: differences.length === 0, differences };
}

/** The id of the question and of all it could see: asked again with nothing changed, it is the same receipt. */
function receiptId(name: QuestionName, pin: Pin, args: object): string {
  const content = JSON.stringify([name, args, pin.book.name, pin.importId, pin.asOf, pin.model.version]);
  return `r_${createHash('sha256').update(content).digest('hex').slice(0, 12)}`;
}

function atOf(at: number | undefined): { at?: number } {
  return at === undefined ? {} : { at };
}

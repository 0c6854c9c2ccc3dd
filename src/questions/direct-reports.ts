import { UsageError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import { answersQuestion } from './answers.ts';
import { freshnessQuestion } from './describe-freshness.ts';
import type { Draft, Question, QuestionPorts } from './draft.ts';
import { earlyQuestion } from './early.ts';
import { expandedQuestion } from './expanded.ts';
import { governanceQuestion } from './governance.ts';
import { healthQuestion, segmentsSeen } from './health.ts';
import { modelsQuestion, versionSeen } from './models.ts';
import { outreachTestQuestion, testSeen } from './outreach-test.ts';
import { overridesQuestion } from './overrides.ts';
import { bookOf, currentPin, type Pin } from './pin.ts';
import { changesQuestion, simulateQuestion } from './proposals.ts';
import type { ReportCard, ReportOptions, ReportTopic } from './report-card.ts';
import { resolveAccount } from './resolve-account.ts';
import { routingQuestion } from './routing.ts';
import { scoringsQuestion, scoringsSeen } from './scorings.ts';
import { twinsQuestion } from './twins.ts';
import { changeableOf, whatWouldItTakeQuestion } from './what-would-it-take.ts';
import { since, whyChangedQuestion } from './why-changed.ts';
import { worthFindingOutQuestion } from './worth-finding-out.ts';

/** A report that is worked out when it is asked for, from one account or from the scores, and not by an analysis. */
export interface DirectArguments {
  topic: ReportTopic;
  direct: Readonly<Record<string, unknown>>;
}

/** The topics that name an account, and what a question about it needs beside its id. */
const aboutAccount: Readonly<
  Partial<Record<ReportTopic, (store: Store, pin: Pin, options: ReportOptions) => Promise<object>>>
> = {
  'why-changed': (store, pin, days) => since(store, pin, days),
  'what-would-it-take': async (store, pin, { tier }) => ({
    ...(tier === undefined ? {} : { tier }),
    changeable: await changeableOf(store, pin.book.name),
  }),
  'missing-fields': async () => ({}),
  twins: async () => ({}),
};

// biome-ignore lint/suspicious/noExplicitAny: each question has arguments of its own; the receipt keeps them as data
const questions: Readonly<Partial<Record<ReportTopic, Question<any, ReportCard>>>> = {
  expanded: expandedQuestion,
  freshness: freshnessQuestion,
  answers: answersQuestion,
  early: earlyQuestion,
  'why-changed': whyChangedQuestion,
  'what-would-it-take': whatWouldItTakeQuestion,
  'missing-fields': worthFindingOutQuestion,
  twins: twinsQuestion,
  overrides: overridesQuestion,
  governance: governanceQuestion,
  changes: changesQuestion,
  simulate: simulateQuestion,
  models: modelsQuestion,
  routing: routingQuestion,
  health: healthQuestion,
  'outreach-test': outreachTestQuestion,
  scorings: scoringsQuestion,
};

/** The topics that are about what people did, which is as of the moment of the question. */
const ofTheMoment: ReadonlySet<ReportTopic> = new Set<ReportTopic>([
  'freshness',
  'overrides',
  'governance',
  'answers',
  'changes',
  'simulate',
  'models',
  'routing',
]);

/** What a receipt must keep of the moment of the question, for topics that see more than their pin. */
const seenBy: Readonly<
  Partial<Record<ReportTopic, (store: Store, pin: Pin, now: number, options: ReportOptions) => Promise<object>>>
> = {
  answers: async (store, pin, _now, { about }) => (about === undefined ? {} : segmentsSeen(store, pin)),
  health: segmentsSeen,
  models: versionSeen,
  'outreach-test': testSeen,
  scorings: scoringsSeen,
};

/**
 * Where a report asked for now is worked out at once: its pin and all that a receipt must keep to ask it again. `null` where
 * an analysis has found it.
 *
 * @throws {UsageError} when the topic needs an account and none was named
 */
export async function askDirectly(
  store: Store,
  topic: ReportTopic,
  options: ReportOptions,
  now: number,
): Promise<{ pin: Pin; args: DirectArguments } | null> {
  if (questions[topic] === undefined) return null;
  const prepare = aboutAccount[topic];
  if (prepare === undefined) {
    const { about, lines, edit, to, days } = options;
    const direct = ofTheMoment.has(topic)
      ? {
          at: now,
          ...(about === undefined ? {} : { about }),
          ...(lines === undefined ? {} : { lines }),
          ...(edit === undefined ? {} : { edit }),
          ...(topic === 'answers' && days !== undefined ? { at: to ?? now, days } : {}),
        }
      : {};
    const pin = await currentPin(store, await bookOf(store, options.book));
    const seen = (await seenBy[topic]?.(store, pin, now, options)) ?? {};
    return { pin, args: { topic, direct: { ...direct, ...seen } } };
  }
  if (options.about === undefined) {
    // Without an account, what is missing is asked of the whole book, and an analysis knows that.
    if (topic === 'missing-fields') return null;
    throw new UsageError(`${topic} is about one account; name it by its id, domain or name`);
  }
  const account = await resolveAccount(store, options.about, options.book);
  const pin = await currentPin(store, await bookOf(store, account.book));
  return { pin, args: { topic, direct: { account: account.id, ...(await prepare(store, pin, options)) } } };
}

/** Works out a direct report: now, or again for a receipt. */
export async function answerDirectly(
  ports: QuestionPorts,
  pin: Pin,
  { topic, direct }: DirectArguments,
): Promise<Draft<ReportCard>> {
  const question = questions[topic];
  if (question === undefined) throw new UsageError(`there is no report on ${topic} that could be worked out at once`);
  return question(ports, pin, direct);
}

/** Whether the arguments of a receipt are those of a direct report. */
export function isDirect(args: object): args is DirectArguments {
  return 'direct' in args;
}

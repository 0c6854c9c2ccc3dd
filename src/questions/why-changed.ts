import type { ReadingModel } from '../icp/changes/score-side.ts';
import { whyChanged } from '../icp/changes/why-changed.ts';
import { modelOfVersion, type StoredModel } from '../store/models.ts';
import type { Store } from '../store/store.ts';
import type { Question } from './draft.ts';
import { oneHistory } from './one-account.ts';
import type { Pin } from './pin.ts';
import { whyChangedReport } from './reports/why-changed.ts';
import { sideAt } from './side-at.ts';
import type { ReportCard } from './types.ts';

const dayMs = 86_400_000;
/** How far back "what changed" looks when nobody says. */
export const usualLookBackDays = 30;

export interface WhyChangedArguments {
  account: string;
  /** The earlier day. */
  from: number;
  /** The import that was the latest on that day, and the version that was in force: a receipt keeps both. */
  fromImport: number;
  fromModel: number;
}

/** The arguments of a question asked now. */
export async function since(
  store: Store,
  pin: Pin,
  at: number = pin.asOf - usualLookBackDays * dayMs,
): Promise<Omit<WhyChangedArguments, 'account'>> {
  const { importId, model } = await sideAt(store, pin, at);
  return { from: at, fromImport: importId, fromModel: model.version };
}

/** Why is the score not what it was on an earlier day? Split exactly into what happened, what was put right, the model and time. */
export const whyChangedQuestion: Question<WhyChangedArguments, ReportCard> = async ({ store }, pin, args) => {
  const { account, from, fromImport, fromModel } = args;
  const now = await oneHistory(store, pin, account);
  const before = fromImport === pin.importId ? now : await oneHistory(store, { ...pin, importId: fromImport }, account);
  const old = (await modelOfVersion(store, fromModel)) ?? pin.model;
  const changed = whyChanged(
    { history: before, under: reading(old), at: from },
    { history: now, under: reading(pin.model), at: pin.asOf },
  );
  const { text, figures, card } = whyChangedReport(changed, {
    name: now.name,
    before: standing(old, from),
    now: standing(pin.model, Number.POSITIVE_INFINITY),
  });
  return {
    text,
    figures,
    card: { kind: 'report', topic: 'why-changed', ...card },
    read: [
      `the account ${account} of the book ${pin.book.name}, as import ${fromImport} left it by ${dayOf(from)} and as import ${pin.importId} left it by ${dayOf(pin.asOf)}`,
      `model version ${old.version} before and ${pin.model.version} now`,
      'each of the four was replaced in all 24 orders, and what it changed was averaged',
    ],
  };
};

function reading({ version, model, catalogue }: StoredModel): ReadingModel {
  return { version, model, catalogue };
}

/** A model as of a day: whether it was in force then, since when, and who put it there. */
function standing({ version, activatedAt, activatedBy }: StoredModel, at: number) {
  return { version, activatedAt, activatedBy, wasInForce: activatedAt !== null && activatedAt <= at };
}

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

import { UsageError } from '../errors.ts';
import type { ReadingModel } from '../icp/changes/score-side.ts';
import { whyChanged } from '../icp/changes/why-changed.ts';
import { modelOfVersion, type StoredModel } from '../store/models.ts';
import type { Store } from '../store/store.ts';
import type { Question } from './draft.ts';
import { oneHistory } from './one-account.ts';
import type { Pin } from './pin.ts';
import type { ReportCard } from './report-card.ts';
import { whyChangedReport } from './reports/why-changed.ts';
import { sideAt } from './side-at.ts';

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
  /** The later day with what could be seen on it, where it is not that of the pin. */
  later?: { to: number; import: number; model: number };
}

/** The arguments of a question asked now. */
export async function since(
  store: Store,
  pin: Pin,
  { at, to }: { at?: number | undefined; to?: number | undefined },
): Promise<Omit<WhyChangedArguments, 'account'>> {
  const from = at ?? (to ?? pin.asOf) - usualLookBackDays * dayMs;
  if (from >= (to ?? pin.asOf))
    throw new UsageError('why a score changed needs an earlier and a later day, in that order');
  const { importId, model } = await sideAt(store, pin, from);
  const earlier = { from, fromImport: importId, fromModel: model.version };
  if (to === undefined || to >= pin.asOf) return earlier;
  const later = await sideAt(store, pin, to);
  return { ...earlier, later: { to, import: later.importId, model: later.model.version } };
}

/** Why is the score not what it was on an earlier day? Split exactly into what happened, what was put right, the model and time. */
export const whyChangedQuestion: Question<WhyChangedArguments, ReportCard> = async ({ store }, pin, args) => {
  const { account, from, fromImport, fromModel, later } = args;
  const to = later?.to ?? pin.asOf;
  const toImport = later?.import ?? pin.importId;
  const now = await oneHistory(store, { ...pin, importId: toImport }, account);
  const before = fromImport === toImport ? now : await oneHistory(store, { ...pin, importId: fromImport }, account);
  const old = (await modelOfVersion(store, fromModel)) ?? pin.model;
  const recent = later === undefined ? pin.model : ((await modelOfVersion(store, later.model)) ?? pin.model);
  const changed = whyChanged(
    { history: before, under: reading(old), at: from },
    { history: now, under: reading(recent), at: to },
  );
  const { text, figures, card } = whyChangedReport(changed, {
    name: now.name,
    before: standing(old, from),
    now: standing(recent, later?.to ?? Number.POSITIVE_INFINITY),
  });
  return {
    text,
    figures,
    card: { kind: 'report', topic: 'why-changed', ...card },
    read: [
      `the account ${account} of the book ${pin.book.name}, as import ${fromImport} left it by ${dayOf(from)} and as import ${toImport} left it by ${dayOf(to)}`,
      `model version ${old.version} before and ${recent.version} after`,
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

import { type Hypothesis, modelOfHypothesis } from '../icp/hypothesis.ts';
import { mergeCatalogues } from '../icp/proposals/apply-changes.ts';
import { spellAsBook } from '../icp/spell-as-book.ts';
import { findingsAt, findingsOf, type StoredFindings } from '../store/findings.ts';
import { readPackedHistories } from '../store/histories.ts';
import { activationsOf, modelOfVersion, type StoredModel } from '../store/models.ts';
import { settingOf } from '../store/settings.ts';
import type { Store } from '../store/store.ts';
import type { Question } from './draft.ts';
import type { Pin } from './pin.ts';
import type { ReportCard } from './report-card.ts';
import { type OldScoring, scoringsReport } from './reports/scorings.ts';
import { findAgain } from './show-report.ts';
import { supportsOfPlaces } from './supports-of-places.ts';

/** Which scoring is the old one, as it was when somebody asked. */
export interface ScoringsSeen {
  old: { kind: 'written' } | { kind: 'version'; version: number } | null;
  /** The analysis that judged both on later accounts. */
  findings: number | null;
  /** A written ICP is set that no analysis has seen yet. */
  pending: boolean;
}

/**
 * The old scoring: the written ICP where one is set, else the version that was in force before, else the points by hand that
 * come with the product. `null` where these are in force themselves.
 */
export async function scoringsSeen(store: Store, { book, importId, asOf, model }: Pin): Promise<ScoringsSeen> {
  const kept = await findingsAt(store, { book: book.name, importId, asOf });
  const hypothesis = kept?.inputs.hypothesis ?? null;
  const isSet = hypothesis !== null && hypothesis.shipped !== true;
  const isLearned = model.model.kind === 'learned';
  const activations = await activationsOf(store, book.name);
  const since = activations.findLastIndex(({ version }) => version === model.version);
  const before = activations.slice(0, Math.max(since, 0)).findLast(({ version }) => version !== model.version);
  const setting = await settingOf(store, `hypothesis.${book.name}`);
  const pending = !isSet && typeof setting?.value === 'string';
  const findings = kept?.id ?? null;
  if (isSet && isLearned) return { old: { kind: 'written' }, findings, pending };
  if (before !== undefined) return { old: { kind: 'version', version: before.version }, findings, pending };
  return { old: hypothesis !== null && isLearned ? { kind: 'written' } : null, findings, pending };
}

/** The old scoring beside the one in force: both scores of accounts, and by band what was said and what happened. */
export const scoringsQuestion: Question<ScoringsSeen, ReportCard> = async (ports, pin, { old, findings, pending }) => {
  const { store, compute } = ports;
  const kept = findings === null ? null : await findingsOf(store, findings);
  const older = old === null ? null : await modelOf(store, pin, old, kept);
  const about = { book: pin.book.name, version: pin.model.version, learntAsOf: pin.model.model.asOf, pending };
  const kind = pin.model.model.kind;
  if (old === null || older === null) {
    const { text, figures, card } = scoringsReport({ ...about, kind }, null);
    return { text, figures, card: { kind: 'report', topic: 'scorings', ...card }, read: ['versions of the ICP'] };
  }
  const sides = await compute.scoreTwice(
    {
      ...{ old: older.model, inForce: pin.model.model, asOf: pin.asOf },
      catalogue: mergeCatalogues(older.catalogue, pin.model.catalogue),
    },
    () => readPackedHistories(store, pin.book.name, pin),
  );
  const supports = await supportsOfPlaces(
    store,
    pin,
    [...sides.up, ...sides.down].map(({ id, now }) => ({ id, score: now })),
  );
  const found = kept === null ? null : ports.again ? await findAgain(ports, pin, kept) : kept.findings;
  const judged =
    (old.kind === 'written' ? found?.scorings : found?.pastScorings?.find(({ version }) => version === old.version)) ??
    null;
  const { text, figures, card } = scoringsReport({ ...about, kind }, { old: older.name, sides, judged, supports });
  return {
    text,
    figures,
    card: { kind: 'report', topic: 'scorings', ...card },
    read: [
      `every account of the book ${pin.book.name} as of ${new Date(pin.asOf).toISOString().slice(0, 10)}, scored by both`,
      ...(kept === null
        ? []
        : [
            `how later accounts ended, as the analysis as of ${new Date(kept.asOf).toISOString().slice(0, 10)} found it`,
          ]),
    ],
  };
};

async function modelOf(
  store: Store,
  { book, asOf, model: { model, catalogue } }: Pin,
  old: NonNullable<ScoringsSeen['old']>,
  kept: StoredFindings | null,
): Promise<(Pick<StoredModel, 'model' | 'catalogue'> & { name: OldScoring }) | null> {
  if (old.kind === 'version') {
    const stored = await modelOfVersion(store, old.version);
    if (stored === null) return null;
    const { kind, asOf: learntAsOf } = stored.model;
    return { ...stored, name: { kind: 'version', version: old.version, byHand: kind === 'points', learntAsOf } };
  }
  const hypothesis: Hypothesis | null = kept?.inputs.hypothesis ?? null;
  if (hypothesis === null) return null;
  const { seed, counts, historyDays } = model;
  const facts = { book: book.name, asOf, seed, counts, historyDays };
  return {
    catalogue,
    model: modelOfHypothesis(spellAsBook(hypothesis, catalogue.features), facts),
    name: { kind: 'written', name: hypothesis.name, shipped: hypothesis.shipped === true },
  };
}

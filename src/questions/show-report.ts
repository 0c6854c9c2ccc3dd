import { contextOf } from '../engine/finding-inputs.ts';
import { IcpError } from '../errors.ts';
import type { CauseOutcome } from '../icp/causes/cause-findings.ts';
import { shortHash } from '../icp/data-set.ts';
import { findingsAt, findingsOf, hashOfFindings, type StoredFindings } from '../store/findings.ts';
import { readPackedHistories } from '../store/histories.ts';
import { modelOfVersion } from '../store/models.ts';
import { wordingKey, wordingsOf } from '../store/wordings.ts';
import type { Question, QuestionPorts } from './draft.ts';
import type { Pin } from './pin.ts';
import type { ReportCard, ReportTopic } from './report-card.ts';
import { reports } from './reports/catalogue.ts';
import type { Supports } from './reports/report.ts';
import { sayStandingValues, type ValuesAsked, valuesAsked } from './standing-values.ts';
import { supportsOfPlaces } from './supports-of-places.ts';
import type { Figure } from './types.ts';

export interface ReportArguments extends ValuesAsked {
  topic: ReportTopic;
  about?: string;
  outcome?: CauseOutcome;
  /** Which analysis found it. A receipt keeps it, so that it can be found again. */
  findings: number;
  /** The last words for findings that there were. */
  words: number;
}

/**
 * The analysis whose findings a question asked now is about: the last one that saw no more than the pin.
 *
 * @param found the one that is meant, where whoever asks has just looked: the scores may be older than that
 */
export async function currentFindings(
  store: QuestionPorts['store'],
  pin: Pin,
  topic: ReportTopic,
  found?: number,
): Promise<Pick<ReportArguments, 'findings' | 'words' | 'inForce'>> {
  const { name } = pin.book;
  const last = found ?? (await findingsAt(store, { book: name, importId: pin.importId, asOf: pin.asOf }))?.id;
  if (last === undefined) throw notFoundYet(name);
  const asked = topic === 'values' ? await valuesAsked(store, name) : {};
  return { findings: last, words: (await wordingsOf(store, name)).last, ...asked };
}

/** What an analysis found on a topic. Asked again for a receipt, it is found anew from the histories. */
export const reportQuestion: Question<ReportArguments, ReportCard> = async (ports, pin, args) => {
  const { topic, about, outcome, findings } = args;
  const kept = await findingsOf(ports.store, findings);
  if (kept === null) throw notFoundYet(pin.book.name);
  const found = ports.again ? await findAgain(ports, pin, kept) : kept.findings;
  const report = reports[topic];
  if (report === undefined) throw new IcpError('no_findings', `there is no report on ${topic} yet`);
  const { read, draw } = report;
  const { words } = await wordingsOf(ports.store, pin.book.name, args.words);
  const { text, figures, card, nameable } = draw(
    found,
    about,
    (kind, subject) => words.get(wordingKey(kind, subject)) ?? null,
    await supportsIn(ports.store, pin, kept, report.scores?.(found) ?? []),
    outcome,
  );
  const standing = topic === 'values' ? await sayStandingValues(ports.store, pin.book.name, args, found.values) : null;
  const analyzedAt: Figure = {
    key: 'analyzedAt',
    label: 'Analyzed as of',
    v: new Date(kept.asOf).toISOString(),
    unit: 'date',
  };
  return {
    text: `${text}${standing?.text ?? ''}`,
    figures: [
      ...figures,
      ...(standing?.figures ?? []),
      analyzedAt,
      { key: 'content', label: 'Content of the findings', v: hashOfFindings(found).slice(0, 16), unit: 'text' },
    ],
    card: {
      ...{ kind: 'report', topic, ...card },
      sections: [...card.sections, ...(standing?.sections ?? [])],
      ...(nameable === undefined ? {} : { nameable: { book: pin.book.name, ...nameable } }),
    },
    read: [
      read,
      `the findings of the analysis as of ${new Date(kept.asOf).toISOString().slice(0, 10)}, with model version ${kept.modelVersion}`,
      ...(kept.inputs.dataSet === undefined ? [] : [`the data set ${shortHash(kept.inputs.dataSet)}`]),
    ],
  };
};

/** What stands behind scores in findings, by the model that they were found with. */
async function supportsIn(
  store: QuestionPorts['store'],
  { book }: Pin,
  { modelVersion, importId, asOf }: StoredFindings,
  told: readonly { id: string; score: number }[],
): Promise<Supports> {
  const model = told.length === 0 ? null : await modelOfVersion(store, modelVersion);
  return model === null ? new Map() : supportsOfPlaces(store, { book, importId, asOf, model }, told);
}

/** The same findings anew, from the histories that they were found in. */
export async function findAgain(ports: QuestionPorts, pin: Pin, kept: StoredFindings) {
  const model = await modelOfVersion(ports.store, kept.modelVersion);
  if (model === null) throw notFoundYet(pin.book.name);
  return ports.compute.find(
    {
      ...{ book: pin.book.name, timeKind: pin.book.timeKind, asOf: kept.asOf },
      ...{
        model: model.model,
        catalogue: model.catalogue,
        context: await contextOf(ports.store, pin.book.name, kept.inputs),
      },
    },
    () => readPackedHistories(ports.store, pin.book.name, { importId: kept.importId, anew: true }),
  );
}

function notFoundYet(book: string): IcpError {
  return new IcpError('no_findings', `nothing has been looked for in the book ${book} yet; run lodestar analyze`);
}

import { IcpError, UsageError } from '../errors.ts';
import type { DataSet } from '../icp/data-set.ts';
import { describeChange } from '../icp/proposals/describe-change.ts';
import { diffModels } from '../icp/proposals/diff-models.ts';
import { proposalAt } from '../icp/proposals/proposal-state.ts';
import { importOf } from '../store/books.ts';
import { dataSetAt } from '../store/data-set-at.ts';
import { type Activation, activationsOf, modelsOf, type StoredModel } from '../store/models.ts';
import { proposalsAbout } from '../store/proposals.ts';
import { scheduledModels } from '../store/scheduled-models.ts';
import type { Store } from '../store/store.ts';
import type { Question, QuestionPorts } from './draft.ts';
import type { Pin } from './pin.ts';
import { type RanksOnly, ranksOnlyAt } from './ranks-only.ts';
import type { ReportCard, ReportOptions } from './report-card.ts';
import { type ModelDecision, modelReport } from './reports/model.ts';
import { type ModelEntry, modelsReport } from './reports/models.ts';
import { type Training, trainingLog } from './training-log.ts';

export interface ModelsArguments {
  /** The moment of the question: what happened later is not in the answer, whenever it is asked again. */
  at: number;
  /** The number of one version. */
  about?: string;
  /** Where the analysis that made the version could not stand by its chances. */
  ranksOnly?: RanksOnly;
}

/** Every version of the ICP, which is in force, and every training; or the document of one version. */
export const modelsQuestion: Question<ModelsArguments, ReportCard> = async (ports, pin, args) => {
  const { at, about } = args;
  const book = pin.book.name;
  const models = (await modelsOf(ports.store, book)).filter(({ createdAt }) => createdAt <= at);
  const activations = (await activationsOf(ports.store, book)).filter((each) => each.at <= at);
  const trainings = await trainingLog(ports.store, book, models, at);
  const origins = await originsOf(ports.store, book, models);
  const entryOf = (model: StoredModel) => entry(model, { activations, trainings, origins });
  if (about === undefined) {
    const { text, figures, card } = modelsReport(models.map(entryOf), trainings);
    return {
      ...{ text, figures, card: { kind: 'report', topic: 'models', ...card } },
      read: ['versions and when each was in force', 'every analysis in the audit log'],
    };
  }
  const stored = requireVersion(models, about);
  const training = trainings.find(({ version, isNew }) => isNew && version === origins.get(stored.version)) ?? null;
  const before = versionBefore(models, activations, stored);
  const { text, figures, card } = modelReport({
    ...{ entry: entryOf(stored), book, model: stored.model, verdict: stored.verdict, training },
    dataSet: await dataSetOf(ports, book, training),
    source: (await importOf(ports.store, training?.importId ?? stored.importId))?.label ?? null,
    again: trainings.filter(({ version, isNew }) => !isNew && version === stored.version),
    compared:
      before === null
        ? null
        : { version: before.version, changes: diffModels(before.model, stored.model).map(describeChange) },
    decisions: await decisionsOn(ports, stored.version, book, at),
    ranksOnly: args.ranksOnly ?? null,
  });
  return {
    ...{ text, figures, card: { kind: 'report', topic: 'models', ...card } },
    read: [
      `version ${stored.version} as it is kept${before === null ? '' : `, beside version ${before.version}`}`,
      ...(training?.dataSet == null
        ? []
        : [
            `all ${training.dataSet.records} records of ${training.dataSet.accounts} accounts, as of import ${training.importId}`,
          ]),
      'when each version was in force, the audit log, and the proposals that the version is in',
    ],
  };
};

/** What a question about one version sees beside its pin. */
export async function versionSeen(
  store: Store,
  pin: Pin,
  _now: number,
  { about }: ReportOptions,
): Promise<Pick<ModelsArguments, 'ranksOnly'>> {
  if (about === undefined) return {};
  const book = pin.book.name;
  const { importId, asOf } = requireVersion(await modelsOf(store, book), about);
  const ranksOnly = await ranksOnlyAt(store, { book, importId, asOf });
  return ranksOnly === null ? {} : { ranksOnly };
}

/** For a receipt nothing that was kept may be trusted: the data are hashed again. */
async function dataSetOf(ports: QuestionPorts, book: string, training: Training | null): Promise<DataSet | null> {
  const kept = training?.dataSet ?? null;
  return kept === null || training === null || !ports.again ? kept : dataSetAt(ports.store, book, training.importId);
}

function requireVersion(models: readonly StoredModel[], about: string): StoredModel {
  const number = /^\s*(?:version\s+|v)?(\d+)\s*$/i.exec(about)?.[1];
  if (number === undefined) throw new UsageError(`a version is asked for by its number, got "${about}"`);
  const stored = models.find(({ version }) => version === Number(number));
  if (stored === undefined)
    throw new IcpError(
      'no_model',
      `there is no version ${number} of the ICP; there is ${models.map(({ version }) => version).join(', ') || 'none yet'}`,
    );
  return stored;
}

/** The version in which what a version says was learnt: itself, or the candidate whose lines were approved. */
async function originsOf(
  store: Store,
  book: string,
  models: readonly StoredModel[],
): Promise<ReadonlyMap<number, number>> {
  const made = new Map((await scheduledModels(store, book)).map((one) => [one.version, one.candidateVersion]));
  return new Map(
    models.flatMap(({ version, parentVersion }) => {
      const origin = parentVersion === null ? version : (made.get(version) ?? null);
      return origin === null ? [] : [[version, origin]];
    }),
  );
}

function entry(
  { version, model, asOf: learntAsOf, importId, contentHash, parentVersion, changelog, createdAt }: StoredModel,
  seen: {
    activations: readonly Activation[];
    trainings: readonly Training[];
    origins: ReadonlyMap<number, number>;
  },
): ModelEntry {
  const { activations, trainings, origins } = seen;
  return {
    ...{ version, kind: model.kind, standing: model.standing, learntAsOf, importId, contentHash, parentVersion },
    ...{ changelog, createdAt, auc: model.outOfTime?.auc.v ?? null },
    inForce: activations.at(-1)?.version === version,
    trained: trainings.find((one) => one.isNew && one.version === origins.get(version)) ?? null,
    activations: activations.flatMap((each, nth) =>
      each.version === version
        ? [{ at: each.at, by: each.by, kind: each.kind, reason: each.reason, until: activations[nth + 1]?.at ?? null }]
        : [],
    ),
  };
}

/** What a version is held against: the one that it was made from, or the one in force when it was learnt. */
function versionBefore(
  models: readonly StoredModel[],
  activations: readonly Activation[],
  { version, parentVersion, createdAt }: StoredModel,
): StoredModel | null {
  const inForce = activations.findLast((each) => each.at <= createdAt && each.version < version)?.version;
  const before = parentVersion ?? inForce;
  return models.find((one) => one.version === before) ?? null;
}

/** What people decided on the lines that made a version, or that it proposed. */
async function decisionsOn(
  { store }: Pick<QuestionPorts, 'store'>,
  version: number,
  book: string,
  at: number,
): Promise<ModelDecision[]> {
  const proposals = (await proposalsAbout(store, book, version)).filter(({ draftedAt }) => draftedAt <= at);
  return proposals
    .map((proposal) => proposalAt(proposal, at))
    .flatMap(({ id, changes }) =>
      changes.map(({ number, drafted, standing, decided }) => ({
        ...{ proposal: id, line: number, title: describeChange(drafted).title, standing },
        decided: decided === null ? null : { by: decided.byName, at: decided.at, reason: decided.reason },
      })),
    );
}

import type { Training } from '../training-log.ts';
import { createFigureSheet } from './figure-sheet.ts';
import type { Drawn } from './report.ts';
import { dataSetWords, trainingSection } from './training-words.ts';

/** A version as the registry knows it. */
export interface ModelEntry {
  version: number;
  kind: string;
  standing: string;
  learntAsOf: number;
  importId: number;
  contentHash: string | null;
  parentVersion: number | null;
  changelog: string | null;
  createdAt: number;
  /** How what it says was learnt; `null` where the audit log does not have it. */
  trained: Training | null;
  auc: number | null;
  /** When it was in force, each time; without an end where it still is. */
  activations: readonly { at: number; by: string; kind: string; reason: string | null; until: number | null }[];
  inForce: boolean;
}

/** Every version of the ICP with how it came about, which one is in force, and every training. */
export function modelsReport(models: readonly ModelEntry[], trainings: readonly Training[]): Drawn {
  const sheet = createFigureSheet();
  const current = models.find(({ inForce }) => inForce);
  const rows = models.toReversed().map((model) => {
    const key = (what: string) => `v${model.version}.${what}`;
    const last = model.activations.at(-1);
    return [
      `${sheet.number(key('version'), 'Version', model.version, 'count')}${model.inForce ? ' (in force)' : ''}`,
      sheet.day(key('asOf'), 'Learnt as of', model.learntAsOf),
      model.trained === null
        ? 'not known'
        : `${sheet.day(key('trained'), 'Trained', model.trained.at)}, ${sheet.text(key('trainer'), 'By', model.trained.by)}`,
      dataSetWords(sheet, key('data'), model.trained?.dataSet ?? null),
      last === undefined
        ? 'never in force'
        : `${sheet.day(key('at'), 'In force since', last.at)}, ${sheet.text(key('by'), 'By', last.by)}`,
      sheet.number(key('auc'), 'AUC on later accounts', model.auc, 'ratio'),
      sheet.text(
        key('changelog'),
        'What changed',
        model.changelog ?? (model.parentVersion === null ? 'learnt anew' : 'not said'),
      ),
    ];
  });
  return {
    text:
      current === undefined
        ? 'No version is in force yet; lodestar analyze learns the first.'
        : `Version ${sheet.number('current', 'In force', current.version, 'count')} is in force, one of ${sheet.number('versions', 'Versions', models.length, 'count')}.`,
    figures: sheet.figures,
    card: {
      title: 'Versions of the ICP',
      sections: [
        {
          heading: null,
          lines: [],
          table:
            rows.length === 0
              ? null
              : {
                  columns: ['Version', 'Learnt as of', 'Trained', 'Data set', 'In force', 'AUC', 'What changed'],
                  rows,
                },
        },
        trainingSection(sheet, trainings),
      ],
      chart: null,
      choices: [
        ...(current === undefined
          ? []
          : [{ label: `Version ${current.version}`, question: `models ${current.version}` }]),
        { label: 'Proposed changes', question: 'changes' },
      ],
      data: { models, trainings },
    },
  };
}

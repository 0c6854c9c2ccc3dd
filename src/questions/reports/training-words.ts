import { shortHash } from '../../icp/data-set.ts';
import type { ReportSection } from '../report-card.ts';
import type { Training } from '../training-log.ts';
import type { FigureSheet } from './figure-sheet.ts';

const mostTrainings = 20;

/** The last times that the book was learnt from, newest first, those that found nothing new too. */
export function trainingSection(sheet: FigureSheet, trainings: readonly Training[]): ReportSection {
  const told = [...trainings.entries()].slice(-mostTrainings).reverse();
  const earlier = trainings.length - told.length;
  return {
    heading: 'Training log',
    lines: [
      ...(trainings.length === 0
        ? ['No training is in the audit log.']
        : [`Trainings so far: ${sheet.number('trainings', 'Trainings', trainings.length, 'count')}.`]),
      ...(earlier === 0
        ? []
        : [`The ${sheet.number('earlier', 'Earlier trainings', earlier, 'count')} before these are in the audit log.`]),
    ],
    table:
      told.length === 0
        ? null
        : {
            columns: ['Trained', 'By', 'Data up to', 'Data set', 'What came of it'],
            rows: told.map(([nth, training]) => {
              const key = (what: string) => `t${nth + 1}.${what}`;
              const version = sheet.number(key('version'), 'Version', training.version, 'count');
              const before = trainings[nth - 1]?.dataSet?.hash;
              return [
                sheet.day(key('at'), 'Trained', training.at),
                sheet.text(key('by'), 'By', training.by),
                sheet.day(key('asOf'), 'Data up to', training.asOf),
                `${dataSetWords(sheet, key('data'), training.dataSet)}${before !== undefined && before === training.dataSet?.hash ? ', the same as before' : ''}`,
                training.isNew ? `version ${version}, new` : `version ${version} again: the same`,
              ];
            }),
          },
  };
}

/** A data set as its short hash, or that it was not kept. */
export function dataSetWords(sheet: FigureSheet, key: string, dataSet: Training['dataSet']): string {
  return dataSet === null ? 'not kept' : sheet.text(key, 'Data set', shortHash(dataSet));
}

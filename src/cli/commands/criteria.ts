import { exportColumnOf, exportColumns } from '../../icp/features/export-columns.ts';
import type { Criterion, ModelBin } from '../../icp/types.ts';
import { fillIn } from '../../questions/format-figure.ts';
import { bookOf, currentPin, type Pin } from '../../questions/pin.ts';
import type { Command } from '../command.ts';
import { bookFlag, bookOption, plainText } from '../reading.ts';

export const criteria: Command = {
  name: 'criteria',
  summary: 'the published table: what matters, and how many points each bin gives',
  options: [bookFlag],
  async run({ questions, store }, { out, options }) {
    const { book } = bookOption(options);
    const answer = await questions.criteria(book === undefined ? {} : { book });
    const pin = await currentPin(store, await bookOf(store, book));
    const rows = answer.card.rows.map(
      ({ weight, strength, label, layer, best, worst }) =>
        `${weight.toFixed(2)}  ${strength.padEnd(6)}  ${label} (${layer}): ${best?.points.toFixed(1) ?? '0.0'} for "${best?.label ?? ''}", ${worst?.points.toFixed(1) ?? '0.0'} for "${worst?.label ?? ''}"`,
    );
    out.answer(
      { ...tableOf(pin), receipt: answer.receipt },
      [plainText(fillIn(answer.text, answer.figures)), '', ...rows, '', `Receipt ${answer.receipt}`].join('\n'),
    );
  },
};

/**
 * The table that anybody can score with: `export features` has the columns that the bins name.
 *
 * A bin of a category holds an account when one of its `columns` is 1; `other` holds it when all columns of the criterion are
 * known and no bin took it; `unknown` when they are blank. A flag's column is 1 for `present` and 0 for `absent`.
 */
function tableOf({ book, model: { model, version, verdict, catalogue } }: Pin) {
  const columns = exportColumns(catalogue);
  const columnsOf = (criterion: Criterion, { match }: ModelBin) =>
    match.kind === 'is' && criterion.type === 'category'
      ? match.values.flatMap((level) => exportColumnOf(columns, criterion.key, level) ?? [])
      : [criterion.key];
  const { detractor } = model;
  return {
    book: book.name,
    modelVersion: version,
    kind: model.kind,
    standing: model.standing,
    verdict,
    base: model.base / 10,
    cuts: model.cuts,
    layerCaps:
      model.layerCaps === null
        ? null
        : Object.fromEntries(Object.entries(model.layerCaps).map(([layer, cap]) => [layer, cap / 10])),
    derived: model.derived ?? [],
    detractor: detractor === null ? null : { ...detractor, intercept: detractor.intercept / 1000 },
    levers: model.levers,
    stageValues: model.stageValues,
    counts: model.counts,
    historyDays: model.historyDays,
    outOfTime: model.outOfTime,
    suspects: model.suspects,
    warnings: model.warnings,
    criteria: model.criteria.map((criterion) => ({
      ...criterion,
      bins: criterion.bins.map((bin) => ({
        ...bin,
        columns: columnsOf(criterion, bin),
        points: bin.points / 10,
        churn: bin.churn / 1000,
      })),
    })),
  };
}

import type { Criterion, ModelBin } from '../icp/model.ts';
import { asSentence } from './as-sentence.ts';
import { type AskedWithin, dataStanding } from './data-standing.ts';
import { type Question, words } from './draft.ts';
import { trainedBefore } from './trained-before.ts';
import type { CriteriaCard, Figure } from './types.ts';

const named = 3;

/** What matters, how much, and what the model can say of itself. */
export const criteriaQuestion: Question<AskedWithin, CriteriaCard> = async ({ store }, pin, asked) => {
  const { model, version } = pin.model;
  const verdict = sentence(pin.model.verdict);
  const sorted = [...model.criteria].sort(
    (a, b) => b.weight - a.weight || churnRange(b) - churnRange(a) || (a.key < b.key ? -1 : 1),
  );
  const weights = sorted.map(({ weight }) => weight).filter((weight) => weight > 0);
  const [strongest, weakest] = [weights[0], weights.at(-1)];
  const ratio = strongest === undefined || weakest === undefined ? null : Math.round((strongest / weakest) * 10) / 10;
  const data = await dataStanding(store, pin, asked);
  const card: CriteriaCard = {
    kind: 'criteria',
    book: pin.book.name,
    modelVersion: version,
    standing: model.standing,
    base: model.base / 10,
    ratio,
    rows: sorted.map((criterion) => ({
      ...{ key: criterion.key, label: criterion.label, layer: criterion.layer, part: criterion.part },
      ...{ weight: criterion.weight, strength: criterion.strength, causal: criterion.causal },
      ...extremes(criterion),
    })),
    stageValues: model.stageValues,
    k: model.detractor?.k ?? 0,
    outOfTime: model.outOfTime,
    verdict: asSentence(verdict),
    warnings: model.warnings,
    data: data.standing,
  };
  const { outOfTime } = model;
  const events = await trainedBefore(store, pin);
  return {
    card: { ...card, warnings: [...card.warnings, ...events.map(({ warning }) => warning)] },
    figures: [
      { key: 'criteria', label: 'Criteria', v: sorted.length, unit: 'count' },
      { key: 'base', label: 'Base', v: card.base, unit: 'points' },
      { key: 'ratio', label: 'Strongest criterion over weakest', v: ratio, unit: 'ratio' },
      { key: 'modelVersion', label: 'Model version', v: version, unit: 'count' },
      { key: 'won', label: 'Won accounts', v: model.counts.won, unit: 'count' },
      { key: 'lost', label: 'Lost accounts', v: model.counts.lost, unit: 'count' },
      ...(outOfTime === null
        ? []
        : [
            {
              key: 'auc',
              label: 'AUC out of time',
              v: outOfTime.auc.v,
              unit: 'ratio',
              low: outOfTime.auc.low,
              high: outOfTime.auc.high,
              n: outOfTime.n,
            } satisfies Figure,
            {
              key: 'lift',
              label: 'Lift of the top tenth, out of time',
              v: outOfTime.topDecileLift,
              unit: 'ratio',
            } satisfies Figure,
          ]),
      ...Object.entries(model.stageValues).map(
        ([stage, v]): Figure => ({ key: `value.${stage}`, label: `Worth of ${stage}`, v, unit: 'number' }),
      ),
      { key: 'k', label: 'Most that the detractor takes', v: card.k, unit: 'share' },
      ...card.rows.flatMap((row): Figure[] => [
        words(`c.${row.key}`, 'Criterion', row.label),
        { key: `c.${row.key}.weight`, label: `Weight of ${row.label}`, v: row.weight, unit: 'share' },
        ...(row.best === null
          ? []
          : [
              words(`c.${row.key}.best`, 'Best', row.best.label),
              {
                key: `c.${row.key}.bestPoints`,
                label: row.best.label,
                v: row.best.points,
                unit: 'points',
              } satisfies Figure,
            ]),
        ...(row.worst === null
          ? []
          : [
              words(`c.${row.key}.worst`, 'Worst', row.worst.label),
              {
                key: `c.${row.key}.worstPoints`,
                label: row.worst.label,
                v: row.worst.points,
                unit: 'points',
              } satisfies Figure,
            ]),
      ]),
      ...data.figures,
      ...events.flatMap(({ figures }) => figures),
      words('verdict', 'What the fit says of itself', card.verdict),
    ],
    text: [
      textOf(card),
      ...data.sentences.filter(({ caution }) => caution).map(({ text }) => text),
      data.layers,
      ...events.map(({ sentence }) => sentence),
    ]
      .filter((sentence) => sentence !== '')
      .join(' '),
    read: [
      ...events.map(({ read }) => read),
      ...data.read,
      `the table of model version ${version} of the book ${pin.book.name}`,
      `fitted on ${model.counts.touched} touched accounts: ${model.counts.won} won, ${model.counts.lost} lost`,
      ...(outOfTime === null ? [] : [`judged on ${outOfTime.n} later accounts that it was not fitted on`]),
    ],
  };
};

/** The fit's word as a sentence of its own: others follow it. */
function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

function extremes({ bins }: Criterion): {
  best: CriteriaCard['rows'][number]['best'];
  worst: CriteriaCard['rows'][number]['worst'];
} {
  const sorted = [...bins].sort((a, b) => b.points - a.points);
  const side = (bin: ModelBin | undefined) =>
    bin === undefined ? null : { label: bin.label, points: bin.points / 10, rate: bin.rate };
  return { best: side(sorted[0]), worst: side(sorted.at(-1)) };
}

/** How far a criterion's bins lie apart in what they say of churning after use, in thousandths of a logit. */
function churnRange({ bins }: Criterion): number {
  const churn = bins.map((bin) => bin.churn);
  return churn.length === 0 ? 0 : Math.max(...churn) - Math.min(...churn);
}

function textOf(card: CriteriaCard): string {
  if (card.rows.length === 0) return '{{verdict}} Every account has the base of {{base}} points.';
  if (card.rows.every(({ weight }) => weight === 0)) {
    const leaving = card.rows.slice(0, named).map(({ key }) => `*{{c.${key}}}*`);
    return `{{verdict}} Every account has the base of {{base}} points; what tells most of who leaves after use: ${leaving.join(', ')}.`;
  }
  const top = card.rows.slice(0, named).map(({ key }) => `*{{c.${key}}}* ({{c.${key}.weight}})`);
  const ratio = card.ratio === null || card.rows.length < 2 ? '' : ' The strongest weighs {{ratio}} times the weakest.';
  return `{{verdict}} What matters most, by weight: ${top.join(', ')}.${ratio}`;
}

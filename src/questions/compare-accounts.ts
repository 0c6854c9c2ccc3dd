import type { Question } from './draft.ts';
import { explainAt, figuresOf, twoOf } from './explain-account.ts';
import type { RanksOnly } from './ranks-only.ts';
import { inForceFigures, inForceText } from './side-at.ts';
import type { CompareCard, Figure } from './types.ts';

const named = 3;

interface CompareArguments {
  left: string;
  right: string;
  at?: number;
  /** The overrides that held when it was asked. */
  leftOverride?: number;
  rightOverride?: number;
  /** The cautions that held then. */
  cautions?: readonly number[];
  ranksOnly?: RanksOnly;
}

/** What parts two accounts of a book, criterion by criterion, largest difference first. */
export const compareQuestion: Question<CompareArguments, CompareCard> = async (ports, pin, args) => {
  const left = await explainAt(ports, pin, args.left, args.at, saidOf(args, args.leftOverride));
  const right = await explainAt(ports, pin, args.right, args.at, saidOf(args, args.rightOverride));
  const points = new Map(right.explanation.criteria.map((criterion) => [criterion.key, criterion.points]));
  const differences = left.explanation.criteria
    .map(({ key, label, layer, points: own }) => {
      const other = points.get(key) ?? 0;
      return { key, label, layer, left: own, right: other, difference: Math.round((own - other) * 10) / 10 };
    })
    .filter(({ difference }) => difference !== 0)
    .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference) || (a.key < b.key ? -1 : 1));
  const gap = Math.round((left.explanation.score - right.explanation.score) * 10) / 10;
  const { then } = left;
  const summary = [
    textOf(gap, differences, left.explanation.detractor.multiplier !== right.explanation.detractor.multiplier),
    ...(then === null ? [] : [inForceText(then, 'left.')]),
  ].join(' ');
  return {
    card: { kind: 'compare', left: left.explanation, right: right.explanation, differences, summary },
    figures: [
      ...figuresOf(left.explanation, twoOf(left.questions), 'left.'),
      ...figuresOf(right.explanation, twoOf(right.questions), 'right.'),
      ...(then === null ? [] : inForceFigures(then)),
      { key: 'gap', label: 'Difference in score', v: Math.abs(gap), unit: 'points' },
      ...differences.map(
        ({ key, label, difference }): Figure => ({
          key: `d.${key}`,
          label: `Difference in points: ${label}`,
          v: difference,
          unit: 'points',
        }),
      ),
    ],
    text: summary,
    read: [...left.read, ...right.read],
  };
};

function saidOf({ cautions = [], ranksOnly }: CompareArguments, override: number | undefined) {
  return {
    cautions,
    ...(ranksOnly === undefined ? {} : { ranksOnly }),
    ...(override === undefined ? {} : { override }),
  };
}

function textOf(gap: number, differences: CompareCard['differences'], multipliersDiffer: boolean): string {
  const [ahead, behind] = gap >= 0 ? ['left', 'right'] : ['right', 'left'];
  const standing =
    gap === 0
      ? '*{{left.name}}* and *{{right.name}}* have the same score of *{{left.score}}*.'
      : `*{{${ahead}.name}}* ({{${ahead}.tier}}, *{{${ahead}.score}}*) is {{gap}} points ahead of *{{${behind}.name}}* ({{${behind}.tier}}, *{{${behind}.score}}*).`;
  const reasons = differences
    .slice(0, named)
    .map(({ key }) => `{{left.c.${key}}} ({{left.c.${key}.points}} against {{right.c.${key}.points}})`);
  return [
    standing,
    reasons.length === 0 ? 'No criterion tells them apart.' : `They differ most in: ${reasons.join('; ')}.`,
    multipliersDiffer
      ? 'The detractor multiplies the first by {{left.multiplier}} and the second by {{right.multiplier}}.'
      : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

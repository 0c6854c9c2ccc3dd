import { isLowEvidence } from '../../icp/evidence.ts';
import type { Explanation } from '../../icp/explanation.ts';
import { fillIn, formatDate, roughScore } from '../../questions/format-figure.ts';
import { wonWords } from '../../questions/won-words.ts';
import type { Command } from '../command.ts';
import { bookFlag, bookOption, instantOption, plainText } from '../reading.ts';

export const explain: Command = {
  name: 'explain',
  args: [{ syntax: '<account>', description: 'an id, a domain or a name' }],
  options: [{ flags: '--at <date>', description: 'as it was known on a day' }, bookFlag],
  async run({ questions }, { out, args: [account = ''], options }) {
    const at = instantOption(options.at, '--at');
    const answer = await questions.explain(account, {
      ...(at === null ? {} : { at }),
      ...bookOption(options),
    });
    const { explanation } = answer.card;
    out.answer(
      { ...explanation, receipt: answer.receipt },
      [
        plainText(fillIn(answer.text, answer.figures)),
        '',
        ...ledger(explanation),
        '',
        `Receipt ${answer.receipt}`,
      ].join('\n'),
    );
  },
};

/** The arithmetic, one line a step, as a person would write it under one another. */
function ledger(explanation: Explanation): string[] {
  const line = (points: number, what: string) => `${signed(points).padStart(8)}  ${what}`;
  const { detractor } = explanation;
  return [
    line(explanation.base, 'base: the average account'),
    ...explanation.criteria
      .filter(({ points }) => points !== 0)
      .map(({ points, label, layer, part, rate }) =>
        line(points, `${label} (${layer}${rate === null ? '' : `, ${wonWords(part, rate)}`})`),
      ),
    ...(explanation.clamp === 0 ? [] : [line(explanation.clamp, 'clamp to 0..100')]),
    `${explanation.positive.toFixed(1).padStart(8)}  fit part`,
    `${`x ${detractor.multiplier.toFixed(3)}`.padStart(8)}  detractor${detractor.flagged ? ', flagged' : ''}${detractor.reasons.length === 0 ? '' : `: ${detractor.reasons.join('; ')}`}`,
    `${explanation.score.toFixed(1).padStart(8)}  score: tier ${explanation.tier}${explanation.tierRule === null ? '' : ` (${explanation.tierRule})`}`,
    ...(isLowEvidence(explanation.evidence.grade)
      ? [`          ${roughScore(explanation.score, explanation.range)}: read it as a hint`]
      : []),
    ...(explanation.override === null ? [] : [overrideLine(explanation.override)]),
    ...explanation.evidence.reasons.map((reason) => `          evidence ${explanation.evidence.grade}: ${reason}`),
    ...(explanation.ranksOnly === undefined ? [] : [`          note: ${explanation.ranksOnly}`]),
    ...explanation.warnings.map((warning) => `          note: ${warning}`),
  ];
}

function overrideLine({ tier, by, until, reason }: NonNullable<Explanation['override']>): string {
  return `          override: tier ${tier} by decision of ${by} until ${formatDate(until)}: ${reason}`;
}

function signed(points: number): string {
  return `${points < 0 ? '' : '+'}${points.toFixed(1)}`;
}

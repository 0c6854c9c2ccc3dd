import { recordUrl } from '../engine/sync/crm-settings.ts';
import { IcpError } from '../errors.ts';
import { isLowEvidence } from '../icp/evidence.ts';
import { explainAccount } from '../icp/explain.ts';
import type { ExplainedCriterion, Explanation } from '../icp/explanation.ts';
import { readAccount } from '../icp/features/read-account.ts';
import { cautionsOn } from '../icp/judgements/caution.ts';
import type { Override } from '../icp/judgements/override.ts';
import type { TwoQuestions } from '../icp/two-questions.ts';
import { cautionsOf } from '../store/cautions.ts';
import { readHistories } from '../store/histories.ts';
import { overrideOf } from '../store/overrides.ts';
import { type Question, type QuestionPorts, words } from './draft.ts';
import type { Pin } from './pin.ts';
import { type RanksOnly, ranksOnlyLine } from './ranks-only.ts';
import { scoreFigure } from './score-figure.ts';
import { inForceFigures, inForceText, type SideAt, sideAt, standingInWords } from './side-at.ts';
import type { Figure, ScoreCard } from './types.ts';

const reasonsUp = 3;
const reasonsDown = 2;
const noChances: Explanation['levers'] = { accepted: null, qualified: null, won: null, expanded: null };

export interface ExplainArguments {
  account: string;
  /** An earlier day. */
  at?: number;
  /** The override that held when it was asked: a receipt keeps its number, since it may be lifted later. */
  override?: number;
  /** The cautions that held then. */
  cautions?: readonly number[];
  /** The tier that others were told then, while the score had not held its own for long enough. */
  held?: 1 | 2 | 3;
  /** The tier that the CRM had then, as we wrote it last. */
  crmTier?: 1 | 2 | 3;
  /** That chances could not be relied on then, as the last analysis had found. */
  ranksOnly?: RanksOnly;
}

/** Why does this account have its score? Recomputed from its history, so the answer cannot differ from the data. */
export const explainQuestion: Question<ExplainArguments, ScoreCard> = async (ports, pin, args) => {
  const { explanation, questions, read, then } = await explainAt(ports, pin, args.account, args.at, args);
  const moving = explanation.criteria.filter(({ points }) => points !== 0);
  const ranked = moving.toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points) || unknown(a) - unknown(b));
  const up = ranked.filter(({ points }) => points > 0).slice(0, reasonsUp);
  const down = ranked.filter(({ points }) => points < 0).slice(0, reasonsDown);
  const card: ScoreCard = {
    kind: 'score',
    explanation,
    up: up.map(({ key }) => key),
    down: down.map(({ key }) => key),
    ...twoOf(questions),
    label: questions.label,
  };
  const figures = [...figuresOf(explanation, card), ...(then === null ? [] : inForceFigures(then))];
  return { card, figures, text: textOf(explanation, card, then), read };
};

/** The two questions as a card has them: in points, not tenths of one. */
export function twoOf({ fit, timing }: TwoQuestions): Pick<ScoreCard, 'fit' | 'timing'> {
  return { fit: { ...fit, points: fit.points / 10 }, timing: { ...timing, points: timing.points / 10 } };
}

/** Of two reasons of the same size, a known fact goes before one that only says that something is not known. */
function unknown({ value }: ExplainedCriterion): number {
  return value === null ? 1 : 0;
}

/** Why others are told another tier than the score reads. */
function heldBack(tier: 1 | 2 | 3, held: 1 | 2 | 3 | undefined): string[] {
  if (held === undefined || held === tier) return [];
  return [`others are told tier ${held} until the score is two points past the cut, or has held for two runs`];
}

/** One account explained at a pin, or as it was known on an earlier day, under the model that was in force on it. */
export async function explainAt(
  { store }: QuestionPorts,
  pin: Pin,
  accountId: string,
  at?: number,
  said: Pick<ExplainArguments, 'override' | 'cautions' | 'held' | 'crmTier' | 'ranksOnly'> = {},
): Promise<{ explanation: Explanation; questions: TwoQuestions; read: string[]; then: SideAt | null }> {
  const asOf = at ?? pin.asOf;
  const side: SideAt =
    at === undefined ? { importId: pin.importId, model: pin.model, wasInForce: true } : await sideAt(store, pin, at);
  const { model, catalogue, version } = side.model;
  // A button of a card of now carries the instant of the pin, which is no other day.
  const then = asOf === pin.asOf ? null : side;
  for await (const [history] of readHistories(store, pin.book.name, {
    importId: side.importId,
    accountIds: [accountId],
  })) {
    if (history === undefined) break;
    const override = said.override === undefined ? null : await overrideOf(store, said.override);
    const cautions = await cautionsOf(store, said.cautions ?? []);
    const reading = readAccount(history, catalogue, asOf);
    const { explanation: byModel, questions } = explainAccount({
      model,
      modelVersion: version,
      timeKind: pin.book.timeKind,
      history,
      read: reading,
      asOf,
    });
    const explanation = {
      ...byModel,
      context: {
        ...byModel.context,
        url: await recordUrl(store, pin.book.name, accountId),
        crmTier: said.crmTier ?? null,
      },
      override: override === null ? null : besideModel(override),
      ...(said.ranksOnly === undefined ? {} : { levers: noChances, ranksOnly: ranksOnlyLine(said.ranksOnly) }),
      warnings: [
        ...(then === null ? [] : [`as of ${dayOf(asOf)}: ${standingInWords(then)}`]),
        ...cautionsOn(cautions, reading.value),
        ...heldBack(byModel.tier, said.held),
        ...byModel.warnings,
      ],
    };
    const { counts } = model;
    const seen: [number, string][] = [
      [history.observations.length, 'sets of attributes'],
      [history.signals.length, 'signals'],
      [history.leads.length, 'leads'],
      [history.opportunities.length, 'opportunities'],
      [history.usage.length, 'usage figures'],
    ];
    const read = [
      `account ${accountId} of the book ${pin.book.name}: ${seen.map(([n, what]) => `${n} ${what}`).join(', ')}, of which only those known by ${explanation.asOf.slice(0, 10)} count`,
      ...(at === undefined ? [] : [standingInWords(side)]),
      ...(override === null ? [] : [`override ${override.id}, set on ${dayOf(override.setAt)} by ${override.byName}`]),
      `model version ${version}, from ${counts.touched} touched accounts: ${counts.won} won and ${counts.lost} lost`,
      'base plus points plus clamp is the fit part; the fit part times the multiplier is the score',
    ];
    return { explanation, questions, read, then };
  }
  throw new IcpError(
    'account_not_found',
    `the account ${accountId} is not in the book ${pin.book.name} as of import ${side.importId}`,
  );
}

function besideModel({ tier, reason, until, byName }: Override): NonNullable<Explanation['override']> {
  return { tier, reason, until: new Date(until).toISOString(), by: byName };
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** Every figure that the card or the sentence may show. */
export function figuresOf(explanation: Explanation, card: Pick<ScoreCard, 'fit' | 'timing'>, prefix = ''): Figure[] {
  const { account, context, detractor, levers, layers, override } = explanation;
  const key = (name: string) => `${prefix}${name}`;
  return [
    words(key('name'), 'Account', account.name),
    scoreFigure(key('score'), 'Score', { ...explanation, evidence: explanation.evidence.grade }),
    { key: key('tier'), label: 'Tier', v: explanation.tier, unit: 'tier' },
    ...(override === null
      ? []
      : [
          { key: key('override'), label: 'Tier by override', v: override.tier, unit: 'tier' } satisfies Figure,
          { key: key('overrideUntil'), label: 'Override until', v: override.until, unit: 'date' } satisfies Figure,
          words(key('overrideBy'), 'Override by', override.by),
          words(key('overrideReason'), 'Reason of the override', override.reason),
        ]),
    { key: key('base'), label: 'Base', v: explanation.base, unit: 'points' },
    { key: key('clamp'), label: 'Clamp to 0..100', v: explanation.clamp, unit: 'points' },
    { key: key('positive'), label: 'Fit part', v: explanation.positive, unit: 'points' },
    { key: key('multiplier'), label: 'Detractor multiplier', v: detractor.multiplier, unit: 'ratio' },
    { key: key('match'), label: 'Detractor match', v: detractor.match, unit: 'ratio' },
    { key: key('churn'), label: 'Probability of churning after use', v: detractor.probability, unit: 'share' },
    { key: key('churnBase'), label: 'Share of customers that churn after use', v: detractor.baseRate, unit: 'share' },
    words(key('evidence'), 'Evidence', explanation.evidence.grade),
    words(key('fit'), 'The right kind of company', card.fit.verdict),
    { key: key('fitPoints'), label: 'Points for fit', v: card.fit.points, unit: 'points' },
    words(key('timing'), 'Moving now', card.timing.verdict),
    { key: key('timingPoints'), label: 'Points for timing', v: card.timing.points, unit: 'points' },
    { key: key('signals'), label: 'Signals in the last 90 days', v: card.timing.signals, unit: 'count' },
    ...Object.entries(layers).map(
      ([layer, v]): Figure => ({
        key: key(`layer.${layer}`),
        label: `Points of the ${layer} layer`,
        v,
        unit: 'points',
      }),
    ),
    ...(explanation.ranksOnly === undefined
      ? Object.entries(levers).map(
          ([stage, v]): Figure => ({
            key: key(`p.${stage}`),
            label: `Probability of being ${stage}`,
            v,
            unit: 'share',
          }),
        )
      : [words(key('ranksOnly'), 'Why no chance is told', explanation.ranksOnly)]),
    { key: key('openPipeline'), label: 'Open pipeline', v: context.openPipeline, unit: 'money' },
    { key: key('lastActivity'), label: 'Last activity', v: context.lastActivityAt, unit: 'date' },
    { key: key('modelVersion'), label: 'Model version', v: explanation.modelVersion, unit: 'count' },
    { key: key('asOf'), label: 'As of', v: explanation.asOf, unit: 'date' },
    ...explanation.criteria.flatMap((criterion): Figure[] => [
      words(key(`c.${criterion.key}`), `Criterion ${criterion.key}`, criterion.label),
      {
        key: key(`c.${criterion.key}.points`),
        label: `Points: ${criterion.label}`,
        v: criterion.points,
        unit: 'points',
      },
      ...(criterion.rate === null
        ? []
        : [
            {
              key: key(`c.${criterion.key}.rate`),
              label: `${criterion.part === 'timing' ? 'Account-months that a win came soon after' : 'Win rate'}: ${criterion.label}`,
              v: criterion.rate.v,
              unit: 'share',
              low: criterion.rate.low,
              high: criterion.rate.high,
              n: criterion.rate.n,
            } satisfies Figure,
          ]),
    ]),
  ];
}

function textOf(explanation: Explanation, card: ScoreCard, then: SideAt | null): string {
  const is = then === null ? 'is' : 'was';
  const reasons = (keys: readonly string[]) => keys.map((key) => `{{c.${key}}} ({{c.${key}.points}})`).join(', ');
  return [
    isLowEvidence(explanation.evidence.grade)
      ? `*{{name}}* ${is} *{{tier}}* with a score of {{score}}: a hint and no more.`
      : `*{{name}}* ${is} *{{tier}}* with a score of *{{score}}*.`,
    then === null ? '' : inForceText(then),
    card.up.length === 0 ? 'Nothing known speaks for it.' : `For it: ${reasons(card.up)}.`,
    card.down.length === 0 ? '' : `Against it: ${reasons(card.down)}.`,
    explanation.detractor.match > 0
      ? 'It looks more like the customers that left than the average one, so the fit part of {{positive}} is multiplied by {{multiplier}}.'
      : '',
    explanation.override === null
      ? ''
      : '{{overrideBy}} overrides it to *{{override}}* until {{overrideUntil}}: “{{overrideReason}}”.',
    explanation.tierRule === null ? '' : 'It is flagged as a detractor match, and a flagged account is tier 2 at most.',
    card.label === null ? '' : `It is _${card.label}_.`,
    'Evidence {{evidence}}.',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

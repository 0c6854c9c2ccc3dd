import type { CalibratedValues } from '../../icp/calibrate-values.ts';
import type { OutcomeValues } from '../../icp/outcome-values.ts';
import { stages } from '../../icp/types.ts';
import { type ValuesInForce, valuesInForce } from '../../icp/values-in-force.ts';
import { words } from '../draft.ts';
import type { Figure } from '../types.ts';

/** The values that scores go by now, and since when and through whom, as far as they are not the usual ones. */
export interface StandingValues {
  version: number;
  values: OutcomeValues;
  hasDetractor: boolean;
  since: { at: string; by: string } | null;
  /** A version that comes into force on its day and counts the stages otherwise; `null` where none does. */
  scheduled: number | null;
}

/** Two sentences for the report on what stages are worth: what is in force, and what the next analysis does about it. */
export function sayValuesInForce(
  standing: StandingValues,
  calibrated: CalibratedValues,
): { lines: readonly string[]; figures: readonly Figure[] } {
  const { version, values, hasDetractor, since, scheduled } = standing;
  const found = valuesInForce(values, hasDetractor, calibrated);
  return {
    lines: [inForceLine(found, standing), nextLine(found, standing, calibrated)],
    figures: [
      { key: 'inForce.version', label: 'Version in force', v: version, unit: 'count' },
      ...figuresOf('inForce', 'in force', hasDetractor ? values : { ...values, k: null }),
      ...figuresOf('next', 'to learn by next', found.next),
      words('inForce.stages', 'Stage values in force', found.stages),
      { key: 'inForce.since', label: 'In force since', v: since?.at ?? null, unit: 'date' },
      words('inForce.by', 'Put in force by', since?.by ?? 'nobody'),
      { key: 'inForce.scheduled', label: 'Scheduled version with other values', v: scheduled, unit: 'count' },
    ],
  };
}

function figuresOf(
  key: string,
  label: string,
  { stageValues, k }: Pick<OutcomeValues, 'stageValues'> & { k: number | null },
): Figure[] {
  return [
    ...stages.map(
      (stage): Figure => ({
        key: `${key}.${stage}`,
        label: `${stage}, ${label}`,
        v: stageValues[stage],
        unit: 'points',
      }),
    ),
    { key: `${key}.k`, label: `Bite of the detractor, ${label}`, v: k, unit: 'number' },
  ];
}

function inForceLine({ stages: kind, bite }: ValuesInForce, { since, scheduled }: StandingValues): string {
  const dated = since === null ? '' : ', in force since {{inForce.since}} by {{inForce.by}}';
  const origin = kind === 'usual' ? 'the usual ones' : `learnt from what accounts pay${dated}`;
  const detractor =
    bite === null
      ? ' It has no detractor.'
      : ` Its detractor takes away up to {{inForce.k}}, ${bite === 'usual' ? 'as usual' : 'as was learnt'}.`;
  const later = scheduled === null ? '' : ' Version {{inForce.scheduled}}, which is scheduled, counts them otherwise.';
  return `Version {{inForce.version}} goes by ${listOf('inForce')}: ${origin}.${detractor}${later}`;
}

function nextLine(
  { changes, ruledOut }: ValuesInForce,
  { scheduled }: StandingValues,
  { kind }: CalibratedValues,
): string {
  if (scheduled !== null)
    return 'Which values the next model is learnt by hangs on whether it comes before or after that version.';
  if (kind === 'cannot tell') return 'The next model is learnt by the same: nothing here tells of better ones.';
  if (!changes.stages && !changes.bite)
    return 'The next model is learnt by the same: what accounts pay rules none of them out.';
  const out = ruledOut.map((one) => (one === 'detractor' ? 'how hard the detractor bites' : one)).join(', ');
  const learnt = [
    ...(changes.stages ? [listOf('next')] : []),
    ...(changes.bite ? ['a detractor that takes away up to {{next.k}}'] : []),
  ].join(', and ');
  const proposed = changes.stages
    ? 'what is then proposed has these stage values as a line to decide on'
    : 'it goes with the fine tuning, where that moves enough to be proposed';
  return `What accounts pay rules out ${out}: a model that is learnt on a later day is learnt by ${learnt}, and ${proposed}.`;
}

function listOf(key: 'inForce' | 'next'): string {
  return stages.map((stage) => `${stage} {{${key}.${stage}}}`).join(', ');
}

import type { CalibratedValues } from './calibrate-values.ts';
import type { IcpModel } from './model.ts';
import { type Stage, stages } from './types.ts';

/** What a table is learnt by: how much reaching each stage counts, and how hard the detractor bites, 0 to 1. */
export interface OutcomeValues {
  stageValues: Readonly<Record<Stage, number>>;
  k: number;
}

/** What stands for every company until its own outcomes say otherwise. */
export const usualValues: OutcomeValues = {
  stageValues: { accepted: 22, qualified: 38, won: 58, expanded: 100 },
  k: 0.75,
};

/** The values of a model, the usual ones where there is none. */
export function valuesOfModel(model: Pick<IcpModel, 'stageValues' | 'detractor'> | null): OutcomeValues {
  if (model === null) return usualValues;
  return { stageValues: model.stageValues, k: model.detractor?.k ?? usualValues.k };
}

/**
 * The values that the next table is learnt by: those in force, until the company's own outcomes rule one of them out.
 *
 * A stage value in force that lies within what the calibration leaves possible stays, and all of them with it: otherwise
 * every week would bring a proposal that moves them by a little. How hard the detractor bites is judged for itself.
 *
 * @param calibrated what an earlier analysis found; `null` before there was one
 * @example valuesToLearnBy(usualValues, null).stageValues.won; // => 58
 */
export function valuesToLearnBy(inForce: OutcomeValues, calibrated: CalibratedValues | null): OutcomeValues {
  if (calibrated === null || calibrated.kind === 'cannot tell') return inForce;
  const learnt = new Map(calibrated.stages.map((found) => [found.stage, found]));
  const valueAt = (stage: Stage) => learnt.get(stage)?.value ?? inForce.stageValues[stage];
  const { k } = calibrated;
  return {
    stageValues: ruledOut(inForce, calibrated).some((one) => one !== 'detractor')
      ? {
          accepted: valueAt('accepted'),
          qualified: valueAt('qualified'),
          won: valueAt('won'),
          expanded: valueAt('expanded'),
        }
      : inForce.stageValues,
    k: k !== null && ruledOut(inForce, calibrated).includes('detractor') ? k.value : inForce.k,
  };
}

/** The values in force that lie outside of what the company's own outcomes leave possible. */
export function ruledOut(
  { stageValues, k: bite }: OutcomeValues,
  { kind, stages: found, k }: CalibratedValues,
): (Stage | 'detractor')[] {
  if (kind === 'cannot tell') return [];
  const outside = (value: number, { low, high }: { low: number; high: number }) => value < low || value > high;
  return [
    ...stages.filter((stage) => {
      const own = found.find((one) => one.stage === stage);
      return own !== undefined && own.own !== null && outside(stageValues[stage], own);
    }),
    ...(k !== null && k.own !== null && outside(bite, k) ? (['detractor'] as const) : []),
  ];
}

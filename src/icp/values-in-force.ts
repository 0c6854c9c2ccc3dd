import type { CalibratedValues } from './calibrate-values.ts';
import { type OutcomeValues, ruledOut, usualValues, valuesToLearnBy } from './outcome-values.ts';
import { type Stage, stages } from './types.ts';

/** Which values are in force, and which the next analysis is learnt by. */
export interface ValuesInForce {
  stages: 'usual' | 'learnt';
  /** The bite of the detractor, as stages; `null` where the model in force has no detractor. */
  bite: 'usual' | 'learnt' | null;
  /** What an analysis on a later day would be learnt by. */
  next: OutcomeValues;
  /** Of the stage values, and of the bite, whether that is other than what is in force. */
  changes: { stages: boolean; bite: boolean };
  /** The values in force that the company's own outcomes rule out. */
  ruledOut: readonly (Stage | 'detractor')[];
}

/**
 * Says of the values in force whether they are the usual ones, and what comes of them by what an analysis has calibrated.
 *
 * @param hasDetractor whether the model in force has one: without, the usual bite waits for one
 */
export function valuesInForce(
  inForce: OutcomeValues,
  hasDetractor: boolean,
  calibrated: CalibratedValues,
): ValuesInForce {
  const next = valuesToLearnBy(inForce, calibrated);
  return {
    stages: sameStages(inForce, usualValues) ? 'usual' : 'learnt',
    bite: hasDetractor ? (inForce.k === usualValues.k ? 'usual' : 'learnt') : null,
    next,
    changes: { stages: !sameStages(inForce, next), bite: inForce.k !== next.k },
    ruledOut: ruledOut(inForce, calibrated),
  };
}

/**
 * Whether all stages count the same in both.
 *
 * @example sameStages(usualValues, { stageValues: { accepted: 22, qualified: 38, won: 58, expanded: 100 } }); // => true
 */
export function sameStages(
  { stageValues: left }: Pick<OutcomeValues, 'stageValues'>,
  { stageValues: right }: Pick<OutcomeValues, 'stageValues'>,
): boolean {
  return stages.every((stage) => left[stage] === right[stage]);
}

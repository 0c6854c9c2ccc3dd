import type { IcpModel } from './model.ts';
import type { Scored } from './score-account.ts';
import type { Tenths } from './types.ts';

/** Fit and timing, kept apart to the end: the right kind of company, and whether it is moving now. */
export interface TwoQuestions {
  fit: { verdict: 'yes' | 'partly' | 'no'; points: Tenths };
  /** `signals`: those of the last 90 days, `null` where the book collects none; a model may give no points for them yet. */
  timing: { verdict: 'yes' | 'a little' | 'no' | 'cannot tell'; points: Tenths; signals: number | null };
  label: 'fit, early' | 'off-profile, active: investigate' | null;
}

/** Tenths of a point from behaviour and pain that mean "it is moving". */
const movingFrom = 30;
/** Signals in the last 90 days that mean "it is active", where a model has nothing to say about timing. */
const activeFrom = 5;

/**
 * Reads the two questions off a score.
 *
 * An account that fits and shows nothing is *fit, early*, not bad. One that does not fit and shows a lot is
 * *off-profile, active*, to be looked at, not filtered out.
 *
 * @param recentSignals signals of the last 90 days; `null` where the book collects none
 */
export function twoQuestions(model: IcpModel, scored: Scored, recentSignals: number | null): TwoQuestions {
  const fitPoints = scored.layers.firmographic + scored.layers.technographic;
  const timingPoints = scored.layers.behavioural + scored.layers.pain;
  const fitScore = scoreOfFit(model, fitPoints);
  const fit = fitScore > model.cuts.primary * 10 ? 'yes' : fitScore >= model.cuts.nurture * 10 ? 'partly' : 'no';
  const timing = timingVerdict(model, timingPoints, recentSignals);
  const early = fit === 'yes' && timing === 'no';
  const active = fit === 'no' && timing === 'yes';
  return {
    fit: { verdict: fit, points: fitPoints },
    timing: { verdict: timing, points: timingPoints, signals: recentSignals },
    label: early ? 'fit, early' : active ? 'off-profile, active: investigate' : null,
  };
}

/**
 * The score that fit alone would make. A learnt model's base is the average account, so the points stand on it. Points by
 * hand start at nothing, and their fit layers alone cannot reach the cuts: there it is the share of what fit can give.
 */
function scoreOfFit(model: IcpModel, points: Tenths): Tenths {
  const most = model.kind === 'points' ? mostOfFit(model) : 0;
  return most === 0 ? model.base + points : Math.round((1000 * points) / most);
}

function mostOfFit({ criteria, layerCaps }: IcpModel): Tenths {
  let most = 0;
  for (const layer of ['firmographic', 'technographic'] as const) {
    const own = criteria.filter((criterion) => criterion.layer === layer);
    const sum = own.reduce((total, { bins }) => total + Math.max(0, ...bins.map(({ points }) => points)), 0);
    most += layerCaps === null ? sum : Math.min(sum, layerCaps[layer]);
  }
  return most;
}

function timingVerdict(
  model: IcpModel,
  points: Tenths,
  recentSignals: number | null,
): TwoQuestions['timing']['verdict'] {
  if (model.criteria.some(({ part }) => part === 'timing')) {
    if (points >= movingFrom) return 'yes';
    return points > 0 ? 'a little' : 'no';
  }
  if (recentSignals === null) return 'cannot tell';
  if (recentSignals >= activeFrom) return 'yes';
  return recentSignals > 0 ? 'a little' : 'no';
}

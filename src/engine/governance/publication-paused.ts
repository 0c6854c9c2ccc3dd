import { IcpError } from '../../errors.ts';
import { dayOf } from '../../icp/features/calendar.ts';
import { type CalibrationPlan, lapsedOf } from '../../icp/judgements/governance.ts';
import type { Role } from '../../icp/types.ts';
import { listBooks } from '../../store/books.ts';
import { addSetting, settingsAt } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';
import { type Actor, requireRole } from '../actor.ts';
import { usableReason } from '../judgements/usable-reason.ts';
import { acknowledgedSetting, acknowledgementOf, calibrationsOf } from './governance.ts';

const acknowledgers: readonly Role[] = ['revops', 'leader', 'admin'];

/**
 * Why nothing is published now: a calibration was due and has not run, and nobody has acknowledged that. `null` when nothing
 * stands in the way.
 *
 * Running the analysis ends the pause, and so does a person who answers for it, until the next one is missed.
 */
export async function publicationPaused(store: Store, now: number): Promise<string | null> {
  const lapsed = await lapsedCalibrations(store, now);
  return lapsed.length === 0 ? null : pauseInWords(lapsed);
}

/** The calibrations that pause publication, over all books. */
export async function lapsedCalibrations(store: Store, now: number): Promise<CalibrationPlan[]> {
  const said = await settingsAt(store, ['governance.'], now);
  const acknowledged = acknowledgementOf(said.get(acknowledgedSetting));
  const plans = [];
  for (const book of await listBooks(store))
    plans.push(...(await calibrationsOf(store, book, said, book.clock ?? now)));
  return lapsedOf(plans, acknowledged?.at ?? null);
}

/** The pause as a sentence without its full stop. */
export function pauseInWords(lapsed: readonly CalibrationPlan[]): string {
  const missed = lapsed.map(({ book, against, last, next }) => {
    const before = last === null ? 'it has never run' : `it ran last on ${dayOf(last)}`;
    return `${book} was to be calibrated against ${against} by ${dayOf(next)}, and ${before}`;
  });
  return `publication is paused: ${missed.join('; ')}; run lodestar analyze, or acknowledge it with a reason`;
}

/**
 * Answers for missed calibrations, so that publication goes on until the next one is missed.
 *
 * @throws {IcpError} `not_allowed`; `not_paused` when nothing was missed
 */
export async function acknowledgeLapse(
  { store, now }: { store: Store; now: () => number },
  { reason, actor }: { reason: string; actor: Actor },
): Promise<{ lapsed: CalibrationPlan[]; by: string }> {
  const who = await requireRole(store, actor, { what: 'acknowledging a missed calibration', roles: acknowledgers });
  const words = usableReason(reason, 'an acknowledgement');
  const at = now();
  const lapsed = await lapsedCalibrations(store, at);
  if (lapsed.length === 0)
    throw new IcpError('not_paused', 'no calibration was missed, so there is nothing to acknowledge');
  const missed = lapsed.map(({ book, against, next }) => ({ book, against, due: dayOf(next) }));
  await addSetting(store, {
    ...{ key: acknowledgedSetting, value: { reason: words, missed }, setAt: at, setBy: who.recorded },
  });
  return { lapsed, by: who.byName };
}

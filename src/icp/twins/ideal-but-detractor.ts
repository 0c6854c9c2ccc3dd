import type { AnalysisSet } from '../analysis-set.ts';
import { dayOf } from '../features/calendar.ts';
import { byDistance, churnReasons, type SharedTrait } from './find-twin.ts';
import { createPlaces } from './place-of.ts';
import { tablePoints } from './table-points.ts';
import { churnedCandidates } from './twins-of.ts';

/** A lead that looks ideal and is like those who left. */
export interface MisleadingLead {
  id: string;
  name: string;
  ownerEmail: string | null;
  /** 0 to 100: what it looks like, and what is left after the multiplier. */
  fit: number;
  score: number;
  /** Chance of churning after use, were it a customer. */
  churn: number;
  because: readonly SharedTrait[];
  twin: { id: string; name: string; leftOn: string; distance: number } | null;
}

export interface MisleadingLeads {
  book: string;
  asOf: string;
  /** `null` where it can be told; else why not. */
  why: string | null;
  /** Accounts with a lead that nobody has turned down and that are no customers. */
  leads: number;
  /** Those of them whose fit alone would be tier 1. */
  ideal: number;
  /** Those of the ideal that match the detractor. */
  flagged: number;
  /** The most ideal-looking first. */
  listed: readonly MisleadingLead[];
}

const mostListed = 50;

/** Leads that look ideal by their fit and match the detractor: those that no filter at the top of the funnel catches. */
export function idealButDetractor(set: AnalysisSet): MisleadingLeads {
  const { training, model } = set;
  const basics = { book: training.book, asOf: dayOf(training.asOf) };
  if (model.detractor === null) {
    const why = 'the detractor is not estimable yet: too few customers have left after use';
    return { ...basics, why, leads: 0, ideal: 0, flagged: 0, listed: [] };
  }
  const places = createPlaces(set);
  const leads = set.accounts.filter(
    ({ leads: own, reachedAt, customerSince }) =>
      customerSince === null && reachedAt.won === null && own.some(({ status }) => status !== 'rejected'),
  );
  const isIdeal = createIdealCheck(set, places);
  const ideal = leads.filter(({ id }) => isIdeal(id));
  const flagged = ideal
    .flatMap((facts) => {
      const place = places.now(facts.id);
      return place?.scored.flagged === true ? [{ facts, place }] : [];
    })
    .sort((a, b) => b.place.scored.positive - a.place.scored.positive || (a.facts.id < b.facts.id ? -1 : 1));
  const left = churnedCandidates(set, places);
  return {
    ...basics,
    why: null,
    leads: leads.length,
    ideal: ideal.length,
    flagged: flagged.length,
    listed: flagged.slice(0, mostListed).map(({ facts, place }) => {
      const [nearest] = byDistance(place, left, 'churn');
      return {
        ...{ id: facts.id, name: facts.name, ownerEmail: facts.ownerEmail },
        fit: place.scored.positive / 10,
        score: place.scored.score / 10,
        churn: Math.round((place.scored.churn ?? 0) * 1000) / 1000,
        because: churnReasons(place, 3),
        twin:
          nearest === undefined
            ? null
            : {
                ...{ id: nearest.candidate.id, name: nearest.candidate.name, leftOn: nearest.candidate.on },
                distance: Math.round(nearest.distance * 1000) / 1000,
              },
      };
    }),
  };
}

/** Whether the fit alone would be tier 1: by column sums where the model is a plain sum, and else account by account. */
function createIdealCheck(
  { model, training }: AnalysisSet,
  places: ReturnType<typeof createPlaces>,
): (id: string) => boolean {
  const from = model.cuts.primary * 10;
  if (model.layerCaps !== null || (model.derived?.length ?? 0) > 0 || training.unit === 'deals') {
    return (id) => (places.now(id)?.scored.positive ?? 0) > from;
  }
  const positive = new Map<string, number>();
  for (const table of [training.fit.table, training.reference]) {
    const points = tablePoints(model, table);
    for (const [row, id] of table.accountIds.entries()) positive.set(id, Math.min(1000, model.base + points[row]!));
  }
  return (id) => (positive.get(id) ?? 0) > from;
}

import type { Feature, TimeKind } from '../icp/types.ts';
import { wilsonInterval } from '../stats/intervals/wilson-interval.ts';
import { countSetAside, declaredFields } from '../store/books.ts';
import { readPackedHistories } from '../store/histories.ts';
import { type AskedWithin, dataStanding } from './data-standing.ts';
import { type Question, words } from './draft.ts';
import type { CoverageCard, Figure } from './types.ts';

const shownKinds = ['won', 'lost', 'churned', 'expanded', 'qualified', 'accepted', 'rejected'] as const;

/** What data there is: outcomes by kind with their dates, every field's fill and sources, and what was set aside. */
export const coverageQuestion: Question<AskedWithin, CoverageCard> = async ({ store, compute }, pin, asked) => {
  const { book, asOf } = pin;
  const survey = await compute.survey({ asOf, timeKind: book.timeKind }, () =>
    readPackedHistories(store, book.name, pin),
  );
  const { accounts } = survey;
  const state = await stateOfFields(store, pin);
  const data = await dataStanding(store, pin, asked);
  const iso = (instant: number | null) =>
    instant === null || book.timeKind === 'order' ? null : new Date(instant).toISOString();
  const card: CoverageCard = {
    kind: 'coverage',
    book: book.name,
    accounts,
    outcomes: shownKinds.flatMap((shown) =>
      survey.outcomes
        .filter(({ kind }) => kind === shown)
        .map(({ kind, count, from, to }) => ({ kind, count, from: iso(from), to: iso(to) })),
    ),
    fields: survey.fields
      .map(({ field, known, sources, conflicts }) => ({
        field,
        layer: state.layerOf(field),
        fill: { v: known / accounts, ...wilsonInterval(known, accounts), n: accounts },
        sources,
        conflicts,
        state: state.of(field),
      }))
      .sort((a, b) => b.fill.v - a.fill.v || (a.field < b.field ? -1 : 1)),
    setAside: await countSetAside(store, book.name, pin.importId),
    data: data.standing,
  };
  const suspects = card.fields.filter(({ state: said }) => said.startsWith('suspect'));
  return {
    card,
    figures: [
      { key: 'accounts', label: 'Accounts', v: accounts, unit: 'count' },
      ...card.outcomes.flatMap(({ kind, count, from, to }): Figure[] => [
        { key: kind, label: `Outcomes: ${kind}`, v: count, unit: 'count' },
        { key: `${kind}.from`, label: `First ${kind}`, v: from, unit: 'date' },
        { key: `${kind}.to`, label: `Last ${kind}`, v: to, unit: 'date' },
      ]),
      { key: 'fields', label: 'Fields', v: card.fields.length, unit: 'count' },
      { key: 'suspects', label: 'Fields set aside as suspect', v: suspects.length, unit: 'count' },
      ...suspects.map(({ field }, nth) => words(`suspect${nth + 1}`, 'Suspect field', field)),
      { key: 'setAside', label: 'Rows set aside', v: card.setAside, unit: 'count' },
      ...data.figures,
      ...card.fields.map(
        ({ field, fill }): Figure => ({
          key: `fill.${field}`,
          label: `Fill of ${field}`,
          v: fill.v,
          unit: 'share',
          low: fill.low,
          high: fill.high,
          n: fill.n,
        }),
      ),
    ],
    text: [
      '{{accounts}} accounts with {{won}} won, {{lost}} lost, {{churned}} churned and {{expanded}} expanded.',
      spanSentence(book.timeKind, card),
      ...data.sentences.map(({ text }) => text),
      '{{fields}} fields are read.',
      suspects.length === 0
        ? ''
        : `Set aside as suspect: ${suspects.map((_, nth) => `{{suspect${nth + 1}}}`).join(', ')}.`,
      card.setAside === 0 ? 'No row was set aside.' : '{{setAside}} rows were set aside.',
      data.layers,
    ]
      .filter((sentence) => sentence !== '')
      .join(' '),
    read: [
      `every account of the book ${book.name} up to import ${pin.importId}, outcomes up to ${new Date(asOf).toISOString().slice(0, 10)}`,
      ...data.read,
    ],
  };
};

function spanSentence(timeKind: TimeKind, { outcomes }: CoverageCard): string {
  if (timeKind === 'order') return 'The source has an order but no dates.';
  const won = outcomes.find(({ kind }) => kind === 'won');
  return won?.from == null ? '' : 'Won from {{won.from}} to {{won.to}}.';
}

/** What became of each field: used, left out by a person, set aside as suspect, or not used and why. */
async function stateOfFields(
  store: Parameters<typeof declaredFields>[0],
  { book, model }: Parameters<typeof coverageQuestion>[1],
) {
  const declared = new Map((await declaredFields(store, book.name)).map((field) => [field.field, field]));
  const suspects = new Map(
    [...model.model.suspects, ...model.catalogue.setAside].map(({ field, reason }) => [field, reason]),
  );
  const features = new Map(model.catalogue.features.map((feature): [string, Feature] => [feature.field, feature]));
  const used = new Set(model.model.criteria.map(({ field }) => field));
  return {
    layerOf: (field: string) => features.get(field)?.layer ?? declared.get(field)?.layer ?? 'firmographic',
    of(field: string): string {
      // What the model set aside comes first: it is pinned, and what a later mapping declares is not.
      const suspect = suspects.get(field);
      if (suspect !== undefined) return `suspect: ${suspect}`;
      const leftOut = declared.get(field)?.leftOut ?? null;
      if (leftOut !== null) return `left out: ${leftOut}`;
      if (used.has(field)) return 'used';
      return features.has(field) ? 'read, adds nothing' : 'kept, not a feature';
    },
  };
}

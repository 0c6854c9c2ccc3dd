import { isIntentKind } from '../icp/features/signal-features.ts';
import { declaredFields } from '../store/books.ts';
import { newsSince } from '../store/news-counts.ts';
import type { Store } from '../store/store.ts';

/** What a daily sync did, step by step: how many rows or accounts each step was about. */
export type SyncCounts = Readonly<Record<(typeof steps)[number][0], number>>;

const steps = [
  ['deals_closed', 'deals won or lost'],
  ['firmographic', 'accounts with firmographic values'],
  ['technographic', 'accounts with technographic values'],
  ['intent', 'signs of intent'],
  ['accounts_scored', 'accounts with their features derived and scored anew'],
  ['profiles', 'account profiles brought up to date'],
] as const;

/** What a sync did that brought nothing. */
export const noNews = (scored: number): SyncCounts => ({
  ...{ deals_closed: 0, firmographic: 0, technographic: 0, intent: 0, accounts_scored: scored, profiles: 0 },
});

/** Counts what a sync brought since an import, and how many accounts were scored for it. */
export async function syncCounts(
  store: Store,
  { book, since, scored }: { book: string; since: number | null; scored: number },
): Promise<SyncCounts> {
  const declared = await declaredFields(store, book);
  const fieldsOf = (...layers: readonly string[]) =>
    declared.filter(({ layer }) => layer !== null && layers.includes(layer)).map(({ field }) => field);
  // What tells of a customer, or is what a person decided, is left out of scores and says nothing of what kind of company it is.
  const aside = declared.filter(({ leftOut }) => leftOut !== null).map(({ field }) => field);
  const news = await newsSince(
    store,
    { book, since },
    {
      technographic: ['technologies', ...fieldsOf('technographic')],
      neither: [...fieldsOf('behavioural', 'pain'), ...aside],
    },
  );
  let intent = 0;
  for (const [kind, n] of news.signals) if (isIntentKind(kind)) intent += n;
  const { deals, firmographic, technographic, accounts } = news;
  return { deals_closed: deals, firmographic, technographic, intent, accounts_scored: scored, profiles: accounts };
}

/**
 * The steps in words.
 *
 * @example syncCountsInWords({ deals_closed: 2, firmographic: 9, technographic: 0, intent: 0, accounts_scored: 9, profiles: 9 }).startsWith('2 deals won or lost, 9 accounts with firm'); // => true
 */
export function syncCountsInWords(counts: SyncCounts): string {
  return steps.map(([name, words]) => `${counts[name].toLocaleString('en')} ${words}`).join(', ');
}

import type { DataStanding } from '../icp/data-quality.ts';
import { formatDate } from '../questions/format-figure.ts';

/** What each source has observed, and what each layer came to, a line each. */
export function dataLines(data: DataStanding | null): string[] {
  if (data === null) return [];
  const day = (instant: number) => formatDate(new Date(instant).toISOString());
  return [
    '',
    ...data.quality.history.sources.map(
      ({ source, days, first, last }) =>
        `${String(days).padStart(8)} ${days === 1 ? 'day ' : 'days'}  ${source}: ${day(first)} to ${day(last)}`,
    ),
    ...data.layers.map(({ layer, sentence }) => `${layer.padStart(14)}: ${sentence}`),
  ];
}

import type { Rate } from '../../icp/types.ts';
import { words } from '../draft.ts';
import type { Figure, Unit } from '../types.ts';

/** Collects the figures of a report; each call gives the `{{key}}` that a sentence or a cell names it by. */
export interface FigureSheet {
  figures: Figure[];
  number(key: string, label: string, v: number | null, unit: Unit): string;
  /** With its interval and support. */
  rate(key: string, label: string, rate: Rate | null, unit?: Unit): string;
  /** One that is made already. */
  figure(figure: Figure): string;
  text(key: string, label: string, text: string): string;
  /** A day; `null` is "not known". */
  day(key: string, label: string, at: number | null): string;
}

/** An empty sheet. A key that is there already keeps its first figure. */
export function createFigureSheet(): FigureSheet {
  const figures: Figure[] = [];
  const keys = new Set<string>();
  const put = (figure: Figure): string => {
    if (!keys.has(figure.key)) {
      keys.add(figure.key);
      figures.push(figure);
    }
    return `{{${figure.key}}}`;
  };
  return {
    figures,
    number: (key, label, v, unit) => put({ key, label, v, unit }),
    rate: (key, label, rate, unit = 'share') =>
      put(rate === null ? { key, label, v: null, unit } : { key, label, ...rate, unit }),
    figure: put,
    text: (key, label, text) => put(words(key, label, text)),
    day: (key, label, at) => put({ key, label, v: at === null ? null : new Date(at).toISOString(), unit: 'date' }),
  };
}

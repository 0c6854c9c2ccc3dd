import type { DataStanding } from '../../icp/data-quality.ts';
import { asSentence } from '../../questions/as-sentence.ts';
import { formatDate, formatNumber } from '../../questions/format-figure.ts';
import { plain } from './text.ts';

type Quality = DataStanding['quality'];

const mostSources = 8;

/** How good the data are, and what each layer came to: a line each, with a caution where one is out of bounds. */
export function dataStandingLines(data: DataStanding | null): string[] {
  if (data === null) return [];
  const { ratio, history } = data.quality;
  return [
    '*How good the data are*',
    `${flagOf(ratio.state)}${plain(asSentence(ratio.sentence), 300)}`,
    `${flagOf(history.state)}${plain(asSentence(history.sentence), 300)}`,
    ...sourceLines(history),
    '*Layers*',
    ...data.layers.map(({ layer, sentence }) => `${layer}: ${plain(sentence, 400)}`),
  ];
}

function flagOf(state: Quality['ratio']['state']): string {
  return state === 'outside' ? '*Out of bounds:* ' : '';
}

function sourceLines({ sources }: Quality['history']): string[] {
  const shown = sources.slice(0, mostSources);
  const more = sources.length - shown.length;
  return [
    ...shown.map(({ source, days, first, last }) => {
      const counted = `${formatNumber(days, 0)} ${days === 1 ? 'day' : 'days'}`;
      return `${plain(source, 80)}: ${counted}, ${dayOf(first)} to ${dayOf(last)}`;
    }),
    ...(more > 0 ? [`and ${formatNumber(more, 0)} more sources`] : []),
  ];
}

function dayOf(instant: number): string {
  return formatDate(new Date(instant).toISOString());
}

import { dataQuality, layersOf } from '../engine/data-quality.ts';
import type { DataBounds, DataStanding } from '../icp/data-quality.ts';
import type { Store } from '../store/store.ts';
import { words } from './draft.ts';
import type { Pin } from './pin.ts';
import type { Figure } from './types.ts';

/** What a question keeps of the settings that it was asked under. Receipts of before did not, and then nothing is said. */
export interface AskedWithin {
  bounds?: DataBounds;
}

/** A card's part on the data, with the figures and sentences that go with it. */
export interface StandingDraft {
  standing: DataStanding | null;
  figures: readonly Figure[];
  /** Won against lost, and the span: each a sentence, and whether it is a caution. */
  sentences: readonly { text: string; caution: boolean }[];
  /** The layers from which nothing was learnt; empty where there is none such. */
  layers: string;
  read: readonly string[];
}

/**
 * Holds the data that a model was learnt from against bounds, and asks why nothing was learnt from a layer.
 *
 * What is won and lost is counted as the model counts it: deals where those are learnt from, and accounts otherwise.
 */
export async function dataStanding(store: Store, pin: Pin, { bounds }: AskedWithin): Promise<StandingDraft> {
  if (bounds === undefined) return { standing: null, figures: [], sentences: [], layers: '', read: [] };
  const quality = await dataQuality(store, pin, pin.model.model.counts, bounds);
  const layers = await layersOf(store, pin, pin.model);
  const { ratio, history } = quality;
  const isTold = history.first !== null && history.last !== null;
  const day = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString());
  const without = layers.filter(({ state }) => state !== 'criteria');
  return {
    standing: { quality, layers },
    figures: [
      words('quality.ratio', 'Won against lost', capital(ratio.sentence)),
      { key: 'quality.wonForLost', label: 'Won for each lost', v: ratio.wonForLost, unit: 'ratio' },
      words('quality.history', 'How long accounts were observed', capital(history.sentence)),
      { key: 'quality.days', label: 'Span of what was observed', v: history.days, unit: 'days' },
      { key: 'quality.from', label: 'First observed', v: day(history.first), unit: 'date' },
      { key: 'quality.to', label: 'Last observed', v: day(history.last), unit: 'date' },
      ...layers.map(({ layer, state }) => words(`layer.${layer}`, `The ${layer} layer`, state)),
    ],
    sentences: [
      { text: '{{quality.ratio}}.', caution: ratio.state !== 'within' },
      {
        text: isTold ? '{{quality.history}} ({{quality.from}} to {{quality.to}}).' : '{{quality.history}}.',
        caution: history.state !== 'within',
      },
    ],
    layers:
      without.length === 0
        ? ''
        : `Layers from which nothing was learnt: ${without.map(({ layer }) => `${layer} ({{layer.${layer}}})`).join(', ')}.`,
    read: ['dated observations of accounts, from the first to the last, by source'],
  };
}

function capital(sentence: string): string {
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`;
}

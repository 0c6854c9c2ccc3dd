import { fillIn, formatFigure } from '../questions/format-figure.ts';
import type { Figure } from '../questions/types.ts';
import type { ShownFigure } from './conversation.ts';
import type { SourcedFigure, ToolResult } from './define-tool.ts';

/** A reference as it stands in prose: `{{r1.score}}`. */
export const figureReference = /\{\{\s*([^{}]*?)\s*\}\}/g;

/**
 * The figures of a conversation under their references. Each result of a tool gets the next id (`r1`, `r2`), and its
 * figures are known as `r1.score`: nothing else can be shown to a person.
 */
export interface Ledger {
  /** Takes a result in and gives its id. */
  add(result: ToolResult): string;
  get(reference: string): SourcedFigure | null;
  /** Every reference there is, oldest first. */
  references(): readonly string[];
  /** Results so far, those of earlier turns included. */
  count(): number;
}

/** A ledger that goes on from the figures that earlier turns of the thread still know, after `count` results. */
export function openLedger(earlier: readonly SourcedFigure[] = [], count = 0): Ledger {
  const figures = new Map(earlier.map((figure) => [figure.key, figure]));
  let results = count;
  return {
    add(result) {
      results += 1;
      const id = `r${results}`;
      for (const figure of sourcedFigures(result)) {
        figures.set(`${id}.${figure.key}`, { ...figure, key: `${id}.${figure.key}` });
      }
      return id;
    },
    get: (reference) => figures.get(reference) ?? null,
    references: () => [...figures.keys()],
    count: () => results,
  };
}

function sourcedFigures(result: ToolResult): readonly SourcedFigure[] {
  const { answer, figures = [] } = result;
  if (!answer) return figures;
  return [...answer.figures.map((figure) => ({ ...figure, asOf: answer.asOf, receipt: answer.receipt })), ...figures];
}

/**
 * Prose of a result with its figures under the id it has in this conversation. Braces around anything else came in with
 * a name out of the CRM, and are taken off.
 *
 * @example withReferences('{{odd}} scored {{score}}', 'r2', ['score']); // => 'odd scored {{r2.score}}'
 */
export function withReferences(text: string, id: string, keys: readonly string[]): string {
  return text
    .replace(figureReference, (_, key: string) => (keys.includes(key) ? `\u0001${id}.${key}\u0002` : key))
    .replace(/[{}]{2,}/g, '')
    .replaceAll('\u0001', '{{')
    .replaceAll('\u0002', '}}');
}

/** The keys that a result has figures for. */
export function keysOf(result: ToolResult): readonly string[] {
  return sourcedFigures(result).map((figure) => figure.key);
}

/** The references of a text, each once, in order. */
export function referencesOf(text: string): readonly string[] {
  return [...new Set([...text.matchAll(figureReference)].map((match) => match[1] ?? ''))];
}

/**
 * Puts the figures in, and says which ones a person now sees.
 *
 * @throws {IcpError} when the text refers to a figure that no tool returned
 */
export function showFigures(text: string, ledger: Ledger): { text: string; figures: readonly ShownFigure[] } {
  const found = referencesOf(text).flatMap((reference) => ledger.get(reference) ?? []);
  // A model that adds the unit of its own accord must not have it twice.
  const once = text.replace(/(\}\})\s*(?:%|per ?cent\b)/gi, '$1');
  return { text: fillIn(once, found, formatForSlack), figures: found.map(shown) };
}

/** One figure for the list under an answer. */
export function shown(figure: SourcedFigure): ShownFigure {
  const { key, label, v, unit, n, asOf, receipt } = figure;
  return { id: key, label, v, unit, ...(n === undefined ? {} : { n }), asOf, receipt };
}

function formatForSlack(figure: Figure): string {
  return formatFigure(figure).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** The outcome of looking for one record in a piece of text. */
export type Scan =
  | { kind: 'record'; cells: string[]; end: number; next: number }
  /** The text ends before the record does. */
  | { kind: 'incomplete' }
  /** A quote opens in cell `cell` and other text follows where it closes, or it never closes. */
  | { kind: 'broken'; cell: number };

/**
 * Reads one record of CSV that may hold quotes, from `start` on.
 *
 * A quote counts where it opens a cell; elsewhere it is text (`5" pipe`). Two quotes inside a quoted cell are one.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4180
 * @example scanRecord('a,"b,c"\nd', 0, { delimiter: ',', newline: '\n', atEnd: true }); // => { kind: 'record', cells: ['a', 'b,c'], end: 7, next: 8 }
 */
export function scanRecord(
  text: string,
  start: number,
  options: { delimiter: string; newline: string; atEnd: boolean },
): Scan {
  const { delimiter, newline, atEnd } = options;
  const cells: string[] = [];
  let at = start;
  for (;;) {
    if (text[at] === '"') {
      const close = closingQuote(text, at);
      // At the edge of the text a quote may be the first half of two.
      if (close === -1 || (close === text.length - 1 && !atEnd)) {
        return close === -1 && atEnd ? { kind: 'broken', cell: cells.length } : { kind: 'incomplete' };
      }
      cells.push(text.slice(at + 1, close).replaceAll('""', '"'));
      at = close + 1;
      if (text.startsWith('\r\n', at)) at += 1;
      else if (text[at] === '\r' && at === text.length - 1 && !atEnd) return { kind: 'incomplete' };
      if (at < text.length && text[at] !== delimiter && text[at] !== newline) {
        return { kind: 'broken', cell: cells.length - 1 };
      }
    } else {
      const from = at;
      while (at < text.length && text[at] !== delimiter && text[at] !== newline) at += 1;
      const windows = newline === '\n' && text[at] === '\n' && text[at - 1] === '\r' && at > from;
      cells.push(text.slice(from, windows ? at - 1 : at));
    }
    if (at >= text.length) {
      return atEnd ? { kind: 'record', cells, end: at, next: at } : { kind: 'incomplete' };
    }
    if (text[at] === newline) return { kind: 'record', cells, end: at, next: at + 1 };
    at += 1;
  }
}

function closingQuote(text: string, open: number): number {
  let close = text.indexOf('"', open + 1);
  while (close !== -1 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  return close;
}

/** Where a row that is too large to be held in memory ended. */
export interface OversizedEnd {
  /** What was read beyond the row. */
  text: string;
  /** Bytes and line ends from the start of the row to where reading goes on. */
  bytes: number;
  newlines: number;
  atEnd: boolean;
  /** A quote never closed: reading goes on at the line after the row's first, from the file itself. */
  broken: boolean;
  /** The cell that was open at the end, counted from 0. */
  cell: number;
}

/**
 * Reads past a row that is over the limit without keeping it.
 *
 * Whether it is one huge cell or a quote that was never closed shows only where the quote closes: behind a true cell
 * stands a delimiter, a line end or the end of the file.
 *
 * @param text what of the row is there already, from its first byte
 */
export async function endOfOversized(
  text: string,
  pieces: AsyncIterator<string>,
  { delimiter, newline }: { delimiter: string; newline: string },
): Promise<OversizedEnd> {
  let state: 'cell start' | 'plain' | 'quoted' | 'closed' = 'cell start';
  let [bytes, newlines, cell] = [0, 0, 0];
  let firstLine: number | null = null;
  const broken = (atEnd: boolean): OversizedEnd => {
    const whole = firstLine ?? bytes;
    return { text: '', bytes: whole, newlines: firstLine === null ? newlines : 1, atEnd, broken: true, cell };
  };
  for (let piece = text; ; ) {
    for (let at = 0; at < piece.length; ) {
      const here = piece[at];
      if (here === newline) {
        newlines += 1;
        firstLine ??= bytes + at + 1;
      }
      if (state === 'quoted') {
        const next = nextOf(piece, at, '"', newline);
        if (next > at) {
          at = next;
          continue;
        }
        if (here === '"') state = 'closed';
      } else if (here === newline) {
        return { text: piece.slice(at + 1), bytes: bytes + at + 1, newlines, atEnd: false, broken: false, cell };
      } else if (here === delimiter) {
        state = 'cell start';
        cell += 1;
      } else if (here === '"' && state === 'cell start') state = 'quoted';
      else if (state === 'closed') {
        if (here === '"') state = 'quoted';
        else if (here !== '\r' && firstLine !== null) return broken(false);
        else if (here !== '\r') state = 'plain';
      } else state = 'plain';
      at += 1;
    }
    bytes += piece.length;
    const more = await pieces.next();
    if (more.done === true) {
      if (state === 'quoted') return broken(true);
      return { text: '', bytes, newlines, atEnd: true, broken: false, cell };
    }
    piece = more.value;
  }
}

/** The nearer of two characters from `at` on, or the end. */
function nextOf(text: string, at: number, one: string, other: string): number {
  for (let next = at; next < text.length; next += 1) {
    const here = text[next];
    if (here === one || here === other) return next;
  }
  return text.length;
}

import { isUtf8 } from 'node:buffer';

/** A cell of more characters than this is set aside with its row. */
export const cellLimit = 1_048_576;

const beyondAscii = /[\x80-\xff]/;

/**
 * Turns cells whose bytes are one character each (`latin1`) into text, or says why they are not text.
 *
 * @param nameOf the column a cell belongs to, for the message
 * @example decodeCells(['ZÃ¼rich'], () => 'city'); // => { cells: ['Zürich'], problem: null }
 */
export function decodeCells(
  raw: readonly string[],
  nameOf: (index: number) => string,
): { cells: readonly string[]; problem: string | null } {
  let cells: readonly string[] = raw;
  for (const [index, cell] of raw.entries()) {
    if (cell.length > cellLimit) return { cells: raw, problem: tooLarge(nameOf(index), cell.length) };
    if (cell.includes('\0')) return { cells: raw, problem: nul(nameOf(index), cell.indexOf('\0')) };
    if (!beyondAscii.test(cell)) continue;
    const bytes = Buffer.from(cell, 'latin1');
    if (!isUtf8(bytes)) return { cells: raw, problem: notUtf8(nameOf(index), bytes) };
    if (cells === raw) cells = [...raw];
    (cells as string[])[index] = bytes.toString('utf8');
  }
  return { cells, problem: null };
}

/** Text for a person: whatever can be read of it, without control characters, at most 200 characters. */
export function excerptOf(raw: string): string {
  const text = Buffer.from(raw, 'latin1').toString('utf8');
  return text.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 200);
}

const tooLarge = (column: string, size: number) =>
  `the cell of "${column}" has ${size} bytes, and the limit is ${cellLimit}; shorten it`;

const nul = (column: string, at: number) =>
  `"${column}" holds a NUL (byte 0x00) at byte ${at + 1}; export the file again as text`;

function notUtf8(column: string, bytes: Buffer): string {
  const readable = bytes.toString('utf8');
  const at = Buffer.byteLength(readable.slice(0, readable.indexOf('\ufffd')));
  const byte = (bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, '0');
  return `"${column}" is not UTF-8: byte 0x${byte} at byte ${at + 1} of the cell; save the file as UTF-8`;
}

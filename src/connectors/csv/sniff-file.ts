import { open } from 'node:fs/promises';

/** What the first bytes of a file say about how to read it. */
export interface Sniffed {
  /** Why nothing of the file can be read, in words; `null` where it can. */
  unreadable: string | null;
  /** Bytes of a byte order mark to step over. */
  skip: number;
  delimiter: string;
  /** What ends a line: `\n` also stands for Windows line ends. */
  newline: '\n' | '\r';
}

const delimiters = [',', ';', '\t', '|'];

/**
 * Looks at the start of a file: byte order mark, encoding, delimiter and line ends.
 *
 * The delimiter is the one that splits the header into most cells; text between quotes does not count.
 */
export async function sniffFile(path: string): Promise<Sniffed> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(65_536), 0, 65_536, 0);
    return sniffBytes(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

function sniffBytes(bytes: Buffer): Sniffed {
  const skip = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const text = bytes.toString('latin1', skip);
  const newline = !text.includes('\n') && text.includes('\r') ? '\r' : '\n';
  const end = text.indexOf(newline);
  const header = (end === -1 ? text : text.slice(0, end)).replaceAll(/"[^"]*"/g, '');
  const counts = delimiters.map((delimiter) => header.split(delimiter).length);
  const delimiter = delimiters[counts.indexOf(Math.max(...counts))] ?? ',';
  return { unreadable: isUtf16(bytes) ? utf16 : null, skip, delimiter, newline };
}

const utf16 = 'the file is UTF-16; save it as UTF-8 (in Excel: "CSV UTF-8") and import it again';

/** A byte order mark of UTF-16, or a header of Latin letters in which every other byte is zero. */
function isUtf16(bytes: Buffer): boolean {
  const first = bytes.length < 2 ? 0 : bytes.readUInt16BE(0);
  if (first === 0xfffe || first === 0xfeff) return true;
  const start = bytes.subarray(0, 64);
  const zeros = start.filter((byte) => byte === 0).length;
  return start.length >= 8 && zeros >= start.length / 3;
}

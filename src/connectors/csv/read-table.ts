import type { SetAside } from '../ports.ts';
import { decodeCells, excerptOf } from './decode-cells.ts';
import { readRecords } from './read-records.ts';
import { sniffFile } from './sniff-file.ts';

/** One row below the header: its cells, or why it has none. */
export interface TableRow {
  line: number;
  cells: readonly string[];
  problem: string | null;
  excerpt: string;
}

/** A CSV file with a header. */
export interface Table {
  name: string;
  /** Where each column stands. Columns set aside are not here. */
  columns: ReadonlyMap<string, number>;
  /** What is wrong with the file or its header, by name. */
  notes: readonly SetAside[];
  rows(): AsyncGenerator<TableRow[]>;
}

export const columnLimit = 1_000;

/** Opens a file and reads its header. Nothing that a file may hold makes this throw; what is wrong is in `notes`. */
export async function openTable(path: string, name: string, options: { delimiter?: string } = {}): Promise<Table> {
  const sniffed = { ...(await sniffFile(path)), ...options };
  const noteOf = (reason: string, excerpt = ''): SetAside => ({ file: name, line: 1, reason, excerpt });
  const nothing = async function* (): AsyncGenerator<TableRow[]> {};
  if (sniffed.unreadable !== null) {
    return { name, columns: new Map(), notes: [noteOf(sniffed.unreadable)], rows: nothing };
  }
  const header = await firstRecord(path, sniffed);
  if (header === null) return { name, columns: new Map(), notes: [noteOf('the file is empty')], rows: nothing };
  if (header.cells === null) {
    const notes = [noteOf(`the header cannot be read: ${header.problem}`, excerptOf(header.start))];
    return { name, columns: new Map(), notes, rows: nothing };
  }
  const { columns, reasons } = readHeader(header.cells);
  const width = header.cells.length;
  const names = header.cells.map((cell) => Buffer.from(cell, 'latin1').toString('utf8').trim());
  return {
    name,
    columns,
    notes: reasons.map((reason) => noteOf(reason, excerptOf(header.start))),
    async *rows() {
      let isHeader = true;
      for await (const records of readRecords(path, sniffed)) {
        const rows: TableRow[] = [];
        for (const { line, cells, problem, start } of records) {
          if (isHeader) {
            isHeader = false;
            continue;
          }
          if (cells?.length === 1 && cells[0] === '' && width > 1) continue;
          rows.push({ line, ...readCells(cells, problem, width, names), excerpt: start });
        }
        if (rows.length > 0) yield rows;
      }
    },
  };
}

async function firstRecord(path: string, sniffed: Awaited<ReturnType<typeof sniffFile>>) {
  for await (const records of readRecords(path, sniffed)) return records[0] ?? null;
  return null;
}

function readCells(raw: string[] | null, problem: string | null, width: number, names: readonly string[]) {
  if (raw === null) return { cells: [], problem: problem ?? 'the row cannot be read' };
  if (raw.length !== width) {
    return {
      cells: [],
      problem: `the row has ${raw.length} cells and the header ${width}; quote cells that hold a delimiter`,
    };
  }
  return decodeCells(raw, (index) => names[index] ?? `column ${index + 1}`);
}

/** Names of columns with their places, and the columns that cannot be used. */
function readHeader(raw: readonly string[]): { columns: Map<string, number>; reasons: string[] } {
  const columns = new Map<string, number>();
  const reasons: string[] = [];
  if (raw.length > columnLimit) {
    const surplus = raw.length - columnLimit;
    reasons.push(
      `the header has ${raw.length} columns, and the limit is ${columnLimit}: the last ${surplus} are set aside, the rest is read`,
    );
  }
  for (const [index, cell] of raw.slice(0, columnLimit).entries()) {
    const { cells, problem } = decodeCells([cell], () => `column ${index + 1}`);
    const name = (cells[0] ?? '').trim();
    if (problem !== null)
      reasons.push(`the name of column ${index + 1} cannot be read, the column is set aside: ${problem}`);
    else if (name === '' && index === raw.length - 1) continue;
    else if (name === '') reasons.push(`column ${index + 1} has no name and is set aside; name it in the header`);
    else if (columns.has(name)) {
      reasons.push(`column ${index + 1} is a second "${name}" and is set aside; the first one is read`);
    } else columns.set(name, index);
  }
  return { columns, reasons };
}

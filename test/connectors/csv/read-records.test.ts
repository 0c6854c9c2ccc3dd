import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { type RawRecord, readRecords, rowLimit } from '../../../src/connectors/csv/read-records.ts';
import { folderOf } from './folder-of.ts';

async function recordsOf(t: Pick<TestContext, 'after'>, content: string | Buffer, newline: '\n' | '\r' = '\n') {
  const path = join(folderOf(t, { 'a.csv': content }), 'a.csv');
  const found: RawRecord[] = [];
  for await (const batch of readRecords(path, { unreadable: null, skip: 0, delimiter: ',', newline }))
    found.push(...batch);
  return found.map(({ line, cells, problem }) => ({
    line,
    cells,
    problem: problem === null ? null : problem.slice(0, 26),
  }));
}

const plain = { unreadable: null, skip: 0, delimiter: ',', newline: '\n' } as const;

const good = (line: number, ...cells: string[]) => ({ line, cells, problem: null });

describe('readRecords', () => {
  it('counts lines through cells that hold line ends', async (t) => {
    assert.deepEqual(await recordsOf(t, 'a,b\n1,"x\ny\nz"\n2,w\n'), [
      good(1, 'a', 'b'),
      good(2, '1', 'x\ny\nz'),
      good(5, '2', 'w'),
    ]);
  });

  it('takes Windows line ends, old Mac line ends and a last line without an end', async (t) => {
    const wanted = [good(1, 'a', 'b'), good(2, '1', '"2"')];
    assert.deepEqual(await recordsOf(t, 'a,b\r\n1,"""2"""\r\n'), wanted);
    assert.deepEqual(await recordsOf(t, 'a,b\n1,"""2"""'), wanted);
    assert.deepEqual(await recordsOf(t, 'a,b\r1,"""2"""\r', '\r'), wanted);
  });

  it('reads a quote inside a cell as text', async (t) => {
    assert.deepEqual(await recordsOf(t, 'a,5" pipe,c\n'), [good(1, 'a', '5" pipe', 'c')]);
  });

  it('loses one line to a quote that never closes, and no more', async (t) => {
    const broken = { line: 2, cells: null, problem: 'a quote opens in cell 1 an' };
    assert.deepEqual(await recordsOf(t, 'a,b\n"1,x\n2,y\n3,z\n'), [
      good(1, 'a', 'b'),
      broken,
      good(3, '2', 'y'),
      good(4, '3', 'z'),
    ]);
    assert.deepEqual(await recordsOf(t, 'a,b\n"1,x\n2,"y"\n'), [good(1, 'a', 'b'), broken, good(3, '2', 'y')]);
  });

  it('passes over a row of any size, in quotes or not, and reads on', async (t) => {
    const huge = 'x'.repeat(10_000_000);
    for (const cell of [huge, `"${huge}"`, `"${'x\n'.repeat(3)}${huge}""${huge}"`]) {
      const lines = cell.split('\n').length;
      assert.deepEqual(await recordsOf(t, `a,b\n1,${cell}\n2,y\n`), [
        good(1, 'a', 'b'),
        { line: 2, cells: null, problem: `the row has ${cell.length + 3} bytes` },
        good(2 + lines, '2', 'y'),
      ]);
    }
  });

  it('finds the rows behind an open quote even when the rest of the file is over the limit', async (t) => {
    const rows = Math.ceil((rowLimit * 1.2) / 12);
    const tail = Array.from({ length: rows }, (_, at) => `${at},plain text`).join('\n');
    const found = await recordsOf(t, `a,b\n1,"open\n${tail}\n`);
    assert.equal(found.length, rows + 2);
    assert.deepEqual(found[1], { line: 2, cells: null, problem: 'a quote opens in cell 2 an' });
    assert.deepEqual(found.at(-1), good(rows + 2, String(rows - 1), 'plain text'));
  });

  const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r\n', ' ', ';'), maxLength: 9 });
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 8 });
  const path = (t: Pick<TestContext, 'after'>) => join(folderOf(t, {}), 'b.csv');

  it('reads back whatever a CSV writer writes, with the lines where rows begin, in pieces of any size', async (t) => {
    const file = path(t);
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 9 }), fc.boolean(), async (rows, pieceBytes, quoted) => {
        let line = 1;
        const wanted = rows.map((cells) => {
          const record = good(line, ...cells);
          line += stringify([cells], { quoted }).split('\n').length - 1;
          return record;
        });
        writeFileSync(file, stringify(rows, { quoted }));
        const found = (await Array.fromAsync(readRecords(file, plain, { pieceBytes, rowBytes: 1_000 }))).flat();
        assert.deepEqual(
          found.map(({ line: at, cells }) => good(at, ...(cells ?? []))),
          wanted,
        );
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('loses only rows that are over the limit, in pieces of any size', async (t) => {
    const file = path(t);
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 9 }), async (rows, pieceBytes) => {
        const sizes = rows.map((cells) => stringify([cells], { quoted: true }).length);
        writeFileSync(file, stringify(rows, { quoted: true }));
        const found = (await Array.fromAsync(readRecords(file, plain, { pieceBytes, rowBytes: 16 }))).flat();
        assert.equal(found.length, rows.length);
        for (const [at, { cells, problem }] of found.entries()) {
          const size = sizes[at] ?? 0;
          if (cells !== null) assert.deepEqual(cells, rows[at]);
          else assert.match(problem ?? '', new RegExp(`the row has ${size} bytes`));
          if (size <= 16) assert.notEqual(cells, null);
        }
      }),
      { numRuns: 300, seed: 11 },
    );
  });

  it('never stops at what is no CSV: every line is in a row or set aside', async (t) => {
    const file = path(t);
    const junk = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r'), maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(junk, fc.integer({ min: 1, max: 9 }), async (text, pieceBytes) => {
        writeFileSync(file, text);
        const whole = (await Array.fromAsync(readRecords(file, plain))).flat();
        const pieces = (await Array.fromAsync(readRecords(file, plain, { pieceBytes, rowBytes: 1_000 }))).flat();
        assert.deepEqual(pieces, whole);
        const lines = whole.map(({ line }) => line);
        assert.deepEqual(
          lines,
          [...new Set(lines)].sort((a, b) => a - b),
        );
        assert.ok((lines.at(-1) ?? 0) <= text.split('\n').length);
      }),
      { numRuns: 500, seed: 13 },
    );
  });
});

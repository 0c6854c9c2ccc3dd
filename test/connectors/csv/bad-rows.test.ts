import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { openBundle } from '../../../src/connectors/csv/open-bundle.ts';
import { allOf, folderOf } from './folder-of.ts';

const now = Date.parse('2026-01-31T12:00:00Z');

async function read(t: TestContext, files: Record<string, string | Buffer>) {
  return allOf(await openBundle(folderOf(t, files), { now }));
}

/** Reads one file whose third line is bad between two good ones, and gives the reason. */
async function reasonFor(t: TestContext, file: string, header: string, rows: [string, string | Buffer, string]) {
  const content = Buffer.concat(
    [`${header}\n`, rows[0], '\n', rows[1], '\n', rows[2], '\n'].map((part) => Buffer.from(part)),
  );
  const { records, setAside } = await read(t, { [file]: content });
  assert.equal(records.length, 2, 'the rows around it go in');
  assert.equal(setAside.length, 1);
  assert.equal(setAside[0]?.file, file);
  assert.equal(setAside[0]?.line, 3);
  return setAside[0]?.reason ?? '';
}

describe('a bad row', () => {
  const account = (bad: string | Buffer): [string, string | Buffer, string] => ['001,Acme,10', bad, '003,Crane,30'];
  const accounts = 'account_id,name,employees';

  it('is set aside for bytes that are not UTF-8, naming the byte', async (t) => {
    const bad = Buffer.concat([Buffer.from('002,Caf'), Buffer.from([0xe9]), Buffer.from(',20')]);
    assert.match(
      await reasonFor(t, 'accounts.csv', accounts, account(bad)),
      /"name" is not UTF-8: byte 0xE9 at byte 4/,
    );
  });

  it('is set aside for a NUL', async (t) => {
    assert.match(
      await reasonFor(t, 'accounts.csv', accounts, account('002,Bo\0lt,20')),
      /"name" holds a NUL .* at byte 3/,
    );
  });

  it('is set aside for too few and too many cells', async (t) => {
    assert.match(await reasonFor(t, 'accounts.csv', accounts, account('002,Bolt')), /2 cells and the header 3/);
    assert.match(await reasonFor(t, 'accounts.csv', accounts, account('002,Bolt,20,9')), /4 cells and the header 3/);
  });

  it('is set aside for a cell of 2 MB and for one of 10 MB', async (t) => {
    const cell = (size: number) => account(`002,${'x'.repeat(size)},20`);
    assert.match(await reasonFor(t, 'accounts.csv', accounts, cell(2_000_000)), /cell of "name" has 2000000 bytes/);
    assert.match(await reasonFor(t, 'accounts.csv', accounts, cell(10_000_000)), /row has 10000008 bytes/);
  });

  it('is set aside for an id that is missing', async (t) => {
    assert.match(await reasonFor(t, 'accounts.csv', accounts, account(',Bolt,20')), /account_id is missing/);
  });

  const deals = 'opportunity_id,account_id,created_at,closed_at,outcome,amount,close_date';
  const deal = (bad: string): [string, string, string] => [
    'o1,001,2025-01-01,2025-02-01,won,5,2099-01-01',
    bad,
    'o3,001,2025-01-01,,open,,',
  ];

  it('is set aside for a date that cannot be read or is not in the calendar', async (t) => {
    const reason = await reasonFor(t, 'opportunities.csv', deals, deal('o2,001,soon,,open,,'));
    assert.match(reason, /created_at "soon" is not a date/);
    const leap = await reasonFor(t, 'opportunities.csv', deals, deal('o2,001,2025-02-29,,open,,'));
    assert.match(leap, /created_at "2025-02-29" is not a date/);
  });

  it('is set aside for a date in the future, where the date tells what has happened', async (t) => {
    const reason = await reasonFor(t, 'opportunities.csv', deals, deal('o2,001,2026-02-02,,open,,'));
    assert.match(reason, /created_at lies in the future: 2026-02-02/);
  });

  it('is set aside for a negative amount', async (t) => {
    const reason = await reasonFor(t, 'opportunities.csv', deals, deal('o2,001,2025-01-01,,open,-5,'));
    assert.match(reason, /amount is negative: -5/);
  });

  it('is set aside for a word that is not known, with the words that are', async (t) => {
    const reason = await reasonFor(t, 'opportunities.csv', deals, deal('o2,001,2025-01-01,,maybe,,'));
    assert.match(reason, /outcome "maybe" is not known; it is one of open, won, lost/);
  });

  it('is set aside for a deal that closed before it began, and for one that closed without an outcome', async (t) => {
    const reason = await reasonFor(t, 'opportunities.csv', deals, deal('o2,001,2025-03-01,2025-01-01,won,,'));
    assert.match(reason, /closed_at 2025-01-01 is before created_at 2025-03-01/);
    const blank = await reasonFor(t, 'opportunities.csv', deals, deal('o2,001,2025-03-01,2025-04-01,,,'));
    assert.match(blank, /outcome is missing/);
  });

  it('costs only the cell where an attribute cannot be read', async (t) => {
    const rows = Array.from({ length: 40 }, (_, at) => `${at},A,${at}`).join('\n');
    const { records, setAside } = await read(t, { 'accounts.csv': `${accounts}\n${rows}\n99,Bolt,many\n` });
    assert.equal(records.length, 41);
    const last = records.at(-1);
    assert.deepEqual(last?.kind === 'account' ? last.values : null, { employees: null });
    assert.match(setAside[0]?.reason ?? '', /employees "many" is not a number and is unknown now/);
    assert.equal(setAside[0]?.line, 42);
  });

  it('has an excerpt without control characters, 200 characters at most', async (t) => {
    const { setAside } = await read(t, { 'accounts.csv': `account_id,name\n002,\u0007${'x'.repeat(300)},9\n` });
    assert.equal(setAside[0]?.excerpt.length, 200);
    assert.ok(setAside[0]?.excerpt.startsWith('002, xxx'));
  });
});

describe('a bad file', () => {
  const row = 'account_id,name\n001,Acme\n';
  const noteOf = async (t: TestContext, content: string | Buffer) => {
    const { records, setAside } = await read(t, { 'accounts.csv': content });
    return { records: records.length, lines: setAside.map(({ line }) => line), reason: setAside[0]?.reason ?? '' };
  };

  it('may begin with a byte order mark', async (t) => {
    const { records, setAside } = await read(t, { 'accounts.csv': `\ufeff${row}` });
    assert.deepEqual([records.length, setAside], [1, []]);
  });

  it('is named when it is UTF-16, with or without its mark', async (t) => {
    for (const text of [`\ufeff${row}`, row]) {
      const { records, reason } = await noteOf(t, Buffer.from(text, 'utf16le'));
      assert.equal(records, 0);
      assert.match(reason, /UTF-16; save it as UTF-8/);
    }
  });

  it('is named when it is empty, and when it has a header only', async (t) => {
    assert.match((await noteOf(t, '')).reason, /the file is empty/);
    assert.match((await noteOf(t, 'account_id,name\n')).reason, /a header and no rows/);
  });

  it('is named when the column is missing that its rows need', async (t) => {
    const { records, reason } = await noteOf(t, 'id,name\n1,Acme\n');
    assert.equal(records, 0);
    assert.match(reason, /needs the column account_id, and has id, name/);
  });

  it('loses the columns beyond a thousand and keeps its rows', async (t) => {
    const names = Array.from({ length: 5_000 }, (_, at) => `c${at}`);
    const { records, setAside } = await read(t, {
      'accounts.csv': `account_id,${names.join(',')}\n001${',1'.repeat(5_000)}\n`,
    });
    const [first] = records;
    assert.equal(first?.kind === 'account' ? Object.keys(first.values).length : 0, 999);
    assert.deepEqual(
      setAside.map(({ line }) => line),
      [1],
    );
    assert.match(setAside[0]?.reason ?? '', /5001 columns, and the limit is 1000: the last 4001 are set aside/);
  });

  it('loses the second of two columns of one name', async (t) => {
    const { records, setAside } = await read(t, { 'accounts.csv': 'account_id,name,name\n001,Acme,Other\n' });
    assert.deepEqual(
      records.map((record) => (record.kind === 'account' ? record.name : null)),
      ['Acme'],
    );
    assert.match(setAside[0]?.reason ?? '', /column 3 is a second "name"/);
  });

  it('may have semicolons or tabs between its cells', async (t) => {
    for (const delimiter of [';', '\t', '|']) {
      const { records } = await read(t, { 'accounts.csv': row.replaceAll(',', delimiter) });
      assert.deepEqual(
        records.map((record) => (record.kind === 'account' ? record.name : null)),
        ['Acme'],
      );
    }
  });

  it('is named when no bundle has such a file, and leaves the others alone', async (t) => {
    const { records, setAside } = await read(t, {
      'accounts.csv': row,
      'budget.csv': 'a,b\n1,2\n',
      'notes.txt': 'hello',
    });
    assert.equal(records.length, 1);
    assert.deepEqual(
      setAside.map(({ file }) => file),
      ['budget.csv'],
    );
  });
});

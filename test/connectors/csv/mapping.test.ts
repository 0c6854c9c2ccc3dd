import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { parseMapping } from '../../../src/connectors/csv/mapping-schema.ts';
import { openBundle } from '../../../src/connectors/csv/open-bundle.ts';
import { allOf, folderOf } from './folder-of.ts';

const now = Date.parse('2026-01-31');

async function read(t: TestContext, files: Record<string, string>, mapping: string) {
  return allOf(await openBundle(folderOf(t, files), { mapping: parseMapping(mapping, 'test.yaml'), now }));
}

const head = 'book: b\ntime: { kind: dates }\n';

describe('a mapping', () => {
  it('translates, looks up, makes texts and constants, and falls back', async (t) => {
    const { records, setAside } = await read(
      t,
      {
        'firms.csv': 'Nr;Firm;Sector;Rep\n7;Acme;SOFTW;u1\n8;Bolt;-;u9\n',
        'reps.csv': 'id,mail\nU1,Dana@ours.example\n',
      },
      `${head}lookups: { reps: { file: reps.csv, key: id } }
files:
  - file: firms.csv
    feeds: accounts
    unknown: ['-']
    columns:
      account_id: { text: 'f-{Nr}' }
      name: Firm
      industry: { column: Sector, values: { softw: software } }
      owner_email: { first: [{ column: Rep, lookup: reps, take: mail }, { constant: desk@ours.example }] }
`,
    );
    assert.deepEqual(setAside, []);
    assert.deepEqual(
      records.map((record) =>
        record.kind === 'account' ? [record.id, record.values.industry, record.ownerEmail] : [],
      ),
      [
        ['f-7', 'software', 'dana@ours.example'],
        ['f-8', null, 'desk@ours.example'],
      ],
    );
  });

  it('reads dates as it says they are written', async (t) => {
    const { records, setAside } = await read(
      t,
      { 'deals.csv': 'id,day,end\n1,31/12/2024,01/02/2025\n2,12/31/2024,\n' },
      `book: b
time: { kind: dates, formats: [dd/mm/yyyy] }
files:
  - file: deals.csv
    feeds: opportunities
    columns: { opportunity_id: id, created_at: day, closed_at: end, outcome: { constant: lost } }
`,
    );
    assert.deepEqual(
      records.map((record) => (record.kind === 'opportunity' ? [record.createdAt, record.closedAt] : [])),
      [[Date.UTC(2024, 11, 31), Date.UTC(2025, 1, 1)]],
    );
    assert.match(setAside[0]?.reason ?? '', /created_at "12\/31\/2024" is not a date/);
    assert.equal(setAside[0]?.line, 3);
  });

  it('counts a place in an order as milliseconds since 1970 began', async (t) => {
    const files = { 'calls.csv': 'nr,end\nC-0012,yes\nC-0003,no\n' };
    const mapping = (by: string) => `book: b
time: { kind: order, by: ${by} }
files:
  - file: calls.csv
    feeds: opportunities
    columns:
      opportunity_id: nr
      created_at: { order: true }
      closed_at: { order: true }
      outcome: { column: end, values: { yes: won, no: lost } }
`;
    const placesBy = async (by: string) =>
      (await read(t, files, mapping(by))).records.map((record) =>
        record.kind === 'opportunity' ? record.createdAt : null,
      );
    assert.deepEqual(await placesBy('nr'), [12, 3]);
    assert.deepEqual(await placesBy('row'), [1, 2]);
  });

  it('counts months back from the day of the snapshot, to the last day of shorter months', async (t) => {
    const { records } = await read(
      t,
      { 'people.csv': 'id,months,left\n1,0,no\n2,3,yes\n3,13,no\n' },
      `book: b
time: { kind: dates, snapshot: 2025-05-31 }
files:
  - file: people.csv
    feeds: customers
    columns:
      account_id: id
      started_at: { monthsBeforeSnapshot: months }
      ended_at: { snapshot: true, when: { column: left, is: yes } }
`,
    );
    const day = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString().slice(0, 10));
    assert.deepEqual(
      records.map((record) => (record.kind === 'customer' ? [day(record.startedAt), day(record.endedAt)] : [])),
      [
        ['2025-05-31', null],
        ['2025-02-28', '2025-05-31'],
        ['2024-04-30', null],
      ],
    );
  });

  it('makes expansions of what an account wins after its first win, or begins after it', async (t) => {
    const { records } = await read(
      t,
      {
        'deals.csv':
          'id,firm,from,to,end\n1,A,2024-01-01,2024-03-01,won\n2,A,2024-01-05,2024-02-01,won\n3,A,2024-01-01,2024-01-20,lost\n' +
          '4,A,2024-02-05,2024-04-01,lost\n5,B,2024-02-05,,open\n6,,2024-02-05,2024-03-01,won\n',
      },
      `${head}files:
  - file: deals.csv
    feeds: opportunities
    columns: { opportunity_id: id, account_id: firm, created_at: from, closed_at: to, outcome: end }
    repeatWins: expansion
`,
    );
    assert.deepEqual(
      records.map((record) => (record.kind === 'opportunity' ? record.type : null)),
      ['expansion', 'new', 'new', 'expansion', 'new', 'new'],
    );
  });

  it('says which columns of a file it does not name, and declares those it leaves out', async (t) => {
    const folder = folderOf(t, { 'a.csv': 'id,extra,score\n1,x,9\n' });
    const mapping = parseMapping(
      `${head}files: [{ file: a.csv, feeds: accounts, columns: { account_id: id }, leaveOut: { score: made later } }]`,
      'test.yaml',
    );
    const source = await openBundle(folder, { mapping, now });
    const { setAside } = await allOf(source);
    assert.match(setAside[0]?.reason ?? '', /does not name "extra"/);
    assert.deepEqual(
      source.fields.map(({ field, leftOut }) => [field, leftOut]),
      [['score', 'made later']],
    );
  });

  it('is refused with the key, what is wrong, and what may stand there', () => {
    const file = 'files: [{ file: a.csv, feeds: accounts, columns: { account_id: id } }]';
    const cases: [string, RegExp][] = [
      [`book: b\ntime: { kind: order }\n${file}`, /time\.by: /],
      [`${head}files: [{ file: a.csv, feeds: deals, columns: {} }]`, /files\.0\.feeds: .*"accounts"\|"contacts"/],
      [`${head}files: [{ file: a.csv, feeds: accounts, columns: { name: x } }]`, /accounts needs account_id/],
      [
        `${head}files: [{ file: a.csv, feeds: accounts, columns: { account_id: id, size: x } }]`,
        /no column "size"; it is one of account_id/,
      ],
      [
        `${head}files: [{ file: a.csv, feeds: accounts, columns: { account_id: { colum: id } } }]`,
        /account_id: .*"colum"/,
      ],
      [
        `${head}files: [{ file: a.csv, feeds: accounts, columns: { account_id: { values: {} } } }]`,
        /exactly one of column/,
      ],
      [`book: b\ntime: { kind: dates, formats: [month first] }\n${file}`, /time\.formats\.0: .*yyyy/],
      ['book: [', /not YAML or JSON/],
    ];
    for (const [text, message] of cases) assert.throws(() => parseMapping(text, 'm.yaml'), message, text);
  });

  it('is refused when the folder has no such file, column or lookup', async (t) => {
    const files = { 'a.csv': 'id,x\n1,2\n' };
    const columns = (account: string) =>
      `${head}files: [{ file: a.csv, feeds: accounts, columns: { account_id: ${account} } }]`;
    await assert.rejects(read(t, files, columns('id').replace('a.csv', 'b.csv')), /needs b\.csv .* there is a\.csv/);
    await assert.rejects(read(t, files, columns('nr')), /needs the column "nr", and the file has "id", "x"/);
    await assert.rejects(
      read(t, files, columns('{ column: id, lookup: l, take: y }')),
      /needs lookup "l", and there is none/,
    );
  });

  it('may be written as JSON', () => {
    const json = {
      book: 'b',
      time: { kind: 'dates' },
      files: [{ file: 'a.csv', feeds: 'accounts', columns: { account_id: 'id' } }],
    };
    assert.equal(parseMapping(JSON.stringify(json), 'm.json').book, 'b');
  });
});

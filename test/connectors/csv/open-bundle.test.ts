import assert from 'node:assert/strict';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describe, it } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parseMapping } from '../../../src/connectors/csv/mapping-schema.ts';
import { isBundle, openBundle } from '../../../src/connectors/csv/open-bundle.ts';
import { recordSchemas } from '../../../src/icp/records.ts';
import { allOf, folderOf } from './folder-of.ts';

const now = Date.parse('2026-01-31');
const small = join(import.meta.dirname, '../../fixtures/bundles/small');

describe('openBundle', () => {
  it('gives records that hold what the records promise', async () => {
    const { records } = await allOf(await openBundle(small, { now }));
    for (const record of records) recordSchemas[record.kind].parse(record);
    assert.deepEqual(new Set(records.map(({ kind }) => kind)), new Set(Object.keys(recordSchemas)));
  });

  it('hands on the same rows behind those that it is told to skip', async () => {
    const source = await openBundle(small, { now });
    for (const file of source.files) {
      const all = await Array.fromAsync(file.rows({ after: 0 }));
      for (let after = 1; after <= all.length; after += 1) {
        assert.deepEqual(await Array.fromAsync(file.rows({ after })), all.slice(after), `${file.name} after ${after}`);
      }
    }
  });

  it('has a hash of the bytes: the same for the same, another for a changed cell or mapping', async (t) => {
    const hashOf = async (content: string, mapping?: string) => {
      const folder = folderOf(t, { 'accounts.csv': content });
      return (
        await openBundle(folder, { now, mapping: mapping === undefined ? undefined : parseMapping(mapping, 'm') })
      ).contentHash;
    };
    const text = 'account_id,name\n1,A\n';
    const mapping =
      'book: b\ntime: { kind: dates }\nfiles: [{ file: accounts.csv, feeds: accounts, columns: { account_id: account_id } }]';
    assert.equal(await hashOf(text), await hashOf(text));
    const hashes = [
      await hashOf(text),
      await hashOf(text.replace('A', 'B')),
      await hashOf(text, mapping),
      await hashOf(text, mapping.replace('book: b', 'book: c')),
    ];
    assert.equal(new Set(hashes).size, 4);
  });

  it('reads columns whatever they are called', async (t) => {
    const folder = folderOf(t, { 'accounts.csv': 'account_id,constructor,__proto__,toString\n1,a,b,c\n' });
    const [record] = (await allOf(await openBundle(folder, { now }))).records;
    assert.ok(record?.kind === 'account');
    assert.deepEqual(Object.entries(record.values), [
      ['constructor', 'a'],
      ['__proto__', 'b'],
      ['toString', 'c'],
    ]);
  });

  it('declares what observations are of, also a field that comes up late', async (t) => {
    const early = Array.from({ length: 6_000 }, (_, at) => `a${at},employees,${at},2025-01-01,registry`);
    const folder = folderOf(t, {
      'observations.csv': `account_id,field,value,observed_at,source\n${early.join('\n')}\na1,page_views,7,2025-01-01,site\n`,
    });
    const source = await openBundle(folder, { now });
    assert.deepEqual(
      source.fields.map(({ field, layer, type }) => [field, layer, type]),
      [
        ['employees', 'firmographic', 'number'],
        ['page_views', 'behavioural', 'number'],
      ],
    );
    const { records } = await allOf(source);
    const last = records.at(-1);
    assert.deepEqual(last?.kind === 'observation' ? last.values : null, { page_views: 7 });
  });

  it('keeps apart what several files say about one account', async (t) => {
    const folder = folderOf(t, { 'crm.csv': 'id,size\n1,10\n', 'vendor.csv': 'id,size\n1,12\n' });
    const files = ['crm.csv', 'vendor.csv'].map(
      (file) => `{ file: ${file}, feeds: accounts, columns: { account_id: id, employees: size } }`,
    );
    const mapping = parseMapping(`book: b\ntime: { kind: dates }\nfiles: [${files.join(', ')}]`, 'm');
    const { records } = await allOf(await openBundle(folder, { now, mapping }));
    assert.deepEqual(
      records.map((record) => (record.kind === 'account' ? [record.source, record.values.employees] : [])),
      [
        ['crm.csv', 10],
        ['vendor.csv', 12],
      ],
    );
  });

  it('tells a bundle from another folder, and refuses a folder that is neither', async (t) => {
    assert.equal(await isBundle(small), true);
    const foreign = folderOf(t, { 'accounts.csv': 'account,sector\nAcme,retail\n', 'pipeline.csv': 'a,b\n' });
    assert.equal(await isBundle(foreign), false);
    await assert.rejects(openBundle(folderOf(t, { 'x.csv': 'a\n1\n' }), { now }), /no file of a bundle .* --mapping/);
    await assert.rejects(openBundle(join(small, 'nowhere'), { now }), /needs a folder/);
  });

  it('reads 200 MB in far less memory', async (t) => {
    const folder = folderOf(t, {});
    const text = 'x'.repeat(10_000);
    const lines = function* () {
      yield 'account_id,name,note\n';
      for (let at = 0; at < 20_000; at += 1) yield `a${at},"Company ${at}",${text}\n`;
    };
    await pipeline(Readable.from(lines()), createWriteStream(join(folder, 'accounts.csv')));
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const heap = () => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    const [file] = (await openBundle(folder, { now })).files;
    const before = heap();
    let rows = 0;
    let most = 0;
    for await (const row of file?.rows({ after: 0 }) ?? []) {
      assert.equal(row.records.length, 1);
      rows += 1;
      if (rows % 5_000 === 0) most = Math.max(most, heap() - before);
    }
    assert.equal(rows, 20_000);
    assert.ok(most < 50_000_000, `${most} bytes more than before`);
  });
});

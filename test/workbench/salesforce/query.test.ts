import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { type Client, startClient } from './client.ts';

const now = Date.UTC(2026, 5, 15, 12);
const day = 86_400_000;

async function companies(t: TestContext): Promise<Client> {
  const client = await startClient(t, { clock: () => now });
  client.sf.org.insert('User', [{ Id: '005000000000001', LastName: 'Rep', Email: 'rep@local.test', IsActive: true }]);
  client.sf.org.insert('Account', [
    { Id: '001000000000001', Name: 'Alpha', Industry: 'Banking', NumberOfEmployees: 10, OwnerId: '005000000000001' },
    { Id: '001000000000002', Name: "O'Brien", Industry: 'Retail', NumberOfEmployees: 200, CreatedDate: now - 2 * day },
    { Id: '001000000000003', Name: '100% Sure', NumberOfEmployees: 3000, CreatedDate: now - 40 * day },
    { Id: '001000000000004', Name: 'Gone', Industry: 'Retail' },
  ]);
  client.sf.org.insert('Contact', [
    { Id: '003000000000001', LastName: 'Doe', AccountId: '001000000000001' },
    { Id: '003000000000002', LastName: 'Lone' },
  ]);
  client.sf.org.delete('Account', '001000000000004');
  return client;
}

describe('SOQL of the local Salesforce', () => {
  const conditions: [string, string[]][] = [
    ["Industry = 'banking'", ['Alpha']],
    ["Industry != 'Banking'", ["O'Brien", '100% Sure']],
    ['Industry = null', ['100% Sure']],
    ["Industry = ''", ['100% Sure']],
    ['Industry != null', ['Alpha', "O'Brien"]],
    ["NOT Industry = 'Banking'", ["O'Brien", '100% Sure']],
    ["Industry IN ('Banking', 'Retail')", ['Alpha', "O'Brien"]],
    ["Industry NOT IN ('Banking')", ["O'Brien", '100% Sure']],
    ["Name LIKE 'a%'", ['Alpha']],
    ["Name LIKE '_00\\% s%'", ['100% Sure']],
    ["Name = 'O\\'Brien'", ["O'Brien"]],
    ['NumberOfEmployees >= 200', ["O'Brien", '100% Sure']],
    ["(NumberOfEmployees < 100 OR NumberOfEmployees > 1000) AND NOT (Name = 'Alpha')", ['100% Sure']],
    ['CreatedDate = TODAY', ['Alpha']],
    ['CreatedDate = LAST_N_DAYS:30', ['Alpha', "O'Brien"]],
    ['CreatedDate < LAST_N_DAYS:30', ['100% Sure']],
    ['CreatedDate > 2026-06-13T11:59:59Z', ['Alpha', "O'Brien"]],
    ["Owner.Email = 'rep@local.test'", ['Alpha']],
    ["Id = '001000000000001'", ['Alpha']],
    ["Id = '001000000000001AAA'", ['Alpha']],
    ['Id IN (SELECT AccountId FROM Contact)', ['Alpha']],
  ];
  it('finds what Salesforce would find', async (t) => {
    const { query } = await companies(t);
    for (const [where, names] of conditions) {
      const found = await query(`SELECT Name FROM Account WHERE ${where} ORDER BY Id`);
      assert.deepEqual(
        found.map(({ Name }) => Name),
        names,
        where,
      );
    }
  });

  it('shows the fields of related records inside them, and none where there is none', async (t) => {
    const { query } = await companies(t);
    const [first, second] = await query('SELECT Id, Account.Owner.Email, Account.Name FROM Contact ORDER BY Id');
    assert.equal(first.Account.Owner.Email, 'rep@local.test');
    assert.equal(first.Account.attributes.type, 'Account');
    assert.equal(first.Account.Name, 'Alpha');
    assert.equal(second.Account, null);
    assert.match(first.attributes.url, /\/sobjects\/Contact\/003000000000001AAA$/);
  });

  it('shows what is in the bin to queryAll only', async (t) => {
    const { query } = await companies(t);
    const soql = 'SELECT Name, IsDeleted FROM Account WHERE IsDeleted = true';
    assert.equal((await query(soql)).length, 0);
    assert.deepEqual(
      (await query(soql, 'queryAll')).map(({ Name }) => Name),
      ['Gone'],
    );
  });

  it('counts, groups and sums', async (t) => {
    const { call, query } = await companies(t);
    const { json } = await call('GET', `query?q=${encodeURIComponent('SELECT COUNT() FROM Account')}`);
    assert.deepEqual([json.totalSize, json.done, json.records], [3, true, []]);
    const groups = await query('SELECT Industry, COUNT(Id) n, MAX(NumberOfEmployees) FROM Account GROUP BY Industry');
    const sorted = groups.map(({ Industry, n, expr0 }) => [Industry, n, expr0]).sort();
    assert.deepEqual(
      sorted,
      [
        [null, 1, 3000],
        ['Banking', 1, 10],
        ['Retail', 1, 200],
      ].sort(),
    );
    assert.equal((await query('SELECT MAX(SystemModstamp) m FROM Account'))[0].m, '2026-06-15T12:00:00.000+0000');
  });

  it('orders by a field with empty ones first, unless it is told otherwise', async (t) => {
    const { query } = await companies(t);
    const names = async (order: string) =>
      (await query(`SELECT Name FROM Account ORDER BY ${order}`)).map(({ Name }) => Name);
    assert.deepEqual(await names('Industry'), ['100% Sure', 'Alpha', "O'Brien"]);
    assert.deepEqual(await names('Industry DESC'), ['100% Sure', "O'Brien", 'Alpha']);
    assert.deepEqual(await names('Industry DESC NULLS LAST'), ["O'Brien", 'Alpha', '100% Sure']);
    assert.deepEqual(await names('NumberOfEmployees DESC LIMIT 1 OFFSET 1'), ["O'Brien"]);
  });

  const refusals: [string, string, RegExp][] = [
    ['SELECT Nope FROM Account', 'INVALID_FIELD', /^No such column 'Nope' on entity 'Account'\./],
    ['SELECT Id FROM Account WHERE Nope = 1', 'INVALID_FIELD', /^No such column 'Nope'/],
    ['SELECT Id, Nope.Name FROM Account', 'INVALID_FIELD', /^Didn't understand relationship 'Nope'/],
    ['SELECT Id FROM Nope', 'INVALID_TYPE', /^sObject type 'Nope' is not supported\./],
    ['SELECT Id FROM', 'MALFORMED_QUERY', /./],
    ["SELECT Id FROM Account WHERE Name = 'a' AND Name = 'b' OR Name = 'c'", 'MALFORMED_QUERY', /unexpected token: OR/],
    ['SELECT Id, Id FROM Account', 'MALFORMED_QUERY', /duplicate field/],
    ["SELECT Id FROM Account WHERE NumberOfEmployees = '5'", 'INVALID_FIELD', /should not be enclosed in quotes/],
    ['SELECT Id FROM Account WHERE CreatedDate > 2026-01-01', 'INVALID_FIELD', /of type dateTime/],
    ["SELECT Id FROM Account WHERE Description = 'x'", 'INVALID_FIELD', /can not be filtered/],
    ['SELECT Id FROM AccountHistory ORDER BY SystemModstamp', 'INVALID_FIELD', /No such column 'SystemModstamp'/],
    ['SELECT Id, (SELECT Id FROM Contacts) FROM Account', 'MALFORMED_QUERY', /child records/],
    ["SELECT Id FROM Account WHERE Id = 'x'; DROP TABLE Account", 'MALFORMED_QUERY', /./],
  ];
  it('refuses what Salesforce refuses, as an array with one error', async (t) => {
    const { call } = await companies(t);
    for (const [soql, code, message] of refusals) {
      const { status, json } = await call('GET', `query?q=${encodeURIComponent(soql)}`);
      assert.equal(status, 400, soql);
      assert.equal(json.length, 1);
      assert.equal(json[0].errorCode, code, soql);
      assert.match(json[0].message, message);
    }
  });
});

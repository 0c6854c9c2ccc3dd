import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { anything, array, asyncProperty, assert as check, constantFrom, oneof, string, tuple } from 'fast-check';
import { startClient } from './client.ts';

const words = constantFrom(
  ...[
    'SELECT',
    'Id',
    'Name',
    ',',
    'FROM',
    'Account',
    'WHERE',
    '(',
    ')',
    'AND',
    'OR',
    'NOT',
    '=',
    '!=',
    'IN',
    "'x'",
    '5',
  ],
  ...[
    'LIKE',
    'null',
    'ORDER BY',
    'LIMIT',
    'Owner.Name',
    'COUNT()',
    'COUNT(Id)',
    'GROUP BY',
    'TODAY',
    '2026-01-01T00:00:00Z',
  ],
  ...['BillingAddress', 'FIELDS(ALL)', 'OFFSET', 'DESC', 'NULLS LAST', 'IsDeleted', 'true', "'0", ';', '--', '"'],
);

describe('whatever it is asked, the local Salesforce', () => {
  it('reads a query or refuses it, and never falls over', async (t) => {
    const client = await startClient(t, { log: (message, error) => assert.fail(`${message}: ${error}`) });
    client.sf.org.insert('Account', [{ Name: 'Acme' }]);
    const whole = array(words, { maxLength: 14 }).map((list) => list.join(' '));
    const tail = array(words, { maxLength: 8 }).map((list) => `SELECT Id, Name FROM Account ${list.join(' ')}`);
    const where = array(words, { maxLength: 8 }).map((list) => `SELECT Id FROM Account WHERE ${list.join(' ')}`);
    await check(
      asyncProperty(oneof(whole, tail, where), async (soql) => {
        const { status, json } = await client.call('GET', `query?q=${encodeURIComponent(soql)}`);
        assert.ok(status === 200 || status === 400, `${soql} gave ${status}`);
        if (status === 400) assert.match(json[0].errorCode, /^[A-Z_]+$/);
      }),
      { numRuns: 400 },
    );
  });

  it('answers every path and body with a status of its own', async (t) => {
    const client = await startClient(t, { log: (message, error) => assert.fail(`${message}: ${error}`) });
    const part = constantFrom(
      ...[
        'sobjects',
        'Account',
        'describe',
        'composite',
        'jobs',
        'ingest',
        'query',
        'batches',
        'results',
        'updated',
        'Nope',
      ],
      ...['001000000000001', '%E0%A4%A', 'limits', 'Key__c', 'id', '%2F', "'"],
    );
    const body = oneof(
      anything(),
      anything().map((records) => ({ records: [records], allOrNone: true })),
      string(),
    );
    await check(
      asyncProperty(
        constantFrom('GET', 'POST', 'PATCH', 'PUT', 'DELETE'),
        array(part, { maxLength: 5 }),
        tuple(body),
        async (method, parts, [sent]) => {
          const text = JSON.stringify(sent, (_, value) => (typeof value === 'bigint' ? String(value) : value)) ?? '';
          const url = `${client.sf.url}/services/data/v66.0/${parts.join('/')}`;
          const headers = { authorization: `Bearer ${client.token}`, 'content-type': 'application/json' };
          const response = await fetch(url, { method, headers, ...(method === 'GET' ? {} : { body: text }) });
          await response.text();
          assert.ok(response.status < 500, `${method} ${url} ${text} gave ${response.status}`);
        },
      ),
      { numRuns: 400 },
    );
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Connection } from 'jsforce';
import { startClient } from './client.ts';

/** A client that others wrote has to understand us; only calls that it gets right itself are made. */
describe('jsforce against the local Salesforce', () => {
  it('logs in, describes, writes, queries and reads the limits', async (t) => {
    const { sf } = await startClient(t);
    const { clientId, clientSecret } = sf.options;
    const connection = new Connection({
      ...{ loginUrl: sf.url, version: '66.0', oauth2: { loginUrl: sf.url, clientId, clientSecret } },
    });
    const { organizationId, id } = await connection.authorize({ grant_type: 'client_credentials' });
    assert.equal(organizationId, sf.org.id);
    assert.equal(id, sf.org.integrationUser);

    const { fields } = await connection.describe('Account');
    assert.ok(fields.some(({ name, type }) => name === 'AnnualRevenue' && type === 'currency'));
    const made = await connection.sobject('Account').create([{ Name: 'Alpha' }, { Name: 'Beta' }]);
    assert.deepEqual(
      made.map(({ success }) => success),
      [true, true],
    );
    const [{ id: first = '' } = {}] = made;
    const changed = await connection.sobject('Account').update({ Id: first, Site: 'Berlin' });
    assert.equal(changed.success, true);
    const { records, totalSize, done } = await connection.query(
      'SELECT Id, Name, Owner.Name FROM Account ORDER BY Name',
    );
    assert.deepEqual([totalSize, done], [2, true]);
    assert.deepEqual(
      records.map(({ Name }) => Name),
      ['Alpha', 'Beta'],
    );
    assert.equal((await connection.sobject('Account').retrieve(first)).Site, 'Berlin');
    await assert.rejects(async () => await connection.query('SELECT Nope FROM Account'), {
      errorCode: 'INVALID_FIELD',
    });
    const removed = await connection.sobject('Account').destroy(first);
    assert.equal(removed.success, true);
    const { DailyApiRequests } = await connection.limits();
    assert.equal(DailyApiRequests?.Max, sf.options.dailyRequests);
    assert.equal(connection.limitInfo.apiUsage?.limit, sf.options.dailyRequests);
  });

  it('drives a Bulk job by its own calls', async (t) => {
    const { sf } = await startClient(t);
    const { clientId, clientSecret } = sf.options;
    const connection = new Connection({ version: '66.0', oauth2: { loginUrl: sf.url, clientId, clientSecret } });
    await connection.authorize({ grant_type: 'client_credentials' });
    const job = connection.bulk2.createJob({ object: 'Account', operation: 'insert' });
    await job.open();
    await job.uploadData('Name,Site\nAlpha,Berlin\nBeta,\n');
    await job.close();
    await job.poll(10, 10_000);
    const { successfulResults, failedResults, unprocessedRecords } = await job.getAllResults();
    assert.deepEqual([successfulResults.length, failedResults.length, unprocessedRecords.length], [2, 0, 0]);
    assert.equal(successfulResults[0]?.sf__Created, 'true');
    assert.equal(sf.org.count('Account'), 2);
  });
});

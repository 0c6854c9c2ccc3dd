import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Came, clientOf, data, rawSalesforce } from './raw-salesforce.ts';

const limits = { DailyApiRequests: { Max: 100_000, Remaining: 99_000 } };
const id = '001000000000001AAA';
const job = { id: '750000000000001AAA', state: 'Open' };

/** Runs work against a server that answers so, and closes both. */
async function against<Result>(
  answer: (came: Came) => unknown,
  work: (client: ReturnType<typeof clientOf>, server: Awaited<ReturnType<typeof rawSalesforce>>) => Promise<Result>,
  deps: Parameters<typeof clientOf>[1] = {},
): Promise<Result> {
  const server = await rawSalesforce(answer);
  const client = clientOf(server.url, deps);
  try {
    return await work(client, server);
  } finally {
    client.crm.close();
    await server.close();
  }
}

describe('what jsforce does wrong, and this client does not', () => {
  it('outlives an answer that is cut in the middle, and asks again', async () => {
    await against(
      (came) => (came.path !== '/limits' ? false : came.before < 2 ? came.cut('{"DailyApi') : came.json(limits)),
      async ({ crm, clock }, server) => {
        assert.deepEqual(await crm.writer.budget(), { most: 100_000, left: 99_000 });
        assert.equal(server.count('GET /limits'), 3);
        assert.equal(crm.writer.calls(), 3);
        assert.deepEqual(clock.waits, [750, 1500], 'about one second, then two');
      },
    );
  });

  it('gives up on a server that cuts every answer, with an error and a bounded number of requests', async () => {
    await against(
      (came) => (came.path === '/limits' ? came.cut('{') : false),
      async ({ crm }, server) => {
        await assert.rejects(crm.writer.budget(), {
          code: 'crm_retry',
          message: /no whole answer came from Salesforce/,
        });
        assert.equal(server.count('GET /limits'), 6);
      },
    );
  });

  it('asks for at most three tokens in a minute when every session is refused', async () => {
    await against(
      (came) =>
        came.path === '/limits' ? came.refuse(401, 'INVALID_SESSION_ID', 'Session expired or invalid') : false,
      async ({ crm, clock }, server) => {
        for (let asked = 0; asked < 50; asked += 1)
          await assert.rejects(crm.writer.budget(), { code: 'crm_signed_out' });
        assert.equal(server.count('POST /services/oauth2/token'), 3);
        await assert.rejects(crm.writer.budget(), { message: /3 times within a minute and waits until 10:01:00 UTC/ });
        clock.pass(60_001);
        await assert.rejects(crm.writer.budget(), { code: 'crm_signed_out' });
        assert.equal(server.count('POST /services/oauth2/token'), 5);
      },
    );
  });

  it('does not ask for a token again where the app is what is refused', async () => {
    await against(
      (came) =>
        came.path === '/limits' ? came.refuse(401, 'X', 'This session is not valid for use with the REST API') : false,
      async ({ crm }, server) => {
        await assert.rejects(crm.writer.budget(), { code: 'crm_signed_out', message: /not valid for use/ });
        assert.equal(server.count('POST /services/oauth2/token'), 1);
      },
    );
  });

  it('sends the same rows again when the token runs out at the upload', async () => {
    const bodies: string[] = [];
    await against(
      (came) => {
        if (!came.path.endsWith('/batches')) return false;
        bodies.push(came.body);
        if (came.headers.authorization === 'Bearer token-1') return came.refuse(401, 'INVALID_SESSION_ID');
        return came.response.writeHead(201).end();
      },
      async ({ crm }, server) => {
        await crm.writer.jobs.upload(job.id, ['ICP_Score__c'], [{ id, values: { ICP_Score__c: 1.5 } }]);
        assert.deepEqual(bodies, [`Id,ICP_Score__c\n${id},1.5\n`, `Id,ICP_Score__c\n${id},1.5\n`]);
        assert.equal(server.count('POST /services/oauth2/token'), 2);
      },
    );
  });

  it('repeats an upload that was answered with 503, and says the real error when it stays so', async () => {
    const rows = [{ id, values: { ICP_Score__c: null } }];
    await against(
      (came) => {
        if (!came.path.endsWith('/batches')) return false;
        if (came.before < 2) return came.refuse(503, 'SERVER_UNAVAILABLE', 'busy');
        return came.response.writeHead(201).end();
      },
      async ({ crm }, server) => {
        await crm.writer.jobs.upload(job.id, ['ICP_Score__c'], rows);
        assert.equal(server.count(`PUT /jobs/ingest/${job.id}/batches`), 3);
      },
    );
    await against(
      (came) => (came.path.endsWith('/batches') ? came.refuse(503, 'SERVER_UNAVAILABLE', 'busy') : false),
      async ({ crm }) => {
        const failing = crm.writer.jobs.upload(job.id, ['ICP_Score__c'], rows);
        await assert.rejects(failing, { code: 'crm_retry', message: /SERVER_UNAVAILABLE: busy/ });
      },
    );
  });

  it('takes an upload for done whose first answer was lost', async () => {
    await against(
      (came) => {
        if (!came.path.endsWith('/batches')) return false;
        if (came.before === 0) return came.response.socket?.destroy();
        return came.refuse(400, 'INVALIDJOBSTATE', 'Found multiple contents for job');
      },
      async ({ crm }) => crm.writer.jobs.upload(job.id, ['ICP_Score__c'], [{ id, values: { ICP_Score__c: 1 } }]),
    );
  });

  it('refuses an upload into a job that had rows before it began', async () => {
    await against(
      (came) =>
        came.path.endsWith('/batches') ? came.refuse(400, 'INVALIDJOBSTATE', 'Found multiple contents') : false,
      async ({ crm }) =>
        assert.rejects(crm.writer.jobs.upload(job.id, ['A'], [{ id, values: { A: 1 } }]), { code: 'crm_stop' }),
    );
  });

  it('creates a job again when it was refused, and not when the answer was lost', async () => {
    await against(
      (came) => (came.path !== '/jobs/ingest' ? false : came.before < 2 ? came.refuse(503, 'BUSY') : came.json(job)),
      async ({ crm }, server) => {
        assert.deepEqual(await crm.writer.jobs.create('Account'), {
          ...{ id: job.id, state: 'open', processed: 0, failed: 0, message: null },
        });
        assert.equal(server.count('POST /jobs/ingest'), 3);
      },
    );
    for (const lose of [(came: Came) => came.response.socket?.destroy(), (came: Came) => came.cut('{"id"')])
      await against(
        (came) => (came.path === '/jobs/ingest' ? lose(came) : false),
        async ({ crm }, server) => {
          await assert.rejects(crm.writer.jobs.create('Account'), { code: 'crm_retry' });
          assert.equal(server.count('POST /jobs/ingest'), 1);
        },
      );
  });

  it('repeats a collection whose answer was lost, since it sets what it set before', async () => {
    await against(
      (came) => {
        if (came.path !== '/composite/sobjects') return false;
        assert.equal(came.headers['sforce-auto-assign'], 'FALSE');
        if (came.before === 0) return came.response.socket?.destroy();
        return came.json([{ id, success: true, errors: [] }]);
      },
      async ({ crm }, server) => {
        assert.deepEqual(await crm.writer.update('Account', [{ id, values: { ICP_Score__c: 2 } }]), [
          { id, failure: null },
        ]);
        assert.equal(server.count('PATCH /composite/sobjects'), 2);
      },
    );
  });

  it('takes a page of HTML for maintenance, not for an answer', async () => {
    const page = '<html><body>We are down for maintenance</body></html>';
    await against(
      (came) => {
        if (came.path !== '/query') return false;
        came.response.writeHead(200, { 'content-type': 'text/html;charset=UTF-8' });
        return came.response.end(page);
      },
      async ({ crm }, server) => {
        await assert.rejects(crm.reader.count('Account'), { code: 'crm_retry', message: /a page instead of data/ });
        assert.equal(server.count('GET /query'), 6);
      },
    );
  });

  it('pauses at the limit of calls at once', async () => {
    await against(
      (came) =>
        came.path === '/query' ? came.refuse(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.') : false,
      async ({ crm, clock }, server) => {
        await assert.rejects(crm.reader.count('Account'), { code: 'crm_limit', message: /used up its API calls/ });
        assert.equal(server.count('GET /query'), 1);
        assert.deepEqual(clock.waits, []);
      },
    );
  });

  it('does not wait for a server that has fallen silent, before its answer or in it', async () => {
    const quiet = () => undefined;
    const halfway = ({ response }: Came) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '900' });
      return response.write('{"totalSize":');
    };
    for (const stall of [quiet, halfway])
      await against(
        (came) => (came.path !== '/limits' ? false : came.before < 1 ? stall(came) : came.json(limits)),
        async ({ crm }, server) => {
          assert.equal((await crm.writer.budget()).left, 99_000);
          assert.equal(server.count('GET /limits'), 2);
        },
        // Long enough that a busy machine is not taken for a silent server.
        { patience: 2_000 },
      );
  });

  it('does not follow where it is sent on to, and does not take its token there', async () => {
    const other = await rawSalesforce((came) => came.json(limits));
    await against(
      (came) => (came.path === '/limits' ? came.response.writeHead(302, { location: `${other.url}/x` }).end() : false),
      async ({ crm }) =>
        assert.rejects(crm.writer.budget(), { code: 'crm_stop', message: /sent us on to 127\.0\.0\.1/ }),
    );
    assert.deepEqual(other.seen, []);
    await other.close();
  });

  it('never deletes a job, however long it takes to look', async () => {
    await against(
      (came) =>
        came.path === `/jobs/ingest/${job.id}`
          ? came.json({ ...job, state: 'InProgress', numberRecordsProcessed: 7 })
          : false,
      async ({ crm, clock }, server) => {
        for (let day = 0; day < 5; day += 1) {
          assert.equal((await crm.writer.jobs.state(job.id)).state, 'working');
          clock.pass(86_400_000);
        }
        assert.deepEqual(new Set(server.seen), new Set(['POST /services/oauth2/token', `GET /jobs/ingest/${job.id}`]));
      },
    );
  });

  it('speaks only to the host that it was given, whatever the sign-in says', async () => {
    const server = await rawSalesforce((came) =>
      came.path === '/services/oauth2/token'
        ? came.json({ access_token: 't', instance_url: 'https://evil.example', id: 'https://x/id/00D/005' })
        : false,
    );
    const { crm } = clientOf(server.url);
    await assert.rejects(crm.writer.budget(), { code: 'crm_stop', message: /evil\.example/ });
    await server.close();
    const outside = clientOf('https://acme.my.salesforce.com.evil.example');
    await assert.rejects(outside.crm.writer.budget(), { code: 'crm_stop', message: /My Domain/ });
    assert.ok(data.startsWith('/services/data/'));
  });
});

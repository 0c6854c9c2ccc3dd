import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { LocalSalesforce } from '../../../src/workbench/salesforce/local-salesforce.ts';
import { startWorkbench } from '../../../src/workbench/server.ts';
import { COMPANY } from '../../support/bolt-fixture.ts';
import { inSalesOrg, startSalesOrg } from '../../support/sales-org.ts';

const { rita, otto, harbor, harborTwin, mill, contact, lead, deal } = inSalesOrg;
/** What comes over the wire has no type; a test looks into it. */
type Json = ReturnType<typeof JSON.parse>;

async function read(salesforce: LocalSalesforce, address: string): Promise<Json> {
  const response = await fetch(`${salesforce.url}/control/salesforce/${address}`);
  return { status: response.status, ...asObject(await response.json()) };
}

function asObject(answer: Json): Json {
  return Array.isArray(answer) ? { list: answer } : answer;
}

async function post(salesforce: LocalSalesforce, route: string, body: unknown): Promise<Json> {
  const url = `${salesforce.url}/control/salesforce/${route}`;
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  return { status: response.status, ...asObject(await response.json()) };
}

const names = (list: Json): string[] => list.rows.map((row: Json) => row.cells[0]);
const fieldIn = (record: Json, name: string): Json => record.fields.find((field: Json) => field.name === name).value;

describe('the page of the local Salesforce', () => {
  let salesforce: LocalSalesforce;
  before(async () => {
    salesforce = await startSalesOrg();
  });
  after(() => salesforce.close());

  it('comes with headers that let nothing run but its own files', async () => {
    const response = await fetch(`${salesforce.url}/salesforce`);
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'; script-src 'self'/);
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
  });

  it('serves every file that it names, and no other', async () => {
    const folder = path.resolve(import.meta.dirname, '../../../src/workbench/salesforce/page');
    const html = await (await fetch(`${salesforce.url}/salesforce`)).text();
    const named = new Set([...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, address = '']) => address));
    for (const file of globSync('*.js', { cwd: folder })) {
      for (const [, from = ''] of readFileSync(path.join(folder, file), 'utf8').matchAll(/from '([^']+)'/g)) {
        named.add(new URL(from, 'http://here/salesforce/page/').pathname);
      }
    }
    // The shared modules import each other.
    named.add('/page/toasts.js');
    assert.ok(named.size > 15);
    for (const address of named) {
      const response = await fetch(salesforce.url + address);
      assert.equal(response.status, 200, address);
      await response.arrayBuffer();
    }
    assert.ok(existsSync(path.join(folder, '..', 'control.ts')));
    for (const address of ['/salesforce/page/..%2fcontrol.ts', '/salesforce/page/none.js', '/page/app.js', '/other']) {
      const response = await fetch(salesforce.url + address);
      assert.equal(response.status, 404, address);
      await response.arrayBuffer();
    }
  });

  it('leads the addresses of records to their place, and leaves other ids alone', async () => {
    const go = async (address: string) => {
      const response = await fetch(salesforce.url + address, { redirect: 'manual' });
      await response.arrayBuffer();
      return response.status === 302 ? response.headers.get('location') : response.status;
    };
    assert.equal(await go(`/${harbor}`), `/salesforce#/Account/${harbor}`);
    assert.equal(await go(`/${harbor.slice(0, 15)}`), `/salesforce#/Account/${harbor}`);
    assert.equal(await go(`/lightning/r/Lead/${lead}/view`), `/salesforce#/Lead/${lead}`);
    assert.equal(await go(`/lightning/r/${deal}/view`), `/salesforce#/Opportunity/${deal}`);
    for (const other of [`/${rita}`, '/001', `/lightning/r/Account/${harbor}/edit`]) assert.equal(await go(other), 404);
  });

  it('says which org it is, and counts what the API was asked', async () => {
    const quiet = await read(salesforce, 'org');
    assert.equal(quiet.name, 'Harbor sales');
    assert.equal(quiet.isSandbox, true);
    assert.deepEqual(
      quiet.tabs.map(({ object, total }: Json) => [object, total]),
      [
        ['Account', 63],
        ['Lead', 1],
        ['Contact', 1],
        ['Opportunity', 1],
      ],
    );
    assert.deepEqual([quiet.calls, quiet.dailyCalls, quiet.triggers], [0, 100_000, 0]);
    const token = await fetch(`${salesforce.url}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        ...{ grant_type: 'client_credentials', client_id: 'local-client-id', client_secret: 'local-client-secret' },
      }),
    });
    const { access_token } = JSON.parse(await token.text());
    const limits = await fetch(`${salesforce.url}/services/data/v66.0/limits`, {
      headers: { authorization: `Bearer ${access_token}` },
    });
    await limits.arrayBuffer();
    assert.equal((await read(salesforce, 'changes?since=0')).calls, 1);
  });

  it('names the people of the org, and which of them is a program', async () => {
    const { list } = await read(salesforce, 'users');
    const people = list.filter((user: Json) => !user.isIntegration);
    assert.deepEqual(people.map((user: Json) => user.name).sort(), ['Administrator', 'Otto Berg', 'Rita Lund']);
  });
});

describe('the lists of the local Salesforce', () => {
  let salesforce: LocalSalesforce;
  before(async () => {
    salesforce = await startSalesOrg();
    const score = (id: string, points: number, tier: string) =>
      salesforce.org.update('Account', id, { ICP_Score__c: points, ICP_Tier__c: tier }, salesforce.org.integrationUser);
    score(harbor, 81.5, '1');
    score(harborTwin, 9, '3');
    score(mill, 64, '2');
  });
  after(() => salesforce.close());

  it('show fifty of a list, best score first and what has none last, by name', async () => {
    const list = await read(salesforce, 'records?object=Account');
    assert.equal(list.rows.length, 50);
    assert.deepEqual([list.total, list.all, list.scored], [63, 63, 3]);
    assert.deepEqual(names(list).slice(0, 4), [
      'Harbor Freight 100%',
      'Mill & <b>Sons</b>',
      'HARBOR freight',
      'Quarry 01',
    ]);
    const rest = await read(salesforce, 'records?object=Account&offset=50');
    assert.deepEqual(
      [...names(list), ...names(rest)].slice(3),
      Array.from({ length: 60 }, (_, nth) => `Quarry ${String(nth + 1).padStart(2, '0')}`),
    );
  });

  it('turn round, with what has no score still last', async () => {
    const list = await read(salesforce, 'records?object=Account&sort=ICP_Score__c&limit=4');
    assert.deepEqual(names(list), ['HARBOR freight', 'Mill & <b>Sons</b>', 'Harbor Freight 100%', 'Quarry 01']);
  });

  it('find a part of a name or of a web site, whatever its case, and take a percent sign at its word', async () => {
    const found = async (q: string) =>
      names(await read(salesforce, `records?object=Account&q=${encodeURIComponent(q)}`));
    assert.deepEqual(await found('harbor F'), ['Harbor Freight 100%', 'HARBOR freight']);
    assert.deepEqual(await found('www.harbor'), ['Harbor Freight 100%']);
    assert.deepEqual(await found('0%'), ['Harbor Freight 100%']);
    assert.deepEqual(await found("' OR 1=1 --"), []);
  });

  it('keep to a tier, or to what has none', async () => {
    const total = async (tier: string) => (await read(salesforce, `records?object=Account&tier=${tier}`)).total;
    assert.equal(await total('1'), 1);
    assert.equal(await total('none'), 60);
    assert.equal(await total('Not%20fit'), 0);
  });

  it('name owners and accounts rather than show ids, and leave out columns that the org does not have', async () => {
    const list = await read(salesforce, 'records?object=Opportunity');
    assert.deepEqual(
      list.columns.map(({ label }: Json) => label),
      ['Name', 'Account', 'Stage Name', 'Amount', 'Close Date', 'Owner'],
    );
    assert.deepEqual(list.rows[0].cells[1], { id: harborTwin, name: 'HARBOR freight', object: 'Account' });
    assert.equal(list.scored, null);
  });

  it('refuse what they do not know with a sentence', async () => {
    for (const address of ['records?object=User', 'records?object=Account&limit=1000', 'record?object=Account&id=1']) {
      const answer = await read(salesforce, address);
      assert.equal(answer.status, 400, address);
      assert.match(answer.error, /cannot be answered: .+; correct the call/);
    }
    const unsorted = await read(salesforce, 'records?object=Account&sort=OwnerId');
    assert.equal(unsorted.sort, '-ICP_Score__c');
  });
});

describe('a record of the local Salesforce', () => {
  let salesforce: LocalSalesforce;
  beforeEach(async () => {
    salesforce = await startSalesOrg({
      org: {
        validationRules: [
          { object: 'Account', message: 'Sites are short', refuses: ({ Site }) => String(Site ?? '').length > 5 },
        ],
      },
    });
  });
  afterEach(() => salesforce.close());

  it('shows what belongs to it, by reference and by web site', async () => {
    const record = await read(salesforce, `record?object=Account&id=${harborTwin}`);
    const related = Object.fromEntries(
      record.related.map((one: Json) => [one.object, one.rows.map((row: Json) => row.id)]),
    );
    assert.deepEqual(related, { Contact: [contact], Opportunity: [deal], Lead: [lead] });
    const fromLead = await read(salesforce, `record?object=Lead&id=${lead}`);
    assert.deepEqual(
      fromLead.related[0].rows.map((row: Json) => row.name),
      ['HARBOR freight', 'Harbor Freight 100%'],
    );
    const millsOwn = await read(salesforce, `record?object=Account&id=${mill}`);
    assert.deepEqual(
      millsOwn.related.map((one: Json) => one.total),
      [0, 0, 0],
    );
  });

  it('lets a person set the override that the integration user may not write, and keeps who did it', async () => {
    const values = { ICP_Override__c: '1', ICP_Override_Reason__c: 'met them' };
    const saved = await post(salesforce, 'edit', { object: 'Account', id: harbor.slice(0, 15), values, by: rita });
    assert.deepEqual(saved, { status: 200, ok: true });
    const record = await read(salesforce, `record?object=Account&id=${harbor}`);
    assert.equal(fieldIn(record, 'ICP_Override__c'), '1');
    assert.equal(fieldIn(record, 'LastModifiedById').name, 'Rita Lund');
    const [{ by, field, from, to }] = record.history;
    assert.deepEqual({ by, field, from, to }, { by: 'Rita Lund', field: 'ICP Override', from: null, to: '1' });
    assert.equal(salesforce.org.counters().updates, 0);
  });

  it('tells a change of owner once, by name', async () => {
    await post(salesforce, 'edit', { object: 'Account', id: harbor, values: { OwnerId: otto }, by: rita });
    const { history } = await read(salesforce, `record?object=Account&id=${harbor}`);
    assert.deepEqual(
      history.map(({ field, from, to }: Json) => [field, from, to]),
      [['Owner', 'Rita Lund', 'Otto Berg']],
    );
  });

  it('refuses what a person could not save, and then changes nothing', async () => {
    const refused: [object: string, id: string, values: Json, says: RegExp][] = [
      ['Account', harbor, { Name: '' }, /Name was not saved: Required/],
      ['Account', harbor, { ICP_Score__c: 1e9 }, /ICP Score was not saved/],
      ['Account', harbor, { ICP_Override__c: '7' }, /ICP Override is one of 1, 2, 3, Not fit, got 7/],
      ['Account', harbor, { SystemModstamp: 0 }, /filled in by Salesforce/],
      ['Account', harbor, { Nothing__c: 'x' }, /has no field Nothing__c/],
      ['Account', harbor, { OwnerId: harbor }, /has to be an active user/],
      ['Account', harbor, { Site: 'far too long' }, /a rule of the org refuses this: Sites are short/],
      ['Account', '001LS0000000099YAA', { Name: 'x' }, /has no Account 001LS0000000099YAA any more/],
    ];
    const before = salesforce.org.get('Account', harbor);
    for (const [object, id, values, says] of refused) {
      const answer = await post(salesforce, 'edit', {
        object,
        id,
        values: { Industry: 'Retail', ...values },
        by: rita,
      });
      assert.equal(answer.status, 400, JSON.stringify(values));
      assert.match(answer.error, says);
    }
    const nobody = await post(salesforce, 'edit', { object: 'Account', id: harbor, values: {}, by: contact });
    assert.match(nobody.error, /needs an active user/);
    assert.deepEqual(salesforce.org.get('Account', harbor), before);
  });

  it('leaves a converted lead alone', async () => {
    salesforce.org.update('Lead', lead, { IsConverted: true });
    const answer = await post(salesforce, 'edit', { object: 'Lead', id: lead, values: { Company: 'x' }, by: rita });
    assert.match(answer.error, /Nye has been converted/);
  });

  it('goes to the bin in the name of who deleted it', async () => {
    assert.deepEqual(await post(salesforce, 'delete', { object: 'Account', id: mill, by: otto }), {
      status: 200,
      ok: true,
    });
    const gone = await read(salesforce, `record?object=Account&id=${mill}`);
    assert.equal(gone.status, 404);
    assert.match(gone.error, /was deleted/);
    assert.equal((await read(salesforce, 'records?object=Account')).all, 62);
    salesforce.org.undelete('Account', mill);
    assert.equal((await read(salesforce, `record?object=Account&id=${mill}`)).status, 200);
    assert.equal((await post(salesforce, 'delete', { object: 'Account', id: mill, by: mill })).status, 404);
  });

  it('is merged into another with what hangs on it, and then says where it went', async () => {
    const merged = await post(salesforce, 'merge', { object: 'Account', winner: harbor, loser: harborTwin, by: rita });
    assert.deepEqual(merged, { status: 200, ok: true, id: harbor });
    const gone = await read(salesforce, `record?object=Account&id=${harborTwin}`);
    assert.match(
      gone.error,
      new RegExp(`HARBOR freight was merged into Harbor Freight 100%; open that one, ${harbor}`),
    );
    assert.equal(salesforce.org.get('Contact', contact)?.AccountId, harbor);
    assert.equal(salesforce.org.get('Contact', contact)?.LastModifiedById, rita);
    const self = await post(salesforce, 'merge', { object: 'Account', winner: harbor, loser: harbor, by: rita });
    assert.match(self.error, /cannot be merged into itself/);
    const deals = await post(salesforce, 'merge', { object: 'Opportunity', winner: deal, loser: deal, by: rita });
    assert.equal(deals.status, 400);
  });

  it('makes itself heard in what has changed', async () => {
    const quiet = await read(salesforce, 'changes?since=0');
    const since = quiet.now - 1000;
    await post(salesforce, 'edit', { object: 'Lead', id: lead, values: { Status: 'Working - Contacted' }, by: rita });
    const changes = await read(salesforce, `changes?since=${since}`);
    assert.equal(changes.writes.Lead - quiet.writes.Lead, 1);
    assert.equal(changes.writes.Account, quiet.writes.Account);
    assert.deepEqual([changes.changed.Lead, changes.changed.Account], [1, 0]);
  });
});

describe('Slack and Salesforce on one port', () => {
  it('each have what is theirs, and know of each other', async () => {
    const salesforce = await startSalesOrg();
    const beside = { name: 'Salesforce', path: '/salesforce', handler: salesforce.handler };
    const workbench = await startWorkbench({ port: 0, workspace: COMPANY, beside });
    try {
      const get = async (address: string) => (await fetch(new URL(address, workbench.url))).text();
      assert.match(await get('/'), /<title>Slack/);
      assert.match(await get('/salesforce'), /<title>Salesforce/);
      assert.deepEqual(JSON.parse(await get('/control/workspace')).beside, { name: 'Salesforce', path: '/salesforce' });
      assert.match(await get('/salesforce'), /<body data-back-name="Slack" data-back-path="\/">/);
      const alone = await fetch(`${salesforce.url}/salesforce`);
      assert.match(await alone.text(), /<body>/);
      assert.equal(JSON.parse(await get('/control/salesforce/org')).name, 'Harbor sales');
      assert.match(await get('/services/data'), /"version"/);
      assert.equal((await fetch(new URL('/nowhere', workbench.url))).status, 404);
    } finally {
      await workbench.close();
      await salesforce.close();
    }
  });

  it('is said to nobody where there is Slack alone', async () => {
    const workbench = await startWorkbench({ port: 0, workspace: COMPANY });
    try {
      const workspace = await fetch(new URL('/control/workspace', workbench.url));
      assert.equal(JSON.parse(await workspace.text()).beside, null);
    } finally {
      await workbench.close();
    }
  });
});

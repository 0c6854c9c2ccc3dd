import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Lodestar } from '../../src/compose/open-lodestar.ts';
import { openFolder, runHere } from '../support/command-line.ts';
import { edit } from '../support/fake-crm.ts';
import { morning, type PublishedBook, publishedBook } from '../support/published-book.ts';

const accountId = (nth: number) => `001${String(nth).padStart(12, '0')}AAA`;

describe('publishing from the command line', () => {
  let lodestar: Lodestar;
  let book: PublishedBook;
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lodestar-publish-'));
    lodestar = await openFolder(folder);
    book = await publishedBook({ accounts: 8, leads: 2, into: lodestar.store });
  });
  after(async () => {
    await lodestar?.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  const connected = (): Lodestar => ({ ...lodestar, crm: async () => book.crm, now: () => morning });
  const asJson = async (...argv: string[]) => JSON.parse(await runHere(connected(), ...argv, '--json'));

  it('says what to set where no CRM is connected', async () => {
    await assert.rejects(runHere(lodestar, 'publish'), { code: 'crm_not_connected', message: /SF_CLIENT_ID/ });
  });

  it('shows a dry run, publishes, lists, shows and undoes', async () => {
    const [{ plan: dry }] = await asJson('publish', '--dry-run');
    assert.deepEqual([dry.kept, dry.org.setting, dry.objects[0].rows], [false, 'local', 8]);
    assert.match(
      await runHere(connected(), 'publish', '--dry-run'),
      /^Would publish main by model 1 to Northwind \(local/,
    );
    assert.equal(book.crm.written.size, 0);

    const [{ report }] = await asJson('publish', '--plan', dry.planHash);
    assert.deepEqual(
      [report.state, report.objects[0].written, report.by],
      ['finished', 8, 'via command line by a test'],
    );
    assert.equal(book.crm.written.size, 10);

    const [listed] = await asJson('publications');
    assert.deepEqual([listed.id, listed.state], [report.id, 'finished']);
    assert.match(
      await runHere(connected(), 'publications', 'show', report.id.slice(0, 8)),
      /10 planned, 10 written, 0 failed/,
    );

    const explained = await asJson('explain', accountId(4));
    assert.equal(String(explained.context.crmTier), book.crm.records.Account.get(accountId(4))?.ICP_Tier__c);

    edit(book.crm, 'Account', accountId(1), { ICP_Tier__c: 'by hand' });
    const undone = await asJson('undo', report.id.slice(0, 8));
    assert.deepEqual([undone.plan.changedSince, undone.report.state], [1, 'finished']);
    assert.deepEqual(
      undone.report.changed.map(({ recordId }: { recordId: string }) => recordId),
      [accountId(1)],
    );
    await assert.rejects(runHere(connected(), 'undo', 'no-such-run'), { code: 'no_publication' });
    const checked = await asJson('verify');
    assert.deepEqual(
      checked.checks.filter(({ what }: { what: string }) => what === 'publications of main'),
      [{ what: 'publications of main', checked: 2, bad: null }],
    );
  });
});

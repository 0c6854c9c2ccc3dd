import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { LocalSalesforce } from '../../src/workbench/salesforce/local-salesforce.ts';
import { startWorkbench, type Workbench } from '../../src/workbench/server.ts';
import { COMPANY } from '../support/bolt-fixture.ts';
import { openBrowser, withoutBrowser } from '../support/browser.ts';
import { inSalesOrg, startSalesOrg } from '../support/sales-org.ts';
import { readText } from '../support/slack-page.ts';

const { harbor, harborTwin } = inSalesOrg;

describe('the local Salesforce in a browser', { skip: withoutBrowser() }, () => {
  let browser: Browser;
  let salesforce: LocalSalesforce;
  let workbench: Workbench;
  let page: Page;
  const complaints: string[] = [];

  before(async () => {
    browser = await openBrowser();
    salesforce = await startSalesOrg();
    const beside = { name: 'Salesforce', path: '/salesforce', handler: salesforce.handler };
    workbench = await startWorkbench({ port: 0, workspace: COMPANY, beside });
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (entry) => {
      if (entry.type() === 'error') complaints.push(entry.text());
    });
  });

  after(async () => {
    await browser?.close();
    await workbench?.close();
    await salesforce?.close();
  });

  const field = (name: string) => page.locator(`[data-field="${name}"] .value`);
  const rows = () => page.locator('tbody tr');

  it('is an entry beside Slack, and leads back', async () => {
    await page.goto(workbench.url);
    await page.getByRole('link', { name: 'Salesforce' }).click();
    await page.getByText('Local Salesforce, sandbox').waitFor();
    await page.getByRole('heading', { name: 'Accounts' }).waitFor();
    await page.getByText('No scores yet: approve a proposal in Slack or run lodestar publish.').waitFor();
    assert.equal(await page.locator('#head').getByRole('link', { name: 'Slack' }).getAttribute('href'), '/');
    assert.match(await readText(page.locator('#strip')), /API calls today 0 of 100,000, triggers ran 0 times/);
  });

  it('shows scores within seconds of their publication, and says what has just changed', async () => {
    const scores = { ICP_Score__c: 81, ICP_Tier__c: '1', ICP_Reasons__c: '+3.1 runs a data warehouse' };
    salesforce.org.update('Account', harbor, scores, salesforce.org.integrationUser);
    await rows().first().getByText('81.0').waitFor();
    assert.match(await readText(rows().first()), /Harbor Freight 100%\s*changed a moment ago/);
    await page.getByText('1 account changed a moment ago').waitFor();
    assert.equal(await page.getByText('No scores yet').count(), 0);
    assert.equal(await rows().count(), 50);
  });

  it('is filtered by name and by tier, and the address keeps the filter', async () => {
    await page.getByRole('searchbox', { name: 'Search by name' }).fill('harbor');
    await page.getByText('2 of 63 records').waitFor();
    await page.getByRole('combobox', { name: 'Tier' }).selectOption('1');
    await page.getByText('1 of 63 records').waitFor();
    await page.reload();
    await page.getByText('1 of 63 records').waitFor();
    assert.equal(await page.getByRole('searchbox', { name: 'Search by name' }).inputValue(), 'harbor');
  });

  it('opens a record, where a person sets the override with a reason, and history says who', async () => {
    await page.getByRole('link', { name: 'Harbor Freight 100%' }).click();
    await page.getByRole('heading', { name: 'Harbor Freight 100%' }).waitFor();
    await page.getByRole('combobox', { name: 'Acting as' }).selectOption({ label: 'Rita Lund' });
    await page.getByRole('button', { name: 'Edit ICP Override', exact: true }).click();
    const form = page.getByRole('form', { name: 'Edit ICP Override' });
    await form.getByRole('combobox', { name: 'ICP Override' }).selectOption('2');
    await form.getByRole('textbox', { name: 'ICP Override Reason' }).fill('they are <b>hiring</b>');
    await form.getByRole('button', { name: 'Save' }).click();
    const history = page.getByRole('region', { name: 'History' });
    await history.getByText('ICP Override', { exact: true }).waitFor();
    assert.match(await readText(history.locator('li').first()), /ICP Override\s+empty → 2\s+Rita Lund, just now/);
    assert.equal(await readText(field('ICP_Override_Reason__c')), 'they are <b>hiring</b>');
    assert.equal(salesforce.org.get('Account', harbor)?.ICP_Override__c, '2');
    const focused = page.locator(':focus');
    assert.equal(await focused.getAttribute('aria-label'), 'Edit ICP Override');
  });

  it('says why a value is refused, and takes Escape for an answer', async () => {
    await page.getByRole('button', { name: 'Edit Name', exact: true }).click();
    const form = page.getByRole('form', { name: 'Edit Name' });
    await form.getByRole('textbox').fill('');
    await page.keyboard.press('Enter');
    await page.getByText('Name was not saved').waitFor();
    await form.getByRole('textbox').press('Escape');
    assert.equal(await readText(field('Name')), 'Harbor Freight 100%');
    // The refusal came with status 400, which the browser notes.
    assert.deepEqual(complaints.splice(0).length, 1);
  });

  it('merges a twin into the account, and keeps what hung on it', async () => {
    await page.goto(new URL(`/${harborTwin}`, workbench.url).href);
    await page.getByRole('heading', { name: 'HARBOR freight' }).waitFor();
    await page.getByRole('button', { name: 'Merge' }).click();
    const dialog = page.getByRole('dialog', { name: 'Merge HARBOR freight into another account' });
    await dialog.getByRole('searchbox').fill('harbor');
    await dialog.getByRole('radio', { name: 'Harbor Freight 100%' }).check();
    await dialog.getByRole('button', { name: 'Merge' }).click();
    await page.getByRole('heading', { name: 'Harbor Freight 100%' }).waitFor();
    await page.getByRole('link', { name: 'Ada Voss' }).waitFor();
    assert.equal(salesforce.org.count('Account'), 62);
  });

  it('has a name for everything that can be pressed, and fits a telephone', async () => {
    const nameless = () =>
      page.evaluate<string[]>(
        `[...document.querySelectorAll('button, a[href], summary, input, textarea, select')]
          .filter((one) => !(one.ariaLabel || one.textContent || one.labels?.[0]?.textContent || '').trim())
          .map((one) => one.outerHTML)`,
      );
    assert.deepEqual(await nameless(), []);
    await page.setViewportSize({ width: 390, height: 800 });
    const places = {
      Account: 'Accounts',
      Lead: 'Leads',
      Opportunity: 'Opportunities',
      [`Account/${harbor}`]: 'Harbor',
    };
    for (const [place, heading] of Object.entries(places)) {
      await page.goto(`${workbench.url}salesforce#/${place}`);
      await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
      assert.deepEqual(await nameless(), []);
      assert.equal(await page.evaluate<number>('document.documentElement.scrollWidth'), 390, place);
    }
  });

  it('says so when nobody answers, and comes back by itself', async () => {
    await page.goto(`${workbench.url}salesforce#/Account`);
    await rows().first().waitFor();
    assert.deepEqual(complaints.splice(0), []);
    await page.route('**/control/**', (route) => route.abort());
    await page.getByText('The local Salesforce does not answer. Is it still running?').waitFor();
    await page.unroute('**/control/**');
    await page.getByText('The local Salesforce does not answer').waitFor({ state: 'hidden' });
  });
});

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Locator } from 'playwright-core';
import type { ProposalState } from '../../src/icp/proposals/proposal-state.ts';
import { openBrowser, withoutBrowser } from '../support/browser.ts';
import { fillWithProposal } from '../support/proposal-folder.ts';
import { type RunningApp, startRunningApp } from '../support/running-app.ts';
import { openSlackPage, readText, type SlackPage } from '../support/slack-page.ts';

describe('a proposal in a browser, as RevOps', {
  skip: withoutBrowser(),
}, () => {
  let folder: string;
  let app: RunningApp;
  let browser: Browser;
  let slack: SlackPage;
  let proposal: ProposalState;
  let digest: Locator;
  /** The line whose weight is edited. */
  let edited: number;
  const complaints: string[] = [];

  before(async () => {
    browser = await openBrowser();
    folder = await mkdtemp(join(tmpdir(), 'lodestar-proposal-'));
    proposal = await fillWithProposal(folder);
    edited = proposal.changes.find(({ drafted }) => drafted.kind === 'criterion re-weighted')?.number ?? 0;
    assert.ok(edited > 0);
    app = await startRunningApp(folder);
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (entry) => {
      if (entry.type() === 'error') complaints.push(entry.text());
    });
    slack = await openSlackPage(page, app.page);
    await slack.actAs('RevOps');
    await slack.goTo('governance');
  });

  after(async () => {
    await browser?.close();
    await app?.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  const text = () => readText(digest);
  const modal = () => slack.page.locator('dialog.modal').last();
  /** A button of one line: the lines stand in their order, each with its row of buttons. */
  const button = (line: number, words: string) =>
    digest.locator(`[data-action="icp_line_${words.toLowerCase()}:${line}"]`);

  it('reads a digest that says what all of it would do, and by when', async () => {
    digest = await slack.message(`Proposal ${proposal.id}: ${proposal.changes.length} changes of the ICP`);
    const moved = proposal.dryRun.moves.reduce((sum, { accounts }) => sum + accounts, 0);
    assert.match(await text(), new RegExp(`${moved} of 1,000 accounts change tier`));
    assert.match(await text(), /Who decides: .*Rita Okafor/);
    assert.match(await text(), /Decide by \d+ \w+ \d{4}, \d\d:\d\d UTC/);
    const picture = digest.getByRole('img', { name: /Reach against precision/ });
    await picture.waitFor();
  });

  it('simulates all of it, and one line by itself, with nothing changed by looking', async () => {
    await slack.press(digest, 'Simulate');
    await modal().getByText('Furthest up').waitFor();
    assert.match(await readText(modal()), /Nothing is changed by looking/);
    await modal().locator('select[multiple]').selectOption(['1']);
    await modal().getByText('Lines 1 together').waitFor();
    const first = proposal.changes[0]?.dryRun.moves.reduce((sum, { accounts }) => sum + accounts, 0);
    await modal().getByText(`${first} of 1,000 accounts change tier`).waitFor();
    await modal().getByRole('button', { name: 'Cancel' }).click();
    await modal().waitFor({ state: 'detached' });
    assert.match(await text(), /lines wait for a decision/);
  });

  it('edits a weight: what that does is worked out before it is kept', async () => {
    await button(edited, 'Edit').click();
    const field = modal().getByRole('spinbutton');
    await field.fill('0.3');
    await field.press('Enter');
    const before = proposal.changes[edited - 1]?.dryRun.moves.reduce((sum, { accounts }) => sum + accounts, 0);
    const moved = modal().locator('strong', { hasText: 'accounts change tier' });
    await moved.filter({ hasNotText: `${before} of 1,000` }).waitFor();
    const foretold = /(\d+) of 1,000 accounts change tier/.exec(await readText(modal()))?.[1];
    assert.equal(await field.inputValue(), '0.3');
    await modal().getByRole('button', { name: 'Keep the edit' }).click();
    await modal().waitFor({ state: 'detached' });
    await digest.getByText('Edited by Rita Okafor').waitFor();
    assert.match(await text(), new RegExp(`By itself: ${foretold} of 1,000 accounts change tier`));
  });

  it('approves two lines and rejects one with a reason, and each line says so', async () => {
    const others = proposal.changes.map(({ number }) => number).filter((number) => number !== edited);
    const [first = 0, rejected = 0] = others;
    await button(edited, 'Approve').click();
    await digest.getByText('Approved by Rita Okafor').first().waitFor();
    await button(first, 'Approve').click();
    await digest.getByText('Approved by Rita Okafor').nth(1).waitFor();
    await button(rejected, 'Reject').click();
    await modal().getByLabel('Why?').fill('two deals were one-off favours');
    await modal().getByRole('button', { name: 'Reject' }).click();
    await digest.getByText(/Rejected by Rita Okafor on .*: two deals were one-off favours/).waitFor();
    assert.match(await text(), new RegExp(`${proposal.changes.length - 3} of ${proposal.changes.length} lines wait`));
  });

  it('approves the rest from a day on, and everybody reads when it changes', async () => {
    const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    await slack.press(digest, 'Approve from a day...');
    await modal().getByLabel('In force from').fill(day);
    await modal().getByRole('button', { name: 'Approve all' }).click();
    await digest.getByText(/Changes on \d+ \w+ \d{4}, 00:00 UTC: version \d+/).waitFor();
    assert.equal(await digest.getByRole('button', { name: 'Approve', exact: true }).count(), 0);
    await slack.actAs('Sales leader');
    await slack.goTo('Lodestar');
    await slack.page.getByRole('tab', { name: 'Home' }).click();
    await slack.page
      .locator('#home')
      .getByText(/Changes on/)
      .waitFor();
  });

  it('made the browser complain about nothing', () => {
    assert.deepEqual(complaints, []);
  });
});

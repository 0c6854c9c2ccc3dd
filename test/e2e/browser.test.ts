import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import type { Explanation } from '../../src/icp/explanation.ts';
import { openBrowser, withoutBrowser } from '../support/browser.ts';
import { type RunningApp, startRunningApp } from '../support/running-app.ts';
import { openSlackPage, readScoreCard, readText, type SlackPage } from '../support/slack-page.ts';

const leads = resolve(import.meta.dirname, '../../../shared/data/xeducation_leads');

describe('the product in a browser', { skip: withoutBrowser() }, () => {
  let app: RunningApp;
  let browser: Browser;
  let slack: SlackPage;
  /** The account that is asked about: the first of the second tier with a name of its own. */
  let account: string;
  let explained: Explanation;
  const complaints: string[] = [];

  before(async () => {
    // One after the other: without a browser no app is started that nobody would stop.
    browser = await openBrowser();
    app = await startRunningApp();
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (entry) => {
      if (entry.type() === 'error') complaints.push(entry.text());
    });
    slack = await openSlackPage(page, app.page);
  });

  after(async () => {
    await browser?.close();
    await app?.stop();
  });

  async function explain(name: string, ...more: string[]): Promise<Explanation> {
    const { code, stdout, stderr } = await app.lodestar('explain', name, '--json', ...more);
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout);
  }

  it('opens as the sales leader, with something to press', async () => {
    const { page } = slack;
    assert.match(await readText(page.locator('.act-as summary')), /Acting as\s+.+\s+Sales leader/);
    await page.locator('#place').getByRole('heading', { name: 'icp' }).waitFor();
    await page.locator('.presence.on').waitFor();
    assert.ok((await page.locator('.tries button').count()) >= 2);
    await page.getByRole('button', { name: '/icp help' }).click();
    const help = await slack.message('the score, the reasons and what they rest on');
    assert.match(await readText(help), /Only visible to you/);
  });

  it('lists accounts, each a press away from its reasons', async () => {
    await slack.say('/icp list tier 2');
    const list = await slack.message(/Tier 2 accounts\s+\(10 of [\d,]+\)/);
    const names = await list.locator('.with-accessory strong').allInnerTexts();
    assert.equal(names.length, 10);
    for (const name of names) {
      const { code, stdout } = await app.lodestar('explain', name, '--json');
      if (code !== 0) continue;
      account = name;
      explained = JSON.parse(stdout);
      break;
    }
    assert.ok(names.includes(account));
  });

  it('answers why with a card whose figures are those of the command line, and add up', async () => {
    await slack.say(`/icp why ${account}`);
    const message = await slack.message(`${account} is tier 2 with a`);
    const card = await readScoreCard(message);
    assert.equal(card.name, account);
    assert.equal(card.tier, explained.tier);
    assert.equal(card.score, explained.score);

    const told = (sign: 1 | -1, most: number) =>
      explained.criteria
        .filter(({ points }) => points * sign > 0)
        .slice(0, most)
        .map(({ points }) => points);
    assert.deepEqual(
      card.up.map(({ points }) => points),
      told(1, 3),
    );
    assert.deepEqual(
      card.down.map(({ points }) => points),
      told(-1, 2),
    );
    const labels = new Set(explained.criteria.map(({ label }) => label));
    for (const { label } of [...card.up, ...card.down]) assert.ok(labels.has(label), label);

    assert.match(card.fit, /^(yes|partly|no): firmographic [+-]?[\d.]+, technographic [+-]?[\d.]+$/);
    assert.match(card.timing, /^(yes|a little|no|cannot tell): /);
    const { owner, openPipeline } = explained.context;
    assert.ok(card.standing.startsWith(`Evidence ${explained.evidence.grade}`), card.standing);
    assert.ok(card.standing.includes(`owner ${owner ?? 'nobody'}`), card.standing);
    assert.ok(card.standing.includes(`open pipeline ${openPipeline.toLocaleString('en')}`), card.standing);
    assert.match(card.standing, /last activity \d{1,2} [A-Z][a-z]{2} \d{4}/);

    const tenths = (figure: number) => Math.round(figure * 10);
    const { base, criteria, clamp, positive, multiplier, score } = card.sum;
    assert.equal(tenths(base) + tenths(criteria) + tenths(clamp), tenths(positive));
    assert.equal(Math.round(tenths(positive) * multiplier), tenths(score));
    assert.deepEqual([base, positive, score], [explained.base, explained.positive, explained.score]);
    assert.equal(
      tenths(criteria),
      explained.criteria.reduce((sum, { points }) => sum + tenths(points), 0),
    );
    assert.ok(Math.abs(multiplier - explained.detractor.multiplier) < 1e-9);
  });

  it('hangs the waterfall on the card, with its figures in words for whoever cannot see it', async () => {
    const message = await slack.message(`${account} is tier 2 with a`);
    const picture = message.locator('.picture img');
    await picture.waitFor();
    const alt = (await picture.getAttribute('alt')) ?? '';
    assert.ok(alt.startsWith(`How the score of ${account} comes about: Average account ${explained.base.toFixed(1)}`));
    assert.ok(alt.endsWith(`Score ${explained.score.toFixed(1)}.`), alt);
    const file = await slack.page.request.get(new URL((await picture.getAttribute('src')) ?? '', app.page).href);
    assert.equal(file.headers()['content-type'], 'image/png');
    assert.ok((await file.body()).length > 5_000);
  });

  it('shows behind Why every criterion in the thread, and behind Receipts where the figures came from', async () => {
    const message = await slack.message(`${account} is tier 2 with a`);
    await slack.press(message, 'Why');
    await message.locator('.replies').waitFor();
    await slack.openThread(message);
    await slack.message('How the score of', 'thread');
    await slack.message('Chance to be', 'thread');
    const lines = (await readText(slack.page.locator('#replies'))).matchAll(/^\s*([+-]?\d+\.\d)\s{2,}\S/gm);
    const points = [...lines].map(([, figure]) => Math.round(Number(figure) * 10));
    // The card above the replies has five such lines of its own.
    const shown = points.slice(points.length - explained.criteria.length);
    assert.deepEqual(
      shown.toSorted((a, b) => a - b),
      explained.criteria.map((criterion) => Math.round(criterion.points * 10)).toSorted((a, b) => a - b),
    );

    await slack.press(message, 'Receipts');
    const receipt = await slack.message('Run again just now: every figure is the same.', 'thread');
    assert.match(await readText(receipt), new RegExp(`Score: ${explained.score.toFixed(1)}`));
  });

  it('knows in a follow-up in the thread which account is meant', async () => {
    await slack.say('and why not tier 1?', 'thread');
    // The first of the two is the card that the thread hangs on.
    const cards = slack.page.locator('#replies .message').filter({ hasText: `${account} is tier 2 with a` });
    await cards.nth(1).waitFor();
    const answer = cards.nth(1);
    assert.equal((await readScoreCard(answer)).score, explained.score);
    await slack.closeThread();
  });

  it('gives the same score to a mention and to a direct message', async () => {
    await slack.say(`@Lodestar why is ${account} tier 2?`);
    const question = await slack.message('@Lodestar why is');
    await question.locator('.replies').waitFor();
    await slack.openThread(question);
    const mentioned = await slack.message(`${account} is tier 2 with a`, 'thread');
    assert.equal((await readScoreCard(mentioned)).score, explained.score);
    await slack.closeThread();

    await slack.goTo('Lodestar');
    await slack.page.getByRole('button', { name: 'Which accounts are tier 1?' }).waitFor();
    await slack.say(`why ${account}?`);
    const direct = await slack.message(`${account} is tier 2 with a`, 'thread');
    assert.equal((await readScoreCard(direct)).score, explained.score);
    await slack.goTo('icp');
  });

  it('offers the nearest accounts for a name that it does not know, a press away from their cards', async () => {
    await slack.say(`/icp why ${account.slice(0, -2)}qx`);
    const sorry = await slack.message('Only visible to you');
    await sorry.getByRole('button', { name: account }).first().click();
    await slack.page
      .locator('#messages .message')
      .last()
      .filter({ hasText: `${account} is tier 2` })
      .waitFor();
  });

  it('answers a person of another role, and says on Home who that is', async () => {
    await slack.actAs('RevOps');
    await slack.goTo('Lodestar');
    await slack.page.getByRole('tab', { name: 'Home' }).click();
    await slack.page.locator('#home').getByText(', RevOps.').waitFor();
    await slack.goTo('icp');
    await slack.say('/icp criteria');
    const criteria = await slack.message(/What matters \(model \d+/);
    assert.match(await readText(criteria), /Learnt from \d+ won and \d+ lost deals\. What matters most/);
    await slack.actAs('Sales leader');
  });

  it('lets a rep take a lead on, turn one down with a reason, and take that back', async () => {
    const { page } = slack;
    await slack.actAs('Sales rep');
    await slack.goTo('leads');
    const cards = page.locator('#messages .message').filter({ hasText: 'Evidence' });
    await cards.nth(4).waitFor();
    const [first, second] = [cards.nth(0), cards.nth(1)];
    assert.match(await readText(first), /is tier \d with a(?: rough)? score of [\d.]+/);

    await slack.press(first, 'Accept');
    await first.getByText(/Accepted by .+ on /).waitFor();
    assert.equal(await first.getByRole('button', { name: 'Accept' }).count(), 0);

    await slack.press(second, 'Reject');
    const modal = page.getByRole('dialog', { name: 'Reject a lead' });
    await modal.locator('select option', { hasText: 'too small' }).waitFor({ state: 'attached' });
    await modal.getByRole('button', { name: 'Reject' }).click();
    await modal.getByText('Choose a reason above').waitFor();
    await modal.locator('select').selectOption({ label: 'too small' });
    await modal.getByRole('textbox').fill('four people');
    await modal.getByRole('button', { name: 'Reject' }).click();
    await second.getByText(/Rejected by .+: too small: four people/).waitFor();

    await slack.press(second, 'Undo');
    await second.getByText('The lead is open again').waitFor();
    await second.getByRole('button', { name: 'Accept' }).waitFor();
    await slack.press(first, 'Why');
    await first.locator('.replies').waitFor();
    await slack.goTo('icp');
    await slack.say('/icp leads');
    await slack.message('Open leads, the best score first');
    await slack.actAs('Sales leader');
  });

  it('can be used without a mouse, and has a name for everything that can be pressed', async () => {
    const { page } = slack;
    await page.getByRole('textbox', { name: 'Message', exact: true }).focus();
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus-visible');
    assert.equal(await focused.getAttribute('aria-label'), 'Run a command');
    assert.equal(await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle'), 'solid');
    // As text, since the project's types know no document.
    const nameless = await page.evaluate<string[]>(
      `[...document.querySelectorAll('button, a[href], summary, input, textarea, select, img')]
        .filter((one) => !(one.ariaLabel || one.alt || one.textContent).trim())
        .map((one) => one.outerHTML)`,
    );
    assert.deepEqual(nameless, []);
  });

  it('lets nobody else have its data folder, and says why', async () => {
    const { code, stderr } = await app.startAnother();
    assert.equal(code, 1);
    assert.match(stderr, /^lodestar: the data folder .+ is already open in another Lodestar process; stop that one/);
  });

  it('takes a real export while it runs, and answers about it', async (t) => {
    if (!existsSync(leads)) {
      t.skip(`${leads} is not there: the real data sets stand beside the checkout`);
      return;
    }
    const imported = await app.lodestar('import', leads, '--mapping', 'mappings/xeducation.yaml', '--json');
    assert.equal(imported.code, 0, imported.stderr);
    const { book } = JSON.parse(imported.stdout);
    const analyzed = await app.lodestar('analyze', '--book', book, '--json');
    assert.equal(analyzed.code, 0, analyzed.stderr);
    const lead = 'Lead 660737';
    const expected = await explain(lead, '--book', book);
    await slack.say(`/icp why ${lead}`);
    const message = await slack.message(new RegExp(`${lead} is tier \\d with a`));
    const card = await readScoreCard(message);
    assert.equal(card.score, expected.score);
    assert.equal(card.tier, expected.tier);
  });

  it('made the browser complain about nothing', () => {
    assert.deepEqual(complaints, []);
  });
});

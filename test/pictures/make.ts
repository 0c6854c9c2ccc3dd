import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openBrowser } from '../support/browser.ts';
import { fillWithProposal } from '../support/proposal-folder.ts';
import { startRunningApp } from '../support/running-app.ts';
import { openSlackPage } from '../support/slack-page.ts';
import { smallPng } from './small-png.ts';

/**
 * `npm run pictures`: makes the pictures of the README anew, from the product as it is.
 *
 * Starts the company in a box in a new data folder, or in DATA_DIR, and uses the page as a person would; the digest is taken in a
 * folder of its own, or in PROPOSAL_DIR, where a quarter has passed since the model was learnt.
 */
const folder = resolve(import.meta.dirname, '../../.github/pictures');
/** Two accounts of the planted market: one with a bit of everything, and one to compare it with. */
const account = 'Tamfield Haulage';
const other = 'Quinting Ledger';
/** GitHub shows these beside text: larger files make the page slow. */
const mostKb = 250;

interface Pixels {
  width: number;
  height: number;
  pixels: string;
}

/** Runs in a page of its own: the browser reads its own PNGs, and gives their pixels as base64. */
const readPixels = `
  async function pixelsOf(png) {
    const bitmap = await createImageBitmap(await (await fetch('data:image/png;base64,' + png)).blob());
    const { width, height } = bitmap;
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    return { width, height, pixels: new Uint8Array(data.buffer).toBase64?.() ?? slowly(new Uint8Array(data.buffer)) };
  }
  function slowly(bytes) {
    let text = '';
    for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
    return btoa(text);
  }`;

const browser = await openBrowser();
const app = await startRunningApp(process.env.DATA_DIR).catch(async (error: unknown) => {
  await browser.close();
  throw error;
});
try {
  await mkdir(folder, { recursive: true });
  const page = await browser.newPage({ viewport: { width: 1280, height: 880 }, deviceScaleFactor: 1.5 });
  const slack = await openSlackPage(page, app.page);
  const painter = await browser.newPage();
  await painter.setContent(`<script>${readPixels}</script>`);
  const take = async (name: string) => {
    // What the mouse points at is drawn with its tools beside it.
    await page.mouse.move(4, 400);
    await page.evaluate('document.activeElement.blur()');
    await page.waitForTimeout(400);
    const shot = await page.screenshot({ animations: 'disabled' });
    const { width, height, pixels } = await painter.evaluate<Pixels>(`pixelsOf('${shot.toString('base64')}')`);
    const png = smallPng(width, height, Buffer.from(pixels, 'base64'));
    await writeFile(join(folder, `${name}.png`), png);
    const kb = Math.ceil(png.length / 1024);
    console.log(`${name}.png, ${kb} KB${kb > mostKb ? `: more than ${mostKb} KB` : ''}`);
  };

  await page.locator('.presence.on').waitFor();
  await take('first-screen');

  await slack.say(`/icp why ${account}`);
  const card = await slack.message(`${account} is tier`);
  await card.locator('.picture img').waitFor();
  await take('score-card');

  await slack.press(card, 'Why');
  await card.locator('.replies').waitFor();
  await slack.openThread(card);
  await slack.message('How the score of', 'thread');
  await take('why');
  await slack.closeThread();

  await slack.say(`/icp compare ${account}, ${other}`);
  await slack.message('What parts them');
  await take('compare');

  await slack.goTo('Lodestar');
  await page.getByRole('tab', { name: 'Home' }).click();
  await page.locator('#home').getByText('Every score adds up').waitFor();
  await take('home');

  await takeLeads();
  await takeProposal();
  await takeSalesforce();

  /** As a rep: one lead taken on, one turned down. */
  async function takeLeads(): Promise<void> {
    await slack.actAs('Sales rep');
    await slack.goTo('leads');
    await slack.say('/icp leads');
    const list = await slack.message('Open leads, the best score first');
    await list.getByRole('button', { name: 'Accept', exact: true }).first().click();
    await list.getByText(/Accepted by .+ on /).waitFor();
    await list.getByRole('button', { name: 'Reject', exact: true }).first().click();
    const form = page.getByRole('dialog', { name: 'Reject a lead' });
    await form.locator('select option', { hasText: 'too small' }).waitFor({ state: 'attached' });
    await form.locator('select').selectOption({ label: 'too small' });
    await form.getByRole('textbox').fill('four people');
    await take('reject');
    await form.getByRole('button', { name: 'Reject' }).click();
    await list.getByText(/Rejected by .+: too small: four people/).waitFor();
    await list.evaluate('(message) => message.scrollIntoView()');
    await take('leads');
  }

  /** The same company where sales works, with the scores that were published. */
  async function takeSalesforce(): Promise<void> {
    await published();
    await page.setViewportSize({ width: 1280, height: 880 });
    await page.goto(`${app.page}salesforce`);
    await page.getByPlaceholder('Search by name').fill(other);
    await page.getByRole('link', { name: other, exact: true }).click();
    await page.getByRole('heading', { name: other, exact: true }).waitFor();
    await page.getByText('ICP Reasons', { exact: true }).waitFor();
    await take('salesforce');
  }

  /** Until the box has been looked through, its calibration is overdue and nothing is published. */
  async function published(): Promise<void> {
    for (let tries = 0; tries < 30; tries += 1) {
      const { code, stderr } = await app.lodestar('publish', '--book', 'main');
      if (code === 0) return;
      console.log(stderr.trim());
      await page.waitForTimeout(10_000);
    }
    throw new Error('the scores of the box were not published');
  }

  async function takeProposal(): Promise<void> {
    const given = process.env.PROPOSAL_DIR;
    const dataDir = given ?? (await mkdtemp(join(tmpdir(), 'lodestar-pictures-')));
    if (given === undefined) await fillWithProposal(dataDir);
    const governed = await startRunningApp(dataDir);
    try {
      await page.setViewportSize({ width: 1280, height: 1180 });
      const people = await openSlackPage(page, governed.page);
      await people.actAs('RevOps');
      await people.goTo('governance');
      const digest = await people.message(/Proposal \d+: \d+ changes of the ICP/);
      await digest.getByRole('img', { name: /Reach against precision/ }).waitFor();
      await digest.locator('h3').first().evaluate('(heading) => heading.scrollIntoView()');
      await take('digest');

      await digest.getByRole('button', { name: 'Edit', exact: true }).first().click();
      const form = page.locator('dialog.modal').last();
      await form.getByRole('spinbutton').fill('0.3');
      await form.getByRole('spinbutton').press('Enter');
      await form.getByText('Working it out').waitFor();
      await form.getByText('Nothing is kept yet').waitFor();
      await take('edit');
    } finally {
      await governed.stop();
      if (given === undefined) await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    }
  }
} finally {
  await browser.close();
  await app.stop();
}

import type { Locator, Page } from 'playwright-core';

/** Longer than anything takes on a busy machine; nothing waits this long when it works. */
const patienceMs = 30_000;

/** The page of the local Slack as a person uses it: type, press, read. */
export interface SlackPage {
  page: Page;
  /** Types into the channel, or into the open thread, and sends. */
  say(text: string, where?: 'channel' | 'thread'): Promise<void>;
  /** The newest message with these words in it, once it is there. */
  message(words: string | RegExp, where?: 'channel' | 'thread'): Promise<Locator>;
  /** Presses a button of a message by its words. */
  press(message: Locator, words: string): Promise<void>;
  openThread(message: Locator): Promise<void>;
  closeThread(): Promise<void>;
  goTo(name: string): Promise<void>;
  actAs(title: string): Promise<void>;
}

export async function openSlackPage(page: Page, url: string): Promise<SlackPage> {
  page.setDefaultTimeout(patienceMs);
  await page.goto(url);
  await page.getByRole('textbox', { name: 'Message' }).waitFor();
  const listOf = (where: 'channel' | 'thread') => page.locator(where === 'channel' ? '#messages' : '#replies');
  return {
    page,
    async say(text, where = 'channel') {
      const box = page.getByRole('textbox', { name: where === 'channel' ? 'Message' : 'Reply in thread', exact: true });
      await box.fill(text);
      await box.press('Enter');
    },
    async message(words, where = 'channel') {
      const found = listOf(where).locator('.message').filter({ hasText: words }).last();
      await found.waitFor();
      return found;
    },
    async press(message, words) {
      await message.getByRole('button', { name: words, exact: true }).click();
    },
    async openThread(message) {
      await message.locator('.replies').click();
      await page.locator('#replies .message').nth(1).waitFor();
    },
    async closeThread() {
      await page.getByRole('button', { name: 'Close thread' }).click();
      await page.locator('#thread').waitFor({ state: 'hidden' });
    },
    async goTo(name) {
      await page
        .locator('#sidebar button.entry')
        .filter({ has: page.getByText(name, { exact: true }) })
        .click();
      await page.locator('#place').getByRole('heading', { name, exact: true }).waitFor();
    },
    async actAs(title) {
      await page.locator('.act-as summary').click();
      await page.getByRole('menuitemradio').filter({ hasText: title }).first().click();
      await page.locator('.act-as summary').filter({ hasText: title }).waitFor();
    },
  };
}

/** What a score card says, read off the screen. */
export interface CardOnScreen {
  name: string;
  tier: number;
  score: number;
  up: { points: number; label: string }[];
  down: { points: number; label: string }[];
  /** The two questions with their answers. */
  fit: string;
  timing: string;
  standing: string;
  sum: { base: number; criteria: number; clamp: number; positive: number; multiplier: number; score: number };
}

/**
 * Text as it stands on the screen, line by line; `textContent` would run the lines together.
 *
 * Found and read in one step: a message is drawn anew when something is added to it, and what has been replaced has no lines.
 */
export async function readText(element: Locator): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: the lines as they are drawn are what is wanted
  return element.first().innerText();
}

/** Reads a score card as a person would: only what is drawn. */
export async function readScoreCard(message: Locator): Promise<CardOnScreen> {
  const text = await readText(message.locator('.drawn').first());
  const found = (pattern: RegExp): string[] => {
    const match = pattern.exec(text);
    if (match === null) throw new Error(`the card should have ${pattern}; it reads:\n${text}`);
    return match.slice(1);
  };
  const [name = '', tier, score] = found(/(.+) is tier (\d) with (?:a score|a rough score) of ([\d.]+)/);
  const [up = ''] = found(/Speaks for it\n([\s\S]*?)\n+Speaks against it/);
  const [down = ''] = found(/Speaks against it\n([\s\S]*?)\n+Is this the right kind/);
  const [fit = ''] = found(/Is this the right kind of company\?\n(.+)/);
  const [timing = ''] = found(/Is it moving now\?\n(.+)/);
  const [standing = ''] = found(/(Evidence [A-D].+)/);
  const [base, sign, criteria, clampSign = '+', clamp = '0', positive, multiplier, product] = found(
    /Adds up: base ([\d.]+) ([+-]) ([\d.]+) from \d+ criteria(?: ([+-]) ([\d.]+) to stay within 0 and 100)? = ([\d.]+); [\d.]+ × ([\d.]+) = ([\d.]+)/,
  );
  const signed = (plus: string | undefined, figure: string | undefined) => Number(figure) * (plus === '-' ? -1 : 1);
  return {
    ...{ name, tier: Number(tier), score: Number(score), up: reasons(up), down: reasons(down), fit, timing, standing },
    sum: {
      base: Number(base),
      criteria: signed(sign, criteria),
      clamp: signed(clampSign, clamp),
      positive: Number(positive),
      multiplier: Number(multiplier),
      score: Number(product),
    },
  };
}

function reasons(lines: string): { points: number; label: string }[] {
  return [...lines.matchAll(/^([+-][\d.]+)\s+(.+)$/gm)].map(([, points, label = '']) => ({
    points: Number(points),
    label,
  }));
}

import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where a browser usually is: Debian's package first, which is the one that CI installs. */
const usualPlaces = ['/usr/bin/chromium', '/usr/bin/google-chrome'];

/**
 * The Chromium of this machine, or a sentence on how to get one.
 *
 * We bring none of our own: playwright-core only drives what is there.
 */
function findBrowser(): { path: string } | { missing: string } {
  const named = process.env.CHROMIUM_PATH;
  const path = (named === undefined ? usualPlaces : [named]).find((place) => existsSync(place));
  if (path !== undefined) return { path };
  const looked = named === undefined ? usualPlaces.join(' and ') : `CHROMIUM_PATH=${named}`;
  return {
    missing: `the page needs Chromium or Chrome, looked for ${looked}; install one (apt-get install chromium) or name it in CHROMIUM_PATH`,
  };
}

/** Why a test of the page cannot run here, `false` where it can: in CI a browser that is missing is a failure, not an excuse. */
export function withoutBrowser(): string | false {
  const found = findBrowser();
  const inCi = process.env.CI !== undefined && process.env.CI !== '';
  return 'missing' in found && !inCi ? found.missing : false;
}

/**
 * A browser without a window, that asks nobody on the network for anything.
 *
 * @throws {Error} when there is none
 */
export async function openBrowser(): Promise<Browser> {
  const found = findBrowser();
  if ('missing' in found) throw new Error(found.missing);
  return chromium.launch({
    executablePath: found.path,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

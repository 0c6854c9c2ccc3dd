import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'node:test';
import { COMPANY } from '../support/bolt-fixture.ts';

/** The page's modules are plain JavaScript for browsers; those without a document in them run here as they are. */
async function fromPage<T>(name: string): Promise<T> {
  return import(path.resolve(import.meta.dirname, '../../src/workbench/page', name));
}

interface Mentions {
  withMentions(text: string, workspace: typeof COMPANY): string;
}

interface Times {
  dayName(ts: string): string;
  ago(ts: string): string;
}

describe('the page', () => {
  it('turns names into mentions and escapes what means something to Slack', async () => {
    const { withMentions } = await fromPage<Mentions>('mentions.js');
    assert.equal(withMentions('@Helper why is @Rita Lund in #icp?', COMPANY), '<@U0BOT> why is <@U0RITA> in <#C0ICP>?');
    assert.equal(withMentions('a < b & c > d', COMPANY), 'a &lt; b &amp; c &gt; d');
    assert.equal(withMentions('not#icp nor #icpx', COMPANY), 'not#icp nor #icpx');
    assert.equal(withMentions('/icp A & B', COMPANY), '/icp A & B');
  });

  it('names days and spans of time as people do', async () => {
    const { dayName, ago } = await fromPage<Times>('times.js');
    const before = (minutes: number) => String(Date.now() / 1000 - minutes * 60);
    assert.equal(dayName(before(0)), 'Today');
    assert.equal(ago(before(0)), 'just now');
    assert.equal(ago(before(5)), '5 minutes ago');
    assert.equal(dayName('1000000000.000000').split(',')[1]?.trim().startsWith('September'), true);
  });
});

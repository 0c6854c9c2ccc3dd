import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { IcpError } from '../../../src/errors.ts';
import { actionIds } from '../../../src/slack/action-ids.ts';
import type { PublicationDeps } from '../../../src/slack/publications/publication-deps.ts';
import { openSlackDesk, postedTexts, type SlackDesk } from '../../support/slack-desk.ts';
import { aButtonPress } from '../../support/slack-payloads.ts';

const run = 'ec0ed7b4-81c0-4d0a-9845-0136f2b86215';

let desk: SlackDesk;
afterEach(() => desk.stop());

async function press(publications: PublicationDeps | null): Promise<void> {
  desk = await openSlackDesk(publications === null ? {} : { publications });
  await desk.receiver.send(aButtonPress(desk.slack, actionIds.undoPublication, run, { ts: '9.1' }));
}

describe('the button under the report of a publication', () => {
  it('undoes it, and says to everybody that somebody does', async () => {
    const undone: string[] = [];
    await press({
      async undo({ run: asked, by, begun }) {
        await begun({ name: 'Northwind', setting: 'production' });
        undone.push(`${asked} by ${by.email}`);
      },
    });
    assert.equal(undone.length, 1);
    assert.ok(undone[0]?.startsWith(`${run} by `));
    assert.match(
      postedTexts(desk.slack).join('\n'),
      /Dana undoes publication ec0ed7b4 in Northwind \(production\): .* A report follows\./,
    );
  });

  it('says nothing to the channel for somebody who may not, and the reason to them alone', async () => {
    await press({
      async undo() {
        throw new IcpError('not_allowed', 'undoing a publication is for revops and admin, and you are a rep');
      },
    });
    assert.deepEqual(postedTexts(desk.slack), []);
    assert.match(JSON.stringify(desk.slack.responses), /is for revops and admin/);
  });

  it('says so where nobody publishes', async () => {
    await press(null);
    assert.deepEqual(postedTexts(desk.slack), []);
    assert.match(JSON.stringify(desk.slack.responses), /[Nn]obody publishes scores here/);
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { homeSettings } from '../../../src/compose/desks/home-settings.ts';
import { IcpError } from '../../../src/errors.ts';
import type { Person } from '../../../src/icp/types.ts';
import { latestAudit } from '../../../src/store/audit.ts';
import { savePerson } from '../../../src/store/people.ts';
import { settingHistory, settingOf } from '../../../src/store/settings.ts';
import type { Store } from '../../../src/store/store.ts';
import { freshStore } from '../../support/fresh-store.ts';

const start = Date.UTC(2026, 9, 1);
const dana: Person = { email: 'dana@ours.example', slackId: 'U2', name: 'Dana', role: 'revops' };
const rita: Person = { email: 'rita@ours.example', slackId: 'U3', name: 'Rita', role: 'rep' };

describe('the settings of Home', () => {
  let store: Store;
  const deps = () => homeSettings({ store, now: () => start });
  before(async () => {
    store = await freshStore();
    for (const person of [dana, rita]) await savePerson(store, person);
  });
  after(() => store?.close());

  it('are read by those who may change them', async () => {
    assert.equal(await deps().read(rita), null);
    const read = await deps().read(dana);
    assert.ok((read?.settings.length ?? 0) > 10);
    assert.ok(read?.settings.every(({ value }) => value === null));
  });

  it('keep only what changed, each as a row with who and when, in the audit log too', async () => {
    const values = { 'governance.channel': 'C9', 'proposals.deadlineHours': '48', 'schedule.analysis': 'Tue 07:00' };
    assert.deepEqual(await deps().change({ values, by: dana }), { changed: Object.keys(values) });
    assert.equal((await settingOf(store, 'proposals.deadlineHours'))?.value, 48);
    const again = await deps().change({ values: { ...values, 'governance.channel': 'C8' }, by: dana });
    assert.deepEqual(again, { changed: ['governance.channel'] });
    const history = await settingHistory(store, 'governance.channel');
    assert.deepEqual(
      history.map(({ value, setBy, setAt }) => [value, setBy, setAt]),
      [
        ['C9', dana.email, start],
        ['C8', dana.email, start],
      ],
    );
    const [last] = await latestAudit(store, 1);
    assert.deepEqual(
      [last?.action, last?.actor, last?.details],
      ['setting.set', dana.email, { value: 'C8', before: 'C9' }],
    );
  });

  it('keep nothing when one is wrong, and say which and how', async () => {
    const values = { 'governance.channel': 'C7', 'proposals.deadlineHours': 'soon', 'schedule.analysis': 'whenever' };
    const ended = await deps().change({ values, by: dana });
    assert.ok('errors' in ended);
    assert.deepEqual(Object.keys(ended.errors), ['proposals.deadlineHours', 'schedule.analysis']);
    assert.match(ended.errors['schedule.analysis'] ?? '', /a schedule looks like/);
    assert.equal((await settingOf(store, 'governance.channel'))?.value, 'C8');
  });

  it('look the person up again, whatever the form believed', async () => {
    await savePerson(store, { ...dana, role: 'rep' });
    const late = deps().change({ values: { 'governance.channel': 'C6' }, by: dana });
    await assert.rejects(late, (error) => error instanceof IcpError && error.code === 'not_allowed');
  });
});

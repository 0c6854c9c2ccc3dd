import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ModalView } from '@slack/types';
import type { Workbench } from '../../src/workbench/server.ts';
import { startBolt } from '../support/bolt-fixture.ts';

const FORM: ModalView = {
  type: 'modal',
  callback_id: 'override',
  private_metadata: 'acme',
  title: { type: 'plain_text', text: 'Override' },
  submit: { type: 'plain_text', text: 'Save' },
  blocks: [
    {
      type: 'input',
      block_id: 'reason',
      label: { type: 'plain_text', text: 'Reason' },
      element: { type: 'plain_text_input', action_id: 'words' },
    },
    {
      type: 'input',
      block_id: 'tier',
      optional: true,
      label: { type: 'plain_text', text: 'Tier' },
      element: {
        type: 'static_select',
        action_id: 'pick',
        options: [{ value: '1', text: { type: 'plain_text', text: 'Tier 1' } }],
      },
    },
  ],
};

async function modals(url: string, user: string): Promise<{ id: string; html: string; title: { text: string } }[]> {
  return JSON.parse(await (await fetch(`${url}control/modals?user=${user}`)).text());
}

function modalsOf(workbench: Workbench, user: string, atLeast = 1): string[] | undefined {
  const ids = workbench.modals(user).map((view) => view.id);
  return ids.length >= atLeast ? ids : undefined;
}

describe('a modal', () => {
  it('is opened by a trigger, refused with errors, then submitted and cleared', async () => {
    const values: unknown[] = [];
    const { workbench, stop } = await startBolt((app) => {
      app.command('/form', async ({ ack, client, command }) => {
        await ack();
        await client.views.open({ trigger_id: command.trigger_id, view: FORM });
      });
      app.view('override', async ({ ack, view }) => {
        values.push(view.private_metadata, view.state.values);
        const short = (view.state.values.reason?.words?.value ?? '').length < 10;
        if (short) await ack({ response_action: 'errors', errors: { reason: 'Say more' } });
        else await ack({ response_action: 'clear' });
      });
    });
    try {
      await workbench.command('U0DANA', 'C0ICP', '/form');
      const [modal] = await workbench.waitFor(() => modalsOf(workbench, 'U0DANA'));
      assert.ok(modal);
      assert.deepEqual(await modals(workbench.url, 'U0SAM'), []);
      const missing = await workbench.submitView('U0DANA', modal, { tier: { pick: '1' } });
      assert.deepEqual(Object.keys(missing), ['reason']);
      assert.deepEqual(values, [], 'the app hears of no submission that lacks a required input');
      const errors = await workbench.submitView('U0DANA', modal, { reason: { words: 'short' }, tier: { pick: '1' } });
      assert.deepEqual(errors, { reason: 'Say more' });
      const [shown] = await modals(workbench.url, 'U0DANA');
      assert.match(shown?.html ?? '', /Say more/);
      assert.match(shown?.html ?? '', /value="short"/);
      assert.deepEqual(await workbench.submitView('U0DANA', modal, { reason: { words: 'they signed today' } }), {});
      assert.deepEqual(await modals(workbench.url, 'U0DANA'), []);
      assert.deepEqual(values.at(-1), {
        reason: { words: { type: 'plain_text_input', value: 'they signed today' } },
        tier: { pick: { type: 'static_select', selected_option: null } },
      });
    } finally {
      await stop();
    }
  });

  it('can be opened once by a trigger, within three seconds', async () => {
    let now = 1_800_000_000_000;
    const triggers: string[] = [];
    const { workbench, app, stop } = await startBolt(
      (bolt) => {
        bolt.command('/form', async ({ ack, command }) => {
          triggers.push(command.trigger_id);
          await ack();
        });
      },
      { clock: () => now },
    );
    const open = (trigger_id: string | undefined) =>
      app.client.views.open({ trigger_id: trigger_id ?? '', view: FORM }).then(
        () => 'opened',
        (error: { data?: { error?: string } }) => error.data?.error,
      );
    try {
      await workbench.command('U0DANA', 'C0ICP', '/form');
      await workbench.command('U0DANA', 'C0ICP', '/form');
      assert.equal(await open(triggers[0]), 'opened');
      assert.equal(await open(triggers[0]), 'exchanged_trigger_id');
      now += 3001;
      assert.equal(await open(triggers[1]), 'expired_trigger_id');
      assert.equal(await open('made up'), 'invalid_trigger_id');
    } finally {
      await stop();
    }
  });

  it('may be pushed upon twice, updated, and tells of its closing when asked to', async () => {
    const closed: string[] = [];
    const pushed: (string | undefined)[] = [];
    const step = {
      type: 'actions' as const,
      elements: [
        { type: 'button' as const, action_id: 'deeper', text: { type: 'plain_text' as const, text: 'Deeper' } },
      ],
    };
    const view: ModalView = {
      type: 'modal',
      callback_id: 'steps',
      notify_on_close: true,
      title: { type: 'plain_text', text: 'Steps' },
      blocks: [step],
    };
    const { workbench, stop } = await startBolt((app) => {
      app.command('/form', async ({ ack, client, command }) => {
        await ack();
        await client.views.open({ trigger_id: command.trigger_id, view });
      });
      app.action('deeper', async ({ ack, client, body }) => {
        await ack();
        const trigger_id = 'trigger_id' in body ? body.trigger_id : '';
        const error = await client.views.push({ trigger_id, view }).then(
          () => 'pushed',
          (e: { data?: { error?: string } }) => e.data?.error,
        );
        pushed.push(error);
      });
      app.view({ callback_id: 'steps', type: 'view_closed' }, async ({ ack, view: gone }) => {
        closed.push(gone.id);
        await ack();
      });
    });
    try {
      await workbench.command('U0DANA', 'C0ICP', '/form');
      for (const depth of [1, 2, 3]) {
        const stack = await workbench.waitFor(() => modalsOf(workbench, 'U0DANA', depth));
        await workbench.pressInView('U0DANA', stack.at(-1) ?? '', { actionId: 'deeper' });
        await workbench.waitFor(() => pushed.length === depth);
      }
      assert.deepEqual(pushed, ['pushed', 'pushed', 'push_limit_reached']);
      const stack = modalsOf(workbench, 'U0DANA', 3) ?? [];
      await workbench.closeView('U0DANA', stack[2] ?? '');
      assert.deepEqual(closed, [stack[2]]);
      await workbench.closeView('U0DANA', stack[1] ?? '', true);
      assert.equal(closed.length, 3);
    } finally {
      await stop();
    }
  });

  it('with an input but no submit button is refused, with a pointer to what is missing', async () => {
    const refusals: unknown[] = [];
    const { submit, ...without } = FORM;
    const { workbench, stop } = await startBolt((app) => {
      app.command('/form', async ({ ack, client, command }) => {
        await ack();
        const opening = client.views.open({ trigger_id: command.trigger_id, view: without });
        await opening.catch((error: { data?: unknown }) => refusals.push(error.data));
      });
    });
    try {
      await workbench.command('U0DANA', 'C0ICP', '/form');
      await workbench.waitFor(() => refusals.length > 0);
      const text = JSON.stringify(refusals[0]);
      assert.match(text, /invalid_arguments/);
      assert.match(text, /submit required.*json-pointer:\/view/);
    } finally {
      await stop();
    }
  });
});

describe('an input that tells the app what is entered', () => {
  const telling = (said: string, value: string): ModalView => ({
    type: 'modal',
    callback_id: 'weigh',
    title: { type: 'plain_text', text: 'Weigh' },
    submit: { type: 'plain_text', text: 'Keep' },
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: said } },
      {
        type: 'input',
        block_id: 'weight',
        dispatch_action: true,
        label: { type: 'plain_text', text: 'Weight' },
        element: {
          ...{ type: 'number_input', action_id: 'number', is_decimal_allowed: true },
          ...{ min_value: '0', max_value: '0.6', initial_value: value },
        },
      },
      {
        type: 'input',
        block_id: 'day',
        label: { type: 'plain_text', text: 'Day' },
        element: { type: 'datepicker', action_id: 'date', initial_date: '2026-10-01' },
      },
    ],
  });

  async function open() {
    const heard: { value: unknown; state: unknown; hash: string }[] = [];
    const refusals: unknown[] = [];
    const running = await startBolt((app) => {
      app.command('/form', async ({ ack, client, command }) => {
        await ack();
        await client.views.open({ trigger_id: command.trigger_id, view: telling('as it stands', '0.12') });
      });
      app.action('number', async ({ ack, action, body, client }) => {
        await ack();
        const { view } = body as { view: { id: string; hash: string; state: { values: unknown } } };
        heard.push({ value: 'value' in action ? action.value : null, state: view.state.values, hash: view.hash });
        const update = (said: string) =>
          client.views.update({ view_id: view.id, hash: view.hash, view: telling(said, '0.12') });
        await update('worked out');
        await update('too late').catch((error: { data?: { error?: string } }) => refusals.push(error.data?.error));
      });
    });
    await running.workbench.command('U0DANA', 'C0ICP', '/form');
    const [id] = await running.workbench.waitFor(() => modalsOf(running.workbench, 'U0DANA'));
    assert.ok(id);
    return { ...running, id, heard, refusals };
  }

  it('sends it with all that is filled in, and keeps it when the app draws the view anew', async () => {
    const { workbench, id, heard, refusals, stop } = await open();
    try {
      const [drawn] = await modals(workbench.url, 'U0DANA');
      assert.match(drawn?.html ?? '', /data-tells="enter"[^>]*value="0.12"|value="0.12"[^>]*data-tells="enter"/);
      await workbench.pressInView('U0DANA', id, { actionId: 'number', value: '0.3' }, { weight: { number: '0.3' } });
      await workbench.waitFor(() => refusals.length === 1);
      assert.deepEqual(refusals, ['hash_conflict'], 'an answer to a view that is no more is refused');
      assert.deepEqual(heard[0]?.value, '0.3');
      assert.deepEqual(heard[0]?.state, {
        weight: { number: { type: 'number_input', value: '0.3' } },
        day: { date: { type: 'datepicker', selected_date: '2026-10-01' } },
      });
      const [shown] = await modals(workbench.url, 'U0DANA');
      assert.match(shown?.html ?? '', /worked out/);
      assert.match(shown?.html ?? '', /value="0.3"/, 'what was typed outlives the initial value');
    } finally {
      await stop();
    }
  });

  it('holds a number to its bounds before the app hears of the form', async () => {
    const { workbench, id, stop } = await open();
    const submit = (number: string) =>
      workbench.submitView('U0DANA', id, { weight: { number }, day: { date: '2026-10-01' } });
    try {
      assert.deepEqual(await submit('0.9'), { weight: 'Please enter 0.6 or less.' });
      assert.deepEqual(await submit('-1'), { weight: 'Please enter 0 or more.' });
      assert.deepEqual(await submit('heavy'), { weight: 'Please enter a valid number.' });
    } finally {
      await stop();
    }
  });
});

describe('the Home tab', () => {
  it('is published for one person and pressed there', async () => {
    const pressed: string[] = [];
    const { workbench, stop } = await startBolt((app) => {
      app.event('app_home_opened', async ({ event, client }) => {
        const button = {
          type: 'button' as const,
          action_id: 'more',
          text: { type: 'plain_text' as const, text: 'More' },
        };
        const section = {
          type: 'section' as const,
          text: { type: 'mrkdwn' as const, text: 'Your week' },
          accessory: button,
        };
        await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [section] } });
      });
      app.action('more', async ({ ack, body }) => {
        pressed.push(`${body.user.id} ${'view' in body ? body.view?.type : ''}`);
        await ack();
      });
    });
    try {
      await workbench.openApp('U0SAM', 'home');
      const home = await workbench.waitFor(() => workbench.home('U0SAM'));
      assert.equal(workbench.home('U0DANA'), undefined);
      assert.equal(await workbench.pressInView('U0SAM', home.id, { actionId: 'more' }), true);
      assert.deepEqual(pressed, ['U0SAM home']);
    } finally {
      await stop();
    }
  });
});

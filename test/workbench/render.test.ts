import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { renderBlocks, renderText } from '../../src/workbench/slack/render.ts';
import { createState } from '../../src/workbench/slack/state.ts';
import { COMPANY } from '../support/bolt-fixture.ts';

const state = createState(COMPANY, () => 1_800_000_000_000);
const EVIL = '<script>alert(1)</script><img src=x onerror=alert(1)>"\'><svg onload=alert(1)>';
const plain = { type: 'plain_text', text: EVIL };
const mrkdwn = { type: 'mrkdwn', text: EVIL };

/** Every tag that a browser would make of the markup, with its attributes. */
function tags(html: string): string[] {
  return [...html.matchAll(/<[a-z][^>]*>/gi)].map((match) => match[0]);
}

describe('what people and the CRM wrote', () => {
  const places: Record<string, object> = {
    text: { type: 'section', text: mrkdwn },
    field: { type: 'section', fields: [mrkdwn, plain] },
    header: { type: 'header', text: plain },
    button: {
      type: 'actions',
      block_id: EVIL,
      elements: [
        {
          type: 'button',
          action_id: EVIL,
          value: EVIL,
          text: plain,
          confirm: { title: plain, text: plain, confirm: plain, deny: plain },
        },
      ],
    },
    menu: {
      type: 'actions',
      elements: [
        { type: 'static_select', action_id: 'a', placeholder: plain, options: [{ text: plain, value: EVIL }] },
        { type: 'overflow', action_id: 'b', options: [{ text: plain, value: EVIL }] },
      ],
    },
    picture: { type: 'image', image_url: `https://a.test/"onerror="alert(1)`, alt_text: EVIL, title: plain },
    context: {
      type: 'context',
      elements: [mrkdwn, { type: 'image', image_url: 'javascript:alert(1)', alt_text: EVIL }],
    },
    markdown: { type: 'markdown', text: `${EVIL}\n\n[x](javascript:alert(1)) ![y](javascript:alert(1))` },
    table: { type: 'table', rows: [[{ type: 'raw_text', text: EVIL }]] },
    'data table': {
      type: 'data_table',
      caption: EVIL,
      rows: [[{ type: 'raw_text', text: EVIL }], [{ type: 'raw_number', value: 1, text: EVIL }]],
    },
    input: {
      type: 'input',
      block_id: EVIL,
      label: plain,
      hint: plain,
      element: { type: 'plain_text_input', action_id: EVIL, initial_value: EVIL, placeholder: plain },
    },
    'rich text': {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: EVIL },
            { type: 'link', url: 'javascript:alert(1)', text: EVIL },
          ],
        },
      ],
    },
    'unknown block': { type: EVIL, text: EVIL },
  };
  for (const [place, block] of Object.entries(places)) {
    it(`is inert in a ${place}`, () => {
      const html = renderBlocks(state, [block as never]); // deliberately odd JSON
      for (const tag of tags(html)) {
        assert.doesNotMatch(tag, /^<(script|iframe|object|link|svg onload)/i);
        assert.doesNotMatch(tag.replace(/"[^"]*"/g, '""'), /\son[a-z]+\s*=/i, tag);
        assert.doesNotMatch(tag, /(href|src)="(?!https?:|mailto:|\/files\/|data:image\/gif;)/i, tag);
      }
    });
  }

  it('may link to http, https and mail only', () => {
    const html = renderText(
      state,
      '<https://a.test|ok> <mailto:a@b.test|mail> <javascript:alert(1)|no> <data:text/html,x|no>',
    );
    assert.deepEqual(
      [...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1]),
      ['https://a.test', 'mailto:a@b.test'],
    );
  });
});

describe('blocks', () => {
  it('show people and channels by name', () => {
    const html = renderText(state, '<@U0DANA> in <#C0ICP>: *yes*');
    assert.match(html, /@Dana Okafor/);
    assert.match(html, /#icp/);
    assert.match(html, /<strong>/);
  });

  it('draw both kinds of table, numbers to the right', () => {
    const rows = [
      [
        { type: 'raw_text', text: 'Segment' },
        { type: 'raw_text', text: 'Won' },
      ],
      [
        { type: 'raw_text', text: 'Robotics' },
        { type: 'raw_number', value: 4, text: '4 of 9' },
      ],
    ];
    for (const type of ['table', 'data_table']) {
      const html = renderBlocks(state, [{ type, rows, caption: 'Wins' }]);
      assert.match(html, /<th class="align-left">Segment<\/th>/);
      assert.match(html, /<td class="align-right">4 of 9<\/td>/);
    }
  });

  it('carry the ids that a press needs, and the server finds the rest', () => {
    const button = {
      type: 'button',
      action_id: 'accept',
      value: 'secret',
      text: { type: 'plain_text', text: 'Accept' },
      style: 'primary',
    };
    const html = renderBlocks(state, [{ type: 'actions', block_id: 'decide', elements: [button] }]);
    assert.match(
      html,
      /<button type="button" data-action="accept" data-block="decide" data-type="button" class="button primary">Accept/,
    );
    assert.doesNotMatch(html, /secret/);
  });
});

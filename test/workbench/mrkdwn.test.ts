import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Names, renderMrkdwn, renderPlain } from '../../src/workbench/slack/mrkdwn.ts';

const NAMES: Names = {
  user: (id) => ({ U1: 'Dana' })[id],
  channel: (id) => ({ C1: 'icp' })[id],
  usergroup: (id) => ({ S1: 'revops' })[id],
  emoji: (name) => ({ tada: '\u{1F389}' })[name],
  timeZone: 'Etc/UTC',
};
const SIGNS: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" };
const html = (text: string) => renderMrkdwn(text, NAMES);
const words = (markup: string) =>
  markup.replace(/<[^>]*>/g, '').replace(/&(lt|gt|amp|quot|#39);/g, (_whole, name: string) => SIGNS[name] ?? '');

describe('mrkdwn', () => {
  it('has bold, italic, struck and code, at the edges of words only', () => {
    assert.equal(html('*a* _b_ ~c~ `d`'), '<p><strong>a</strong> <em>b</em> <s>c</s> <code>d</code></p>');
    assert.equal(html('*a _b_*'), '<p><strong>a <em>b</em></strong></p>');
    assert.equal(html('2*3*4 snake_case_word a ~ b'), '<p>2*3*4 snake_case_word a ~ b</p>');
    assert.equal(html('`*a*`'), '<p><code>*a*</code></p>');
  });

  it('shows what is Markdown elsewhere as it stands', () => {
    for (const text of ['# title', '1. one', '- dash', '| a | b |', '---', '<b>hi</b>', '<script>x</script>']) {
      assert.equal(words(html(text)), text);
    }
  });

  it('names people, channels, groups and everybody', () => {
    assert.match(html('<@U1> <#C1> <!subteam^S1> <!here>'), /@Dana.*#icp.*@revops.*@here/);
    assert.equal(words(html('<@U9|someone> <#C9>')), '@someone #C9');
  });

  it('writes dates out in the zone of the workspace, and the fallback when it cannot', () => {
    assert.equal(words(html('<!date^1392734382^{date_short} at {time}|then>')), 'Feb 18, 2014 at 2:39 PM');
    assert.equal(words(html('<!date^soon^{date}|then>')), 'then');
  });

  it('links with words, bare addresses without the full stop after them, and nothing but http and mail', () => {
    assert.equal(html('<https://a.test/b_c_d|words>'), '<p><a data-link href="https://a.test/b_c_d">words</a></p>');
    assert.equal(
      html('see https://a.test/x.'),
      '<p>see <a data-link href="https://a.test/x">https://a.test/x</a>.</p>',
    );
    assert.doesNotMatch(html('<javascript:alert(1)|x> <data:text/html,x>'), /href/);
  });

  it('keeps code blocks, quotes and lines apart', () => {
    assert.equal(html('a\n```\n*b*\nc\n```\nd'), '<p>a</p><pre>*b*\nc</pre><p>d</p>');
    assert.equal(html('&gt; one\n>two\nthree'), '<blockquote>one\ntwo</blockquote><p>three</p>');
  });

  it('decodes what Slack escapes, once, and never makes a tag or a link of it', () => {
    assert.equal(words(html('&lt;https://a.test&gt; &amp;lt;')), '<https://a.test> &lt;');
    assert.match(html('https://a.test/?b=1&amp;c=2'), /href="https:\/\/a\.test\/\?b=1&amp;c=2"/);
    assert.doesNotMatch(html('&lt;@U1&gt; &lt;script&gt;'), /Dana|<script/);
  });

  it('loses no letter and lets no tag in, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const markup = html(text);
        assert.doesNotMatch(markup, /<(?!\/?(p|strong|em|s|code|pre|blockquote|a|span)[ >])/);
        const letters = (from: string) => from.replace(/[^A-Za-z0-9]/g, '');
        if (!/[&<:]/.test(text)) assert.equal(letters(words(markup)), letters(text));
      }),
      { numRuns: 500 },
    );
  });

  it('leaves plain text alone but for its emoji', () => {
    assert.equal(renderPlain('*a* <b> :tada: :nope:', NAMES), '*a* &lt;b&gt; \u{1F389} :nope:');
  });
});

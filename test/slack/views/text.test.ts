import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { asSentence } from '../../../src/questions/as-sentence.ts';
import { errorSentence } from '../../../src/slack/error-sentence.ts';
import { label, plain, prose } from '../../../src/slack/views/text.ts';
import { crmText } from '../../support/slack-arbitraries.ts';

describe('plain', () => {
  it('leaves ordinary names alone', () => {
    for (const name of [
      "O'Neill",
      'Straße 7',
      'first_last@ours.example',
      '日立',
      'A/B (UK)',
      '50 % off',
      'naïve 👩‍👩‍👧 café',
    ]) {
      assert.equal(plain(name, 200), name);
    }
  });

  it('takes away what pings, links, formats or hides', () => {
    assert.equal(plain('<!channel>', 99), '&lt;!channel&gt;');
    assert.equal(plain('@here & @Everyone', 99), '＠here &amp; ＠Everyone');
    assert.equal(plain('see https://evil.example/x', 99), 'see evil.example/x');
    assert.equal(plain('*bold* _it_ a_b `c`', 99), '∗bold∗ ˍitˍ a_b ˋcˋ');
    assert.equal(plain('pay\u200b\u202epal\u2066 \u{E0041}x\ud800', 99), 'paypal x');
    assert.equal(plain('two\nlines\tand\u2028more', 99), 'two lines and more');
  });

  it('is never longer than asked, and cuts neither an escape nor an emoji', () => {
    fc.assert(
      fc.property(crmText, fc.integer({ min: 1, max: 400 }), (text, max) => {
        const short = plain(text, max);
        assert.ok(short.length <= max);
        assert.doesNotMatch(short, /&(?!(amp|lt|gt);)/);
        assert.ok(short.isWellFormed());
      }),
    );
    assert.equal(plain('a&b', 6), 'a…');
    assert.equal(label('👩‍👩‍👧👩‍👩‍👧', 9), '👩‍👩‍👧…');
  });

  it('changes nothing the second time', () => {
    fc.assert(fc.property(crmText, (text) => assert.equal(plain(plain(text, 300), 2000), plain(text, 300))));
  });
});

describe('prose', () => {
  it('keeps emphasis and lines, and nothing that reaches out', () => {
    assert.equal(
      prose('*Acme* won\n\n\n\n_see_ <https://x.example|this> @channel'),
      '*Acme* won\n\n_see_ &lt;x.example|this&gt; ＠channel',
    );
  });
});

describe('errorSentence', () => {
  it('is a sentence', () => {
    assert.equal(asSentence('no account is called x; try its domain'), 'No account is called x; try its domain.');
    assert.equal(asSentence('are you sure?'), 'Are you sure?');
  });

  it('says nothing of what others threw', () => {
    for (const thrown of [new Error('secret at host:5432'), 'secret', null, { message: 'secret' }]) {
      assert.doesNotMatch(errorSentence(thrown), /secret/);
    }
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addUp, arithmeticLine } from '../../../src/slack/views/arithmetic.ts';
import { breakdown } from '../../../src/slack/views/breakdown.ts';
import { scoreCard } from '../../../src/slack/views/score-card.ts';
import { aCriterion, anExplanation, aScoreAnswer } from '../../support/slack-answers.ts';
import { explanation } from '../../support/slack-arbitraries.ts';
import { readMessage } from '../../support/slack-block-kit.ts';

const card = (more: Parameters<typeof anExplanation>[0] = {}, options = {}) =>
  readMessage(scoreCard(aScoreAnswer(anExplanation(more)), options));

/** Reads the figures back out of the line and does the sum with them: in tenths, and the product in thousandths. */
function recompute(line: string): void {
  const found =
    /base (-?[\d.]+) ([+-]) ([\d.]+) from \d+ criteria(?: ([+-]) ([\d.]+) to stay within 0 and 100)? = ([\d.]+); ([\d.]+) × ([\d.]+) = \*([\d.]+)\*/.exec(
      line,
    );
  assert.ok(found, line);
  const [, base, sign, criteria, clampSign, clamp, positive, again, multiplier, score] = found;
  const tenths = (text: string | undefined) => Math.round(Number(text ?? 0) * 10);
  const sum = tenths(base) + (sign === '-' ? -1 : 1) * tenths(criteria) + (clampSign === '-' ? -1 : 1) * tenths(clamp);
  assert.equal(sum, tenths(positive), line);
  assert.equal(positive, again, line);
  assert.equal(Math.round((tenths(positive) * Math.round(Number(multiplier) * 1000)) / 1000), tenths(score), line);
}

describe('the score card', () => {
  it('says in its first line who, which tier and which score', () => {
    const [first] = card().split('\n');
    assert.equal(first, '*Halden Logistics* is *tier 2* with a score of *49.4*');
  });

  it('gives the reasons with their points, and the layers as two questions', () => {
    const text = card();
    assert.match(text, /Speaks for it\*\n\+9\.0 {2}No outreach sequencer\n\+8\.3 {2}Industry is logistics/);
    assert.match(text, /Speaks against it\*\n-0\.2 {2}Few page views/);
    assert.match(text, /Is this the right kind of company\?\*\nyes: firmographic \+8\.3, technographic \+9\.0/);
    assert.match(text, /Is it moving now\?\*\nno: behavioural -0\.2, pain 0\.0/);
    assert.match(text, /_fit, early_/);
  });

  it('says what a verdict on timing rests on where no points do', () => {
    const silent = { ...anExplanation().layers, behavioural: 0, pain: 0 };
    const timing = (signals: number | null, verdict: string) => {
      const answer = aScoreAnswer(anExplanation({ layers: silent }));
      return readMessage(scoreCard({ ...answer, card: { ...answer.card, timing: { verdict, points: 0, signals } } }));
    };
    assert.match(timing(7, 'yes'), /yes: 7 signals in the last 90 days, which the model gives no points for yet/);
    assert.match(timing(0, 'no'), /no: no signals in the last 90 days/);
    assert.match(timing(null, 'cannot tell'), /cannot tell: there are no signals in this data/);
  });

  it('carries the day that was asked about, and not that of the last scoring', () => {
    const words = 'as of 2026-03-03: no model was in force on that day: version 3 stands in, activated by rita';
    const answer = aScoreAnswer(anExplanation({ asOf: '2026-03-03T23:59:59.999Z', warnings: [words] }));
    const drawn = scoreCard({ ...answer, asOf: '2026-10-01T00:00:00Z' });
    const text = readMessage(drawn);
    assert.match(text, /As of 3 Mar 2026 {2}· {2}model 3/);
    assert.ok(text.includes(`*Note:* ${words}`), text);
    assert.doesNotMatch(JSON.stringify(drawn), /2026-10-01|1 Oct 2026/);
  });

  it('shows the red flag of an account that matches an anti-pattern, in a brief card too', () => {
    const warnings = ['signals have expired', 'red flag: no sales team: 4.0 % of 120 were won'];
    for (const brief of [false, true])
      assert.match(card({ warnings }, { brief }), /\*Note:\* red flag: no sales team: 4\.0 % of 120 were won/);
  });

  it('counts its notes, and leaves them to the breakdown', () => {
    const warnings = ['signals have expired', 'churn is not estimable yet'];
    assert.match(card({ warnings }), /model 3 {2}· {2}2 notes behind Why/);
    assert.doesNotMatch(card({ warnings }), /expired/);
    const text = breakdown(aScoreAnswer(anExplanation({ warnings })))
      .map(readMessage)
      .join('\n');
    for (const warning of warnings) assert.ok(text.includes(`Note: ${warning}`), warning);
  });

  it('says what stands around it: evidence, owner, pipeline, activity, CRM tier, day and model', () => {
    const text = card({
      context: { ...anExplanation().context, crmTier: 1 },
      evidence: { grade: 'C', reasons: ['nine accounts'] },
    });
    for (const part of [
      'Evidence *C* (nine accounts)',
      'owner dana@ours.example',
      'open pipeline 48,000',
      'last activity 21 Sep 2026',
      'the CRM still says tier 1',
      'As of 30 Sep 2026',
      'model 3',
    ]) {
      assert.ok(text.includes(part), part);
    }
  });

  it('never shows a bare score on low evidence', () => {
    const evidence = { grade: 'D', reasons: ['seen once, 400 days ago'] } as const;
    const text = card({ evidence, range: { low: 31.2, high: 68.9 } });
    assert.match(text.split('\n')[0] ?? '', /a rough score: about 49 \(31 to 69\), low evidence/);
    assert.match(card({ evidence }).split('\n')[0] ?? '', /a rough score: about 49, low evidence/);
    assert.match(text, /Evidence \*D\* \(seen once, 400 days ago\)/);
  });

  it('gives a rule, a detractor and an override a line each, and the override leaves the score alone', () => {
    const { detractor } = anExplanation();
    const text = card({
      tierRule: 'held at tier 2 because it looks like churn',
      detractor: { ...detractor, flagged: true, reasons: ['seats unused'] },
      override: { tier: 1, reason: 'board sponsor', until: '2026-12-31T00:00:00Z', by: 'Rita' },
    });
    assert.match(text, /Rule:\* held at tier 2/);
    assert.match(text, /Looks like customers who churned:\* seats unused/);
    assert.match(text, /Override:\* board sponsor, until 31 Dec 2026/);
    assert.match(text, /is \*tier 1\* by decision of Rita; the model says tier 2 with a score of \*49\.4\*/);
  });

  it('shows the picture when there is one, with its words', () => {
    const message = scoreCard(aScoreAnswer(), { picture: { fileId: 'F9', altText: 'Base 41.2, score 49.4' } });
    const image = message.blocks.find((block) => block.type === 'image');
    assert.ok(image && 'slack_file' in image);
    assert.deepEqual(image.slack_file, { id: 'F9' });
    assert.equal(image.alt_text, 'Base 41.2, score 49.4');
  });

  it('keeps CRM text from reaching anybody', () => {
    const account = { id: '1', name: '<!channel> *Acme*', domain: null, book: 'main' };
    const text = card({ account, criteria: [aCriterion({ label: '<https://evil.example|win>' })] });
    assert.doesNotMatch(text, /<|https:/);
  });
});

describe('the sum on the card', () => {
  it('adds up for the worked example', () => {
    recompute(arithmeticLine(anExplanation()));
    assert.match(
      arithmeticLine(anExplanation()),
      /base 41\.2 \+ 17\.1 from 3 criteria = 58\.3; 58\.3 × 0\.848 = \*49\.4\*/,
    );
  });

  it('adds up to the last digit for any explanation, on the card and in the breakdown', () => {
    fc.assert(
      fc.property(explanation, (given) => {
        const answer = aScoreAnswer(given);
        for (const text of [readMessage(scoreCard(answer)), breakdown(answer).map(readMessage).join('\n')]) {
          const line = text.split('\n').find((candidate) => candidate.startsWith('Adds up: '));
          assert.ok(line);
          recompute(line);
        }
      }),
    );
  });

  it('is what the lines of the breakdown come to', () => {
    fc.assert(
      fc.property(explanation, (given) => {
        const text = breakdown(aScoreAnswer(given)).map(readMessage).join('\n');
        const points = [...text.matchAll(/^` *([+-]?[\d.]+)` {2}/gm)].map(([, figure]) =>
          Math.round(Number(figure) * 10),
        );
        assert.equal(points.length, given.criteria.length);
        assert.equal(
          points.reduce((sum, figure) => sum + figure, 0),
          addUp(given).criteria,
        );
      }),
    );
  });

  it('says so when the parts do not come to the score', () => {
    for (const wrong of [{ score: 49.5 }, { positive: 58.4 }, { base: 41.3 }, { clamp: 0.1 }]) {
      assert.match(arithmeticLine(anExplanation(wrong)), /does not add up/);
    }
  });
});

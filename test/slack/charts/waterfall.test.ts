import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { drawPicture } from '../../../src/slack/charts/draw-picture.ts';
import { waterfallSpec } from '../../../src/slack/charts/waterfall-spec.ts';
import { waterfallAltText, waterfallSteps } from '../../../src/slack/charts/waterfall-steps.ts';
import { anExplanation } from '../../support/slack-answers.ts';
import { explanation } from '../../support/slack-arbitraries.ts';

describe('the waterfall', () => {
  it('starts every bar where the one before it ended, and ends at the score', () => {
    fc.assert(
      fc.property(explanation, (given) => {
        const steps = waterfallSteps(given);
        let level = 0;
        for (const step of steps) {
          if (step.kind === 'total') assert.equal(step.from, 0);
          else assert.equal(step.from, level);
          level = step.to;
        }
        assert.equal(steps.at(-1)?.to, given.score);
        assert.ok(steps.length <= 12);
      }),
    );
  });

  it('draws the fit part where its bars have led to', () => {
    fc.assert(
      fc.property(explanation, (given) => {
        const steps = waterfallSteps(given);
        const before = steps.findIndex(({ label, kind }) => kind === 'total' && /^(Fit part|Score)$/.test(label)) - 1;
        assert.equal(Math.round((steps[before]?.to ?? 0) * 10), Math.round(given.positive * 10));
      }),
    );
  });

  it('says in words what it shows', () => {
    assert.equal(
      waterfallAltText(anExplanation()),
      'How the score of Halden Logistics comes about: Average account 41.2, No outreach sequencer +9.0, Industry is logistics +8.3, Few page views -0.2, Fit part 58.3, Churn likeness × 0.848, Score 49.4.',
    );
  });

  it('is a PNG twice as wide as it is shown, whatever the labels hold', async () => {
    const account = { id: '1', name: 'Ünïcode 株式会社', domain: null, book: 'main' };
    const strange = anExplanation().criteria.map((criterion) => ({
      ...criterion,
      label: '</text>\u0000 & "<b>" 株式会社',
    }));
    for (const given of [
      anExplanation(),
      anExplanation({ account, criteria: strange }),
      anExplanation({ criteria: [] }),
    ]) {
      const png = Buffer.from(await drawPicture(waterfallSpec(waterfallSteps(given))));
      assert.deepEqual([...png.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
      assert.ok(png.readUInt32BE(16) > 900 && png.readUInt32BE(16) < 2000);
    }
  });
});

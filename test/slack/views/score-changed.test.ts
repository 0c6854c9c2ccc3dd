import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { ScoreChange } from '../../../src/icp/changes/score-change.ts';
import { scoreChangeLine } from '../../../src/questions/score-change-line.ts';
import { scoreChangedMessage } from '../../../src/slack/views/score-changed.ts';
import { crmText } from '../../support/slack-arbitraries.ts';
import { complaintsAbout } from '../../support/slack-block-kit.ts';

const side = { at: 0, modelVersion: 1, evidence: 'B', range: { low: 38.2, high: 71.9 } } as const;
const change: ScoreChange = {
  ...{ accountId: 'a1', name: 'Acme', ownerEmail: 'dana@ours.example', occasions: ['rejected', 'churn'] },
  from: { ...side, score: 62.1, tier: 2 },
  to: { ...side, score: 43, tier: 3 },
  parts: { data: -15.1, enrichmentFix: 0, model: 0, decay: -4 },
  most: { key: 'visits', before: 'two visits', after: 'no visit', pointsBefore: 7.1, pointsAfter: -12 },
};

describe('the message about scores that moved', () => {
  it('gives as the reason what moved the score most, not what merely happened', () => {
    assert.equal(
      scoreChangeLine(change),
      'Acme: 62.1 to 43.0, tier 2 to 3, since a lead was turned down and it left as a customer: “two visits” became “no visit” (-19.1)',
    );
    assert.match(
      scoreChangeLine({ ...change, parts: { ...change.parts, data: -4, decay: -15.1 } }),
      /since time has passed/,
    );
    assert.match(scoreChangeLine({ ...change, most: null }), /left as a customer$/);
  });

  it('gives a score on low evidence with its range, then as now, and a sure one without', () => {
    const from = { ...change.from, evidence: 'D', range: { low: 48.2, high: 75.9 } } as const;
    const to = { ...change.to, evidence: 'D', range: { low: 28.6, high: 57.1 } } as const;
    assert.match(
      scoreChangeLine({ ...change, from, to }),
      /^Acme: about 62 \(48 to 76\), low evidence, to about 43 \(29 to 57\), low evidence, tier 2 to 3, since/,
    );
    assert.match(scoreChangeLine({ ...change, to }), /^Acme: 62\.1 to about 43 \(29 to 57\), low evidence, tier 2/);
    assert.match(scoreChangeLine({ ...change, from }), /^Acme: about 62 \(48 to 76\), low evidence, to 43\.0, tier 2/);
  });

  it('stays within the limits of Slack and pings nobody, whatever the accounts are called', () => {
    fc.assert(
      fc.property(fc.array(crmText, { minLength: 1, maxLength: 10 }), (names) => {
        const message = scoreChangedMessage(names.map((name) => ({ ...change, name })));
        assert.deepEqual(complaintsAbout(message), []);
        assert.doesNotMatch(JSON.stringify(message), /<!|<@/);
      }),
      { numRuns: 100, seed: 3 },
    );
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AccountNotFoundError } from '../../../src/errors.ts';
import type { Answer, Card, Receipt } from '../../../src/questions/types.ts';
import { breakdown } from '../../../src/slack/views/breakdown.ts';
import { cardMessages } from '../../../src/slack/views/card-messages.ts';
import { evidenceLines } from '../../../src/slack/views/change-line.ts';
import { errorMessage } from '../../../src/slack/views/error-message.ts';
import { receiptCard } from '../../../src/slack/views/receipt-card.ts';
import { aBin, aCriterion as aModelCriterion } from '../../support/a-model.ts';
import { aCriterion, anExplanation, aScoreAnswer } from '../../support/slack-answers.ts';
import { readMessage } from '../../support/slack-block-kit.ts';

const draw = (card: Card, text = 'So it is.', figures: Answer['figures'] = []) =>
  cardMessages({ receipt: 'r1', question: 'list', asOf: '2026-09-30T00:00:00Z', text, figures, card })
    .map(readMessage)
    .join('\n');

describe('cards', () => {
  it('put the figures into the sentence of a comparison, and name both sides of every difference', () => {
    const globex = { id: '2', name: 'Globex', domain: null, book: 'main' };
    const summary = '*{{left.name}}* is {{gap}} points ahead.';
    const text = draw(
      {
        kind: 'compare',
        left: anExplanation(),
        right: anExplanation({ account: globex }),
        summary,
        differences: [
          { key: 'k', label: 'Few page views', layer: 'behavioural', left: -0.2, right: 6, difference: -6.2 },
        ],
      },
      summary,
      [
        { key: 'left.name', label: 'Account', v: '<!here> Halden', unit: 'text' },
        { key: 'gap', label: 'Gap', v: 11.3, unit: 'points' },
      ],
    );
    assert.match(text, /\*&lt;!here&gt; Halden\* is 11\.3 points ahead\./);
    assert.match(text, /-6\.2` {2}Few page views {2}-0\.2 and \+6\.0/);
    assert.doesNotMatch(text, /\{\{/);
  });

  it('say about low evidence in a list what the account card says', () => {
    const row = {
      book: 'main',
      id: '1',
      name: 'Acme',
      domain: null,
      score: 71.2,
      ownerEmail: null,
      label: 'fit, early',
    };
    const rows = [
      { ...row, tier: 1 as const, evidence: 'D' },
      { ...row, tier: 1 as const, evidence: 'A', name: 'Globex' },
    ];
    const text = draw({ kind: 'list', title: 'tier 1 accounts', rows, total: 689, filter: {} });
    assert.match(text, /\*Tier 1 accounts\* {2}\(2 of 689\)/);
    assert.match(text, /\*Acme\* {2}about 71, low evidence, tier 1, evidence D, no owner, _fit, early_/);
    assert.match(text, /\*Globex\* {2}71\.2, tier 1/);
  });

  it('say of a rate what it rests on, and of a field how many sources disagree', () => {
    const fields = [
      { field: 'employees', layer: 'firmographic', fill: { v: 0.912, low: 0.903, high: 0.92, n: 4000 } } as const,
    ].map((field) => ({ ...field, sources: 2, conflicts: 58, state: 'used' }));
    const text = draw({
      kind: 'coverage',
      book: 'main',
      outcomes: [],
      fields,
      setAside: 3,
      accounts: 4000,
      data: null,
    });
    assert.match(
      text,
      /\*employees\* {2}firmographic, filled 91\.2 % \(90\.3 to 92\.0 %, n = 4,000\), 2 sources, 58 conflicts/,
    );
    assert.match(text, /3 rows were set aside/);
  });

  it('say of a criterion of timing that its rate is of account-months, wherever a criterion is told', () => {
    const rate = { v: 0.001, low: 0, high: 0.002, n: 4907 };
    const moving = { key: 'idle', label: 'Idle for 62 to 159 days', layer: 'behavioural', part: 'timing' } as const;
    const said = /won soon after in 0\.1 % \(0\.0 to 0\.2 %\) of 4,907 account-months/;
    const why = breakdown(aScoreAnswer(anExplanation({ criteria: [aCriterion({ ...moving, rate })] })));
    assert.match(why.map(readMessage).join('\n'), said);
    const end = { label: moving.label, points: 3.1, rate };
    const row = { ...moving, weight: 0.1, strength: 'bonus', causal: 'not tested', best: end, worst: null } as const;
    const foot = { stageValues: {}, k: 0.75, outOfTime: null, verdict: 'So it is.', warnings: [], data: null };
    const head = { kind: 'criteria', book: 'main', modelVersion: 1, standing: 'full', base: 41, ratio: null } as const;
    assert.match(draw({ ...head, ...foot, rows: [row] }), said);
    const criterion = aModelCriterion('idle', [aBin({ kind: 'other' }, 31, { rate })], { part: 'timing' });
    assert.match(evidenceLines({ kind: 'criterion added', criterion }).join('\n'), said);
  });

  it('tell accounts of one name apart by their ids', () => {
    const candidates = ['Acme', 'ACME', 'Globex'].map((name, nth) => ({ book: 'main', id: `00${nth}`, name }));
    const text = readMessage(errorMessage(new AccountNotFoundError('2 accounts answer to acme', candidates)));
    assert.match(text, /Acme \(000\)\nACME \(001\)\nGlobex$/);
  });

  it('say on a receipt when a figure came out otherwise', () => {
    const receipt: Receipt = {
      id: 'r_1',
      question: 'explain',
      arguments: { account: '001' },
      asOf: '2026-09-30T00:00:00Z',
      importId: 4,
      modelVersion: 3,
      createdAt: '2026-10-01T00:00:00Z',
      read: ['account 001'],
      figures: Array.from({ length: 60 }, (_, nth) => ({ key: `f${nth}`, label: `F${nth}`, v: nth, unit: 'count' })),
      same: false,
      differences: [{ key: 'score', stored: 49.4, again: 51 }],
    };
    const text = receiptCard(receipt).map(readMessage).join('\n');
    assert.match(text, /can no longer be relied on/);
    assert.match(text, /score: was 49\.4, is 51/);
    assert.match(text, /and 20 more; `lodestar receipt r_1` has them all/);
    const whole = receiptCard({ ...receipt, same: true, differences: [] })
      .map(readMessage)
      .join('\n');
    assert.match(whole, /every figure is the same/);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { LeadCard } from '../../../src/icp/leads/lead-card.ts';
import { leadStanding, undoMs } from '../../../src/icp/leads/lead-standing.ts';
import { leadMessage } from '../../../src/slack/views/lead-card.ts';
import { rejectLeadModal } from '../../../src/slack/views/reject-lead.ts';
import { reportBackMessage } from '../../../src/slack/views/report-back.ts';
import { aLeadAnswer } from '../../support/a-lead.ts';
import { crmText } from '../../support/slack-arbitraries.ts';
import { complaintsAbout } from '../../support/slack-block-kit.ts';

function aCard(parts: Partial<LeadCard> = {}): LeadCard {
  return {
    ...{ book: 'main', leadId: 'L1', accountId: '001', company: 'Halden Logistics', source: 'webinar', createdAt: 0 },
    person: { name: 'Vera Chief', title: 'VP Sales', ofLead: true },
    ownerEmail: 'rae@ours.example',
    score: {
      ...{ score: 81.2, tier: 1, evidence: 'B', modelVersion: 3, asOf: '2026-10-01T00:00:00Z' },
      reasons: [{ label: 'Industry is logistics', points: 8.3 }],
      ...{ override: null, cautions: [] },
    },
    state: leadStanding([]),
    ...parts,
  };
}

const textOf = (cards: readonly LeadCard[], now = 0) => JSON.stringify(leadMessage(cards, now).blocks);

describe('leadMessage', () => {
  it('says who it is, what the model says and why, and offers the three buttons', () => {
    const text = textOf([aCard()]);
    assert.match(text, /\*Halden Logistics\* is \*tier 1\* with a score of \*81\.2\*/);
    assert.match(text, /Vera Chief, VP Sales/);
    assert.match(text, /\+8\.3 {2}Industry is logistics/);
    assert.match(text, /"Accept".*"Reject".*"Why"/);
  });

  it('says that evidence is low, that a contact stands in, and that a lead has no account', () => {
    const { score } = aCard();
    assert.match(textOf([aCard({ score: { ...score!, evidence: 'D' } })]), /a rough score: about \d+, low evidence/);
    assert.match(
      textOf([aCard({ person: { name: 'Ian', title: null, ofLead: false } })]),
      /names nobody; the most senior contact is Ian/,
    );
    const override = { tier: 3 as const, byName: 'Dana Okafor' };
    assert.match(
      textOf([aCard({ score: { ...score!, override, cautions: ['they were acquired'] } })]),
      /is \*tier 3\* by decision of Dana Okafor; the model says tier 1 with a score of .*they were acquired/,
    );
    const lone = textOf([aCard({ accountId: null, score: null, company: null, person: null })]);
    assert.match(lone, /lead L1\* has no score: the lead belongs to no account/);
    assert.doesNotMatch(lone, /"Why"/);
  });

  it('offers Undo for five minutes, and no answer besides', () => {
    const card = aCard({ state: leadStanding([aLeadAnswer(1, { answer: 'rejected', reason: 'too <small>' })]) });
    assert.match(textOf([card], undoMs), /\*Rejected\* by Rae Rep on .*: too &lt;small&gt;.*"Undo"/);
    assert.doesNotMatch(textOf([card], undoMs), /"Accept"|"Reject"/);
    assert.doesNotMatch(textOf([card], undoMs + 1), /"Undo"/);
  });

  it('stays within what Slack accepts, whatever the CRM holds', () => {
    const texts = fc.record({
      company: crmText,
      source: crmText,
      ownerEmail: crmText,
      leadId: crmText,
      name: crmText,
      why: crmText,
    });
    fc.assert(
      fc.property(
        fc.array(texts, { minLength: 1, maxLength: 5 }),
        fc.constantFrom('accepted', 'rejected', null),
        (rows, said) => {
          const cards = rows.map(({ company, source, ownerEmail, leadId, name, why }) =>
            aCard({
              ...{ company, source, ownerEmail, leadId, person: { name, title: why, ofLead: false } },
              score: { ...aCard().score!, reasons: [1, 2, 3].map((points) => ({ label: why, points })) },
              state: leadStanding(said === null ? [] : [aLeadAnswer(1, { answer: said, reason: why, byName: name })]),
            }),
          );
          assert.deepEqual(complaintsAbout(leadMessage(cards, 0)), []);
        },
      ),
      { numRuns: 60 },
    );
    fc.assert(
      fc.property(crmText, fc.array(crmText, { maxLength: 40 }), (name, kinds) => {
        const { blocks } = rejectLeadModal(name, 'metadata', kinds);
        assert.deepEqual(complaintsAbout({ text: 'x', blocks }), []);
      }),
      { numRuns: 60 },
    );
  });
});

describe('reportBackMessage', () => {
  const decided = { by: 'dana@ours.example', byName: 'Dana Okafor', at: 0, reason: 'they buy in the end' };
  const answers = [1, 2, 3].map((id) => ({
    answerId: id,
    leadId: `L${id}`,
    accountId: `a${id}`,
    by: id === 3 ? 'sam@ours.example' : 'rae@ours.example',
    byName: 'x',
  }));
  const change = {
    kind: 'anti-pattern added' as const,
    rule: {
      ...{ id: 'r', name: 'n', winRate: null },
      conditions: [
        { key: 'sales_team', label: 'Sales team below 6', match: { kind: 'range' as const, from: null, to: 6 } },
      ],
    },
    because: { reason: 'no outbound team', answers },
  };

  it('tells a person of their own answers, what they have in common, and who decided what, when and why', () => {
    const text = JSON.stringify(
      reportBackMessage({ change, standing: 'rejected', decided, effectiveAt: null }, 'rae@ours.example').blocks,
    );
    assert.match(text, /You turned down 2 leads as “no outbound team”, with 1 of a colleague/);
    assert.match(text, /Sales team below 6/);
    assert.match(text, /\*Rejected\* by Dana Okafor on 1 Jan 1970: they buy in the end/);
  });

  it('says from when an approved change holds', () => {
    const day = 86_400_000;
    const { text } = reportBackMessage(
      { change, standing: 'approved', decided, effectiveAt: 3 * day },
      'sam@ours.example',
    );
    assert.match(text, /You turned down 1 lead .* with 2 of a colleague.*Approved by.*red flag from 4 Jan 1970/);
  });
});

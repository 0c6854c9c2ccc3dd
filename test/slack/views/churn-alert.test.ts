import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { AlertEvent } from '../../../src/icp/life/alert-state.ts';
import type { ExpansionFindings } from '../../../src/icp/life/predict-expansion.ts';
import { churnAlertMessage } from '../../../src/slack/views/churn-alert.ts';
import { expansionListMessage } from '../../../src/slack/views/expansion-list.ts';
import { notARiskModal } from '../../../src/slack/views/modals.ts';
import { anAlert, anAlertEvent, aWatchedCustomer } from '../../support/a-churn-alert.ts';
import { crmText } from '../../support/slack-arbitraries.ts';
import { complaintsAbout } from '../../support/slack-block-kit.ts';

const start = Date.UTC(2026, 9, 1);
const who = { by: 'dana@ours.example', byName: 'Dana' };

function buttonsOf(events: readonly AlertEvent[]): number {
  return [...JSON.stringify(churnAlertMessage(anAlert(events)).blocks).matchAll(/"type":"button"/g)].length;
}

describe('a churn alert', () => {
  it('has buttons as long as somebody may still decide', () => {
    assert.equal(buttonsOf([]), 5);
    assert.equal(buttonsOf([anAlertEvent('acknowledged', start, who)]), 4);
    assert.equal(buttonsOf([anAlertEvent('snoozed', start, { ...who, until: start })]), 2);
    assert.equal(buttonsOf([anAlertEvent('not a risk', start, { ...who, reason: 'on leave' })]), 0);
  });

  it('says what nobody knows: no renewal date, no signs, nobody like it', () => {
    const bare = { signs: [], past: null, twin: null, arr: null, csOwnerEmail: null, renewalIsWritten: false };
    const text = JSON.stringify(churnAlertMessage(anAlert([], bare)));
    for (const part of [
      /No single sign stands out/,
      /no renewal date/,
      /too few like it to tell/,
      /not known/,
      /nobody/,
    ])
      assert.match(text, part);
  });

  it('stays within what Slack accepts, whatever the CRM holds', () => {
    fc.assert(
      fc.property(crmText, crmText, crmText, (name, reason, by) => {
        const twin = { ...aWatchedCustomer().twin!, name: reason, reason: name, shared: [by, name, reason] };
        const decided = anAlertEvent('not a risk', start, { by, byName: by, reason });
        const alert = anAlert([decided], { name, twin, csOwnerEmail: by, action: reason });
        assert.deepEqual(complaintsAbout(churnAlertMessage(alert)), []);
        assert.deepEqual(complaintsAbout(churnAlertMessage(anAlert([], { name, twin }))), []);
        assert.ok(notARiskModal(name, '').blocks.length > 0);
      }),
      { numRuns: 80 },
    );
  });
});

describe('the expansion list', () => {
  const findings = (name: string, n: number): ExpansionFindings => ({
    ...{ book: 'main', asOf: '2026-10-01', horizonDays: 180, method: 'learned', why: 'learnt', customers: 50 },
    ...{ events: 40, judged: null },
    ranked: Array.from({ length: n }, (_, nth) => ({
      ...{ id: `${nth}`, name, csOwnerEmail: null, arr: null, score: 87, chance: 0.31, reasons: [], past: null },
      signs: [
        { kind: 'usage growth' as const, before: 20, now: 50, change: 1.5 },
        { kind: 'power users added' as const, before: 2, now: 5, change: null },
      ],
      action: 'offer more seats',
    })),
  });

  it('gives score, signs and what to offer', () => {
    assert.match(
      JSON.stringify(expansionListMessage(findings('Acme', 1))),
      /Acme\*: score 87\/100, chance 31\.0 %; usage \+150\.0 % in three months; 3 power users added\. To do: offer more seats/,
    );
  });

  it('stays within what Slack accepts, whatever the CRM holds', () => {
    fc.assert(
      fc.property(crmText, fc.nat(30), (name, n) => {
        assert.deepEqual(complaintsAbout(expansionListMessage(findings(name, n))), []);
      }),
      { numRuns: 60 },
    );
  });
});

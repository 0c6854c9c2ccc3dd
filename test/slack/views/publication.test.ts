import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type PublicationReport, reportLines, reportTotals } from '../../../src/icp/publishing/publication-report.ts';
import {
  publicationMessage,
  publicationPausedMessage,
  undoBegunMessage,
} from '../../../src/slack/views/publication.ts';
import { complaintsAbout } from '../../support/slack-block-kit.ts';

const count = fc.nat({ max: 60_000 });
const text = fc.oneof(fc.string({ maxLength: 1_500 }), fc.constantFrom('<!channel> *now*', '', '\u202e'));
const anObject = fc.record({
  ...{ object: fc.constantFrom('Account', 'Lead', 'Contact'), planned: count, written: count, setAside: count },
  ...{ changedSince: count, leftOut: count, open: count, cleared: count },
});
const anyReport: fc.Arbitrary<PublicationReport> = fc.record({
  ...{ id: fc.uuid(), book: text, kind: fc.constantFrom('publish' as const, 'undo' as const) },
  undoes: fc.option(fc.uuid()),
  state: fc.constantFrom('paused' as const, 'stopped' as const, 'finished' as const, 'superseded' as const),
  ...{ reason: fc.option(text), resumeAt: fc.option(fc.constant(Date.UTC(2026, 9, 1))), by: text },
  org: fc.record({ id: fc.constant('00D'), name: text, setting: fc.constantFrom('production', 'sandbox', 'local') }),
  ...{ modelVersion: count, plannedAt: fc.constant(0), finishedAt: fc.option(fc.constant(90_000)), calls: count },
  planHash: fc.constant('ab'.repeat(32)),
  objects: fc.array(anObject, { maxLength: 3 }),
  failures: fc.array(fc.record({ code: text, reason: text, rows: count, examples: fc.array(text, { maxLength: 3 }) }), {
    maxLength: 30,
  }),
  changed: fc.array(fc.record({ object: text, recordId: text, reason: text }), { maxLength: 20 }),
  moved: fc.array(
    fc.record({
      name: text,
      before: fc.record({ ICP_Score__c: fc.option(count), ICP_Tier__c: fc.option(text) }),
      after: fc.record({ ICP_Score__c: count, ICP_Tier__c: text, ICP_Pain__c: fc.option(count) }),
    }),
    { maxLength: 5 },
  ),
});

/** What a button asks first is plain text, out of which Slack reads no mention. */
const withoutQuestions = (key: string, value: unknown) => (key === 'confirm' ? null : value);

const report: PublicationReport = {
  ...{ id: 'run-1', book: 'main', kind: 'publish', undoes: null, state: 'finished', reason: 'nothing else' },
  ...{ resumeAt: null, by: 'dana@ours.example', modelVersion: 4, plannedAt: 0, finishedAt: 65_000, calls: 22 },
  ...{ org: { id: '00D', name: 'Northwind', setting: 'sandbox' }, planHash: 'ab' },
  objects: [
    { object: 'Account', planned: 10, written: 7, cleared: 3, setAside: 2, changedSince: 1, leftOut: 0, open: 0 },
    { object: 'Lead', planned: 5, written: 5, cleared: 0, setAside: 0, changedSince: 0, leftOut: 0, open: 0 },
  ],
  failures: [{ code: 'UNABLE_TO_LOCK_ROW', reason: 'busy', rows: 2, examples: ['Account 001'] }],
  changed: [{ object: 'Account', recordId: '002', reason: 'ICP_Tier__c is 3 and was written as 1' }],
  moved: [
    {
      name: 'Acme',
      before: { ICP_Score__c: 62.1, ICP_Tier__c: '2', ICP_Behavioural__c: 10, ICP_Pain__c: 2 },
      after: { ICP_Score__c: 43, ICP_Tier__c: '3', ICP_Behavioural__c: -8, ICP_Pain__c: 0.9 },
    },
  ],
};

describe('the card of a publication', () => {
  it('stays within the limits of Slack whatever the CRM said', () => {
    fc.assert(
      fc.property(anyReport, (any) => {
        assert.deepEqual(complaintsAbout(publicationMessage(any)), []);
        assert.deepEqual(complaintsAbout(publicationPausedMessage(any)), []);
        assert.doesNotMatch(JSON.stringify(publicationMessage(any), withoutQuestions), /<!channel>/);
      }),
      { numRuns: 100, seed: 2 },
    );
  });

  it('says which org it wrote to, what landed, and why the rest did not', () => {
    const said = JSON.stringify(publicationMessage(report));
    for (const part of [
      'to Northwind (sandbox)',
      '12 of 15',
      '7 of 10 written, 3 of them cleared, since they belong to no scored account any more',
      'somebody else kept writing the record',
      'Account 002',
      'Acme: 62.1 to 43.0, tier 2 to 3, most of it by what it does (-18.0)',
    ])
      assert.ok(said.includes(part), part);
  });

  it('names the org and what it is in every message, production too, and before anything is undone', () => {
    for (const setting of ['production', 'sandbox', 'local']) {
      const org = { ...report.org, setting };
      const words = `Northwind (${setting})`;
      const { blocks, text } = publicationMessage({ ...report, org });
      assert.ok(text.includes(words), text);
      assert.ok(JSON.stringify(blocks[0]).includes(words));
      const [, confirmation] = JSON.stringify(blocks.at(-1)).split('"confirm":');
      assert.ok(confirmation?.includes(words), 'the confirmation of undo');
      const paused = publicationPausedMessage({ ...report, org, state: 'paused' });
      assert.ok(paused.text.includes(words) && JSON.stringify(paused.blocks[0]).includes(words));
      assert.ok(undoBegunMessage({ run: report.id, by: 'Dana', org }).text.includes(words));
      assert.ok(reportLines({ ...report, org })[0]?.includes(words));
    }
    const long = publicationMessage({ ...report, org: { ...report.org, name: 'N'.repeat(900) } });
    assert.match(JSON.stringify(long.blocks[0]), /… \(sandbox\)/, 'a long name is cut, not what it is');
  });

  it('says in lines what it says on the card, and nothing that was planned is missing', () => {
    const { planned, ...parts } = reportTotals(report);
    assert.equal(
      planned,
      Object.values(parts).reduce((sum, n) => sum + n, 0),
    );
    const lines = reportLines(report);
    assert.equal(lines[0], 'Scores of main by model 4, to Northwind (sandbox): done');
    assert.equal(lines[1], '15 planned, 12 written, 2 failed and set aside, 1 changed since and left as they are');
    assert.equal(lines.at(-1), '22 calls in 65 seconds; run run-1');
  });

  it('says of one that waits that the plan is kept', () => {
    const paused = publicationPausedMessage({ ...report, state: 'paused', resumeAt: Date.UTC(2026, 9, 1, 9) });
    assert.match(paused.text, /paused until 2026-10-01 09:00 UTC/);
    assert.match(JSON.stringify(paused.blocks), /12 of 15 are written; the plan is kept/);
  });
});

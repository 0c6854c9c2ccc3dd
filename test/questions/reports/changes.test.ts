import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MissingFieldFindings } from '../../../src/icp/changes/find-missing-fields.ts';
import type { FieldWorth } from '../../../src/icp/changes/missing-field-worth.ts';
import type { RejectionFindings } from '../../../src/icp/hypotheses/explain-rejections.ts';
import { fillIn } from '../../../src/questions/format-figure.ts';
import { disagreementsReport } from '../../../src/questions/reports/disagreements.ts';
import { earlyReport } from '../../../src/questions/reports/early.ts';
import { missingFieldsReport, worthFindingOutReport } from '../../../src/questions/reports/missing-fields.ts';
import type { Drawn } from '../../../src/questions/reports/report.ts';
import { whatWouldItTakeReport } from '../../../src/questions/reports/what-would-it-take.ts';
import { whyChangedReport } from '../../../src/questions/reports/why-changed.ts';

const rate = { v: 0.25, low: 0.1, high: 0.5, n: 20 };
const sure = { evidence: 'B', range: { low: 12.3, high: 74.6 } } as const;
const rough = { evidence: 'D', range: { low: 12.3, high: 74.6 } } as const;
const hostile = '{{score}} <!channel> *Acme*';

/** Every sentence and cell as a person reads it; fails when a figure is missing or when two have one key. */
function read({ text, figures, card }: Drawn): string {
  const keys = figures.map(({ key }) => key);
  assert.equal(new Set(keys).size, keys.length, 'every figure has a key of its own');
  const cells = card.sections.flatMap(({ lines, table }) => [...lines, ...(table?.rows.flat() ?? [])]);
  return [text, ...cells].map((words) => fillIn(words, figures)).join('\n');
}

const lately = { since: 0, lately: rate, before: { ...rate, v: 0.05 }, p: 0.001 };
const disagreements: RejectionFindings = {
  ...{ saidOfDecided: 0.2, tier1: rate, others: rate, traits: [], missing: null },
  reasons: [{ reason: hostile, tier1: 3, all: 4, said: 0.3, wonAnyway: rate, saidOfAll: 0.2, traits: [], lately }],
  people: [{ email: 'rita@ours.example', rejected: rate, others: rate, p: 0.01 }],
  disagreements: [{ id: 'a1', name: hostile, score: 81, tier: 1, decision: 'rejected', reason: hostile }],
  counts: { rejectedTier1: 3, acceptedTier3: 2 },
};

describe('the report on disagreements', () => {
  it('says what reps turned down, why and who, with whatever a CRM holds as it stands there', () => {
    const said = read(disagreementsReport(disagreements));
    assert.match(said, /Reps turn down 25.0 % \(10 to 50 %, n = 20\) of tier 1/);
    assert.match(said, /3 accounts were tier 1 and turned down, 2 were tier 3 and taken/);
    assert.ok(said.includes(hostile) && said.includes('rita@ours.example turns down'));
    assert.match(said, /is said more often of late: of 25.0 % .* in the last half year, and of 5.0 % /);
  });

  it('gives a score on low evidence with its range, and a sure one without', () => {
    const [first] = disagreements.disagreements;
    const scoreWith = (support: Partial<Pick<(typeof disagreements.disagreements)[number], 'support'>>) => {
      const { figures } = disagreementsReport({ ...disagreements, disagreements: [{ ...first!, ...support }] });
      return fillIn('{{d.0.score}}', figures);
    };
    assert.equal(
      scoreWith({ support: { evidence: 'D', range: { low: 66.2, high: 95.8 } } }),
      'about 81 (66 to 96), low evidence',
    );
    assert.equal(scoreWith({}), '81.0');
  });

  it('says that it cannot tell where no tier is known, and what is missing', () => {
    const missing = 'more closed deals are needed';
    assert.match(
      read(disagreementsReport({ ...disagreements, missing })),
      /I cannot tell .* more closed deals are needed/,
    );
  });
});

describe('the report on missing fields', () => {
  const findings: MissingFieldFindings = {
    accounts: 900,
    fields: [
      {
        ...{ field: 'revenue', label: hostile, layer: 'firmographic', missing: rate },
        ...{ meanChange: 6.6, tierFlip: rate, accountsMoved: 56 },
      },
    ],
    cannotTell: ['onboarding'],
  };

  it('names the field that is worth most, and the ones of which nobody can tell', () => {
    const said = read(missingFieldsReport(findings));
    assert.ok(said.includes(hostile) && said.includes('about 56 of them'));
    assert.ok(said.includes('I cannot tell for onboarding'));
  });

  it('says so when nothing is missing', () => {
    assert.match(
      read(missingFieldsReport({ ...findings, fields: [], cannotTell: [] })),
      /No field that counts is missing/,
    );
  });
});

describe('the report on what it is worth to find out of an account', () => {
  const field: FieldWorth = {
    ...{ field: 'revenue', label: hostile, layer: 'firmographic', n: 90 },
    ...{ meanChange: 6.6, tierFlip: 0.3, lowest: 21, highest: 52 },
  };
  const worth = { score: 31, tier: 3, cannotTell: [] } as const;
  const said = (about: typeof sure | typeof rough, fields: readonly FieldWorth[]) =>
    read(worthFindingOutReport({ ...worth, fields }, { name: 'Acme', ...about }));

  it('gives the score with its range on low evidence, and without where it is sure', () => {
    assert.match(said(rough, [field]), /of 30\.0 %\. The score is about 31 \(12 to 75\), low evidence\.\n/);
    assert.match(said(sure, [field]), /of 30\.0 %\. The score is 31\.0\.\n/);
    assert.match(said(rough, []), /its score stands on what is known: about 31 \(12 to 75\), low evidence\.$/);
    assert.match(said(sure, []), /its score stands on what is known: 31\.0\.$/);
  });
});

describe('the report on what it would take', () => {
  const take = { tier: 3, score: 31, wanted: 2, changeable: 4, smallest: true } as const;
  const change = {
    key: 'crm',
    field: 'crm',
    from: 'No CRM',
    to: hostile,
    values: { crm: 'present' },
    points: 9,
    churn: 0,
  };

  it('lists the changes with what they give, and says where the search took a short cut', () => {
    const reached = { score: 41, tier: 2 } as const;
    const said = read(whatWouldItTakeReport({ ...take, changes: [change], reached }, { name: hostile, ...sure }));
    assert.ok(said.includes(`It would be tier 2 with 41.0 given ${hostile} instead of No CRM.`));
    assert.ok(!said.includes('too many facts'));
    const shortcut = { ...take, smallest: false, changes: [change], reached };
    assert.ok(
      read(whatWouldItTakeReport(shortcut, { name: 'Acme', ...sure })).includes('too many facts to try every set'),
    );
  });

  it('gives the score of today with its range on low evidence, and what it would be without', () => {
    const reached = { score: 41, tier: 2 } as const;
    const lifted = { ...take, changes: [change], reached };
    assert.ok(
      read(whatWouldItTakeReport(lifted, { name: 'Acme', ...rough })).startsWith(
        '*Acme* is tier 3 with about 31 (12 to 75), low evidence. It would be tier 2 with 41.0 given',
      ),
    );
    assert.ok(
      read(whatWouldItTakeReport(lifted, { name: 'Acme', ...sure })).startsWith('*Acme* is tier 3 with 31.0. It'),
    );
    const there = { ...take, tier: 1, changes: [], reached } as const;
    assert.ok(
      read(whatWouldItTakeReport(there, { name: 'Acme', ...rough })).includes('about 31 (12 to 75), low evidence'),
    );
  });

  it('says that nothing is enough only where that was proved', () => {
    const none = { ...take, changes: null, reached: { score: 35, tier: 3 } as const };
    assert.match(
      read(whatWouldItTakeReport(none, { name: 'Acme', ...sure })),
      /Nothing that can be changed makes \*Acme\* tier 2/,
    );
    assert.match(read(whatWouldItTakeReport({ ...none, smallest: false }, { name: 'Acme', ...sure })), /I cannot tell/);
  });
});

describe('the report on why a score changed', () => {
  const side = (score: number) => ({ at: 0, modelVersion: 1, score, tier: 2 as const, ...sure });
  const model = { version: 1, activatedAt: null, activatedBy: null, wasInForce: false };

  it('names only the parts that changed anything, the largest first', () => {
    const parts = { data: 0, enrichmentFix: -2.5, model: 0, decay: -4 };
    const changed = { from: side(60), to: side(53.5), difference: -6.5, parts, criteria: [], fixes: [] };
    const said = read(whyChangedReport(changed, { name: hostile, before: model, now: model }));
    assert.match(said, /-4\.0 from time alone, -2\.5 from what was put right\. It is tier 2 as before/);
    assert.match(said, /no model was in force on that day/);
  });

  it('gives either score with its range where it is on low evidence, and without where it is sure', () => {
    const parts = { data: 0, enrichmentFix: 0, model: 0, decay: -6.5 };
    const from = { ...side(60), ...rough };
    const changed = { from, to: side(53.5), difference: -6.5, parts, criteria: [], fixes: [] };
    const [said] = read(whyChangedReport(changed, { name: 'Acme', before: model, now: model })).split('\n');
    assert.equal(
      said,
      'On 1 Jan 1970 *Acme* scored about 60 (12 to 75), low evidence; on 1 Jan 1970 it scores 53.5. That is a difference of -6.5: -6.5 from time alone. It is tier 2 as before.',
    );
    const later = { ...changed, from: side(60), to: { ...side(53.5), ...rough } };
    assert.match(
      read(whyChangedReport(later, { name: 'Acme', before: model, now: model })),
      /scored 60\.0; on 1 Jan 1970 it scores about 54 \(12 to 75\), low evidence\. That/,
    );
  });

  it('says so when nothing has changed', () => {
    const parts = { data: 0, enrichmentFix: 0, model: 0, decay: 0 };
    const changed = { from: side(60), to: side(60), difference: 0, parts, criteria: [], fixes: [] };
    assert.match(read(whyChangedReport(changed, { name: 'Acme', before: model, now: model })), /nothing that counts/);
  });
});

describe('the report on who is early', () => {
  const nobody = { total: 0, rows: [] };

  it('says what would help where nobody is and the model has no points for timing', () => {
    assert.match(
      read(earlyReport({ asOf: 0, readsTiming: false, early: nobody, active: nobody })),
      /more dated signals/,
    );
  });
});

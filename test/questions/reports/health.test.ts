import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { measureHealth } from '../../../src/icp/outreach/measure-health.ts';
import { fillIn } from '../../../src/questions/format-figure.ts';
import { healthReport } from '../../../src/questions/reports/health.ts';
import { asOf, contacts } from '../../icp/outreach/a-contact.ts';

/** What the report says of the positive replies of so many accounts. */
function said(accounts: number, positive: number) {
  const found = measureHealth(contacts(accounts, positive), { asOf, timeKind: 'dates', seed: 1, segments: [] });
  const { text, figures, card } = healthReport(found);
  const [replies] = card.sections[0]?.table?.rows ?? [];
  return { verdict: fillIn(replies?.at(-1) ?? '', figures), text: fillIn(text, figures) };
}

describe('the report on outreach', () => {
  it('says of replies that are surely on one side of a bar which side, whatever the other bar', () => {
    const under = said(3_000, 36);
    assert.equal(under.verdict, 'under 5.0 %; whether under 1.0 % cannot be told');
    assert.match(under.text, /positive replies 1\.2 % \(0\.9 to 1\.\d %, n = 3,000\): under 5\.0 %/);
    assert.equal(said(200, 12).verdict, '1.0 % or more; whether 5.0 % cannot be told');
  });

  it('cannot tell where the interval reaches over both bars, or few were contacted', () => {
    assert.equal(said(60, 1).verdict, 'cannot tell: the interval reaches over the bar');
    assert.match(said(29, 20).verdict, /^cannot tell: 29 contacted accounts, 30 are needed$/);
    assert.equal(said(2_000, 4).verdict, 'needs an update');
  });
});

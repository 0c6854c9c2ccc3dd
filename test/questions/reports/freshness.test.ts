import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FreshnessFindings } from '../../../src/icp/freshness/find-freshness.ts';
import { fillIn } from '../../../src/questions/format-figure.ts';
import { freshnessReport } from '../../../src/questions/reports/freshness.ts';

const asOf = Date.UTC(2026, 9, 1);

function said(stale: readonly boolean[]): string {
  const criteria = stale.map((isStale, nth): FreshnessFindings['criteria'][number] => ({
    ...{ key: `c${nth}`, label: `Criterion ${nth}`, layer: 'firmographic', weight: 0.1, field: `f${nth}` },
    ...{ medianDays: 400, accounts: 9, validatedAt: asOf, stale: isStale, why: isStale ? 'old' : null },
  }));
  const { text, figures } = freshnessReport({ asOf, timeKind: 'dates', sources: [], signals: [], criteria });
  return fillIn(text, figures);
}

describe('the report on freshness', () => {
  it('names the stale criteria in its sentence, wherever they stand by weight', () => {
    assert.match(said([false, true, false]), /one criterion of 3 is stale: \*Criterion 1\*\.$/);
    assert.match(said([false, true, true]), /2 of 3 criteria are stale: \*Criterion 1\*, \*Criterion 2\*\.$/);
    assert.match(
      said(Array.from({ length: 7 }, () => true)),
      /7 of 7 criteria are stale: .*\*Criterion 4\* and others\.$/,
    );
    assert.match(said([false]), /no criterion is stale\.$/);
  });
});

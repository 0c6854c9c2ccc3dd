import assert from 'node:assert/strict';
import { it } from 'node:test';
import { wellKnownTrends } from '../support/well-known-trends.ts';

it('a trait that reps love and expanding customers lack comes out negative where it counts, at mid size', () => {
  const { accepted, expanded } = wellKnownTrends(1);
  assert.ok(accepted > 0.1, `acceptance rises with it: ${accepted}`);
  assert.ok(expanded < -0.05, `expansion falls with it: ${expanded}`);
});

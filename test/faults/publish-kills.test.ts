import assert from 'node:assert/strict';
import { it } from 'node:test';
import { killRounds } from './kill-rounds.ts';

const seed = 20_261_122;

it('a publication that is killed twenty times ends as one that was not', async (t) => {
  const { kills, rounds, again, seconds } = await killRounds('publish', { kills: 20, seed });
  t.diagnostic(
    `${kills} kills in ${rounds} rounds, ${again} updates beyond one a row, ${seconds.toFixed(0)} s, seed ${seed}`,
  );
  assert.ok(kills >= 20);
});

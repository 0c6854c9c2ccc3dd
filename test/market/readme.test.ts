import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { effects } from '../../src/market/effects.ts';
import { segments } from '../../src/market/segments.ts';
import { type EffectStage, plantedThings } from '../../src/market/world.ts';
import { marketOf } from './read-market.ts';

const text = readFileSync(path.resolve(import.meta.dirname, '../../src/market/README.md'), 'utf8');
const stages: readonly EffectStage[] = ['accepted', 'qualified', 'won', 'expanded', 'churned'];

/** The sizes in the row of the table that starts with a name, by stage. */
function sizesOf(name: string): Partial<Record<EffectStage, number>> {
  const row = text.split('\n').find((line) => line.startsWith(`| ${name}`));
  assert.ok(row, `no row for ${name}`);
  const cells = row.split('|').slice(4, 9);
  return Object.fromEntries(
    stages.flatMap((stage, place) => (cells[place]!.trim() === '' ? [] : [[stage, Number(cells[place])]])),
  );
}

describe('the README of the market', () => {
  it('gives the size of every effect as it is planted', () => {
    const given = Object.fromEntries(effects.map(({ name }) => [name, sizesOf(name)]));
    assert.deepEqual(given, Object.fromEntries(effects.map(({ name, adds }) => [name, adds])));
    for (const { name, adds } of segments) {
      const planted = Object.fromEntries(Object.entries(adds).filter(([, add]) => add !== 0));
      assert.deepEqual(sizesOf(`segment _${name}_`), planted);
    }
  });

  it('names every switch and every column', () => {
    for (const thing of plantedThings) assert.ok(text.includes(`\`${thing}\``), thing);
    for (const { header } of marketOf({ size: 'small', seed: 1 }).files) {
      for (const column of header) assert.ok(text.includes(column), column);
    }
  });
});

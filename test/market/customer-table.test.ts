import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type CustomerTable, customerTable } from '../../src/market/customer-table.ts';

/** Rate of expansion among customers with and without a flag, and the share that has it. */
function apart({ columns, expanded }: CustomerTable, key: string): { difference: number; share: number } {
  const { values } = columns.find((column) => column.key === key)!;
  const of = (value: string): number[] =>
    expanded.flatMap((did, row) => (did !== null && values[row] === value ? did : []));
  const mean = (list: number[]): number => list.reduce((sum, did) => sum + did, 0) / list.length;
  const [present, absent] = [of('present'), of('absent')];
  return { difference: mean(present) - mean(absent), share: present.length / (present.length + absent.length) };
}

describe('the table of customers', () => {
  const many = customerTable({ seed: 11, customers: 6_000 });

  it('has a cause of 15 points at a prevalence of about 0.35, and a confounder with the same difference', () => {
    const [cause, confounder] = [apart(many, 'tech_warehouse'), apart(many, 'funded')];
    // Three standard errors of a difference between 6,000 customers are 0.04.
    assert.ok(Math.abs(cause.difference - 0.15) < 0.04, `cause ${cause.difference}`);
    assert.ok(Math.abs(cause.share - 0.35) < 0.03, `share ${cause.share}`);
    assert.ok(Math.abs(confounder.difference - 0.15) < 0.04, `confounder ${confounder.difference}`);
  });

  it('records what is behind the confounder for 95 %, or for nobody', () => {
    const growth = many.columns.find(({ key }) => key === many.confounder.because)!;
    const known = growth.values.filter((value) => value !== null).length / growth.values.length;
    assert.ok(Math.abs(known - 0.95) < 0.005);
    const hidden = customerTable({ seed: 11, customers: 50, world: 'hidden' });
    assert.ok(hidden.columns.every(({ key }) => key !== hidden.confounder.because));
  });

  it('has neither where nothing is planted', () => {
    const nothing = customerTable({ seed: 4, customers: 6_000, world: 'nothing' });
    assert.ok(Math.abs(apart(nothing, 'tech_warehouse').difference) < 0.04);
    assert.ok(Math.abs(apart(nothing, 'funded').difference) < 0.045);
  });

  it('is the same for the same seed and another for another', () => {
    const text = JSON.stringify(customerTable({ seed: 5, customers: 40 }));
    assert.equal(JSON.stringify(customerTable({ seed: 5, customers: 40 })), text);
    assert.notEqual(JSON.stringify(customerTable({ seed: 6, customers: 40 })), text);
  });
});

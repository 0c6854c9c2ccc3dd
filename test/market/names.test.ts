import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { companyName, domainOf } from '../../src/market/company-names.ts';
import { industries } from '../../src/market/industries.ts';
import { recordId } from '../../src/market/record-ids.ts';
import { marketOf, table } from './read-market.ts';

describe('companyName', () => {
  it('never gives a name or a domain twice in a market of half a million', () => {
    const names = new Set<string>();
    const domains = new Set<string>();
    for (let index = 0; index < 500_000; index += 1) {
      const name = companyName(index, industries[index % industries.length]!.name, 123);
      names.add(name);
      domains.add(domainOf(name));
    }
    assert.equal(names.size, 500_000);
    assert.equal(domains.size, 500_000);
  });

  it('says so when the names are used up or the industry has none', () => {
    assert.throws(() => companyName(5_000_000, 'SaaS', 0), /asked for 5000001/);
    assert.throws(() => companyName(0, 'Astrology', 0), /got 'Astrology'/);
  });
});

describe('the names of a box', () => {
  const accounts = (): Record<string, string>[] => table(marketOf({ size: 'box', seed: 3 }), 'accounts');

  it('are under .example, which belongs to nobody', () => {
    for (const { domain } of accounts()) assert.ok(domain === '' || /^[a-z0-9-]+\.example$/.test(domain!), domain);
  });

  it('hold some that are like another and not it', () => {
    const names = new Set(accounts().map(({ name }) => name));
    const alike = [...names].filter(
      (name) =>
        names.has(name!.replace(/ (Group|Holdings|International)$/, '')) &&
        / (Group|Holdings|International)$/.test(name!),
    );
    assert.ok(alike.length >= 12, `${alike.length} namesakes`);
  });

  it('are entered twice for 3 to 7 % of the accounts, and lack a domain for 5 to 15 %', () => {
    const { duplicates } = marketOf({ size: 'box', seed: 3 }).answerKey;
    const without = accounts().filter(({ domain }) => domain === '').length;
    assert.ok(duplicates.length / 4000 > 0.03 && duplicates.length / 4000 < 0.07, `${duplicates.length} duplicates`);
    assert.ok(without / 4000 > 0.05 && without / 4000 < 0.15, `${without} without a domain`);
  });
});

describe('recordId', () => {
  it('has 18 characters, the last three of which follow from where the capitals are', () => {
    const id = recordId('account', 123_456);
    assert.equal(id.length, 18);
    const bits = (block: string): number =>
      [...block].reduce((sum, letter, place) => sum + (/[A-Z]/.test(letter) ? 2 ** place : 0), 0);
    const suffix = [0, 5, 10]
      .map((from) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'[bits(id.slice(from, from + 5))])
      .join('');
    assert.equal(id.slice(15), suffix);
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { wordFindings } from '../../src/engine/word-findings.ts';
import type { Findings } from '../../src/icp/findings.ts';
import type { WordableFinding } from '../../src/icp/wording.ts';
import type { Store } from '../../src/store/store.ts';
import { addWording, wordingKey, wordingsOf } from '../../src/store/wordings.ts';
import { freshStore } from '../support/fresh-store.ts';

const week = Date.UTC(2026, 8, 7);
const odd = { kind: 'rejected' as const, week, count: 40, expected: 12, direction: 'many' as const, p: 0.01 };
const behind = [{ what: 'Reason', value: 'Route 66 in use', count: 20, expected: 2.4 }];
const findings: Pick<Findings, 'segments' | 'patterns' | 'anomalies'> = {
  segments: {
    asOf: week,
    segments: [],
    emerging: [],
    clusters: null,
    counts: { touched: 0, won: 0, tested: 0 },
    setAside: [],
    verdict: null,
  },
  patterns: {
    ...{ asOf: week, losses: [], churn: [], anti: [], verdicts: { losses: null, churn: null, anti: null } },
    counts: { deals: 0, lost: 0, customers: 0, churned: 0, accounts: 0 },
  },
  anomalies: {
    weeks: 52,
    from: null,
    to: null,
    kinds: [],
    anomalies: [
      { ...odd, behind },
      { ...odd, kind: 'won', behind: [] },
    ],
  },
};

describe('having findings put into words', () => {
  let store: Store;
  before(async () => {
    store = await freshStore();
  });
  after(() => store?.close());
  const asked: WordableFinding[] = [];
  const interpret = async (finding: WordableFinding) => {
    asked.push(finding);
    return finding.facts.length > 1 ? { name: 'Many rejections', text: 'One explanation may be a new tool.' } : null;
  };
  const word = () => wordFindings({ store, interpret, now: () => week }, { book: 'main', findings });

  it('asks for each finding once, with its facts and the names that may be repeated', async () => {
    assert.equal(await word(), 1);
    assert.deepEqual(
      asked.map(({ kind, names }) => [kind, names]),
      [
        ['anomaly', ['Reason Route 66 in use']],
        ['anomaly', []],
      ],
    );
    assert.match(asked[0]?.facts.join() ?? '', /too many of: rejected,Reason Route 66 in use: 20, usually 2/);
  });

  it('asks again only for what has no words yet', async () => {
    asked.length = 0;
    assert.equal(await word(), 0);
    assert.deepEqual(
      asked.map(({ facts }) => facts),
      [['A week with too many of: won']],
    );
  });

  it('keeps the word of a person above that of the language model, whichever came last', async () => {
    const said = { book: 'main', kind: 'segment' as const, subject: 's1', text: '', saidAt: week };
    await addWording(store, { ...said, name: 'Ours', person: 'dana@ours.example' });
    await addWording(store, { ...said, name: 'Theirs', person: null });
    const { words, last } = await wordingsOf(store, 'main');
    assert.equal(words.get(wordingKey('segment', 's1'))?.name, 'Ours');
    assert.equal((await wordingsOf(store, 'main', last - 2)).words.has(wordingKey('segment', 's1')), false);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reportOf } from '../../../src/agent/router/report-cues.ts';
import type { CauseFindings } from '../../../src/icp/causes/cause-findings.ts';
import { judgeCauses } from '../../../src/icp/causes/judge-causes.ts';
import { customerTable } from '../../../src/market/customer-table.ts';
import { fillIn } from '../../../src/questions/format-figure.ts';
import { causalReport } from '../../../src/questions/reports/causal.ts';
import { customerSet } from '../../support/customer-set.ts';

const findings = judgeCauses(customerSet(customerTable({ seed: 1 }), 1));

/** Every sentence of a report with its figures in place: a figure that is missing throws. */
function written(of: CauseFindings, args?: Parameters<typeof causalReport>[1]): { text: string; all: string } {
  const { text, figures, card } = causalReport(of, args);
  const lines = card.sections.flatMap(({ lines: said, table }) => [...said, ...(table?.rows.flat() ?? [])]);
  const all = [text, ...lines].map((line) => fillIn(line, figures)).join('\n');
  return { text: fillIn(text, figures), all };
}

describe('the report on causes', () => {
  it('says of a planted cause that it likely drives expansion, with interval, people and checks', () => {
    const { text, all } = written(findings, { about: 'warehouse' });
    assert.match(text, /^\*Uses a warehouse\* likely drives expansion: .* percentage points more \(between /);
    assert.match(text, /Among 1,100 accounts that became customers/);
    for (const part of ['As counted', 'With the rest held equal', 'counterpart', 'passed', 'hidden factor']) {
      assert.ok(all.includes(part), part);
    }
  });

  it('says of the planted confounder that it only goes along, and with what', () => {
    const { text } = written(findings, { about: 'raised money', outcome: 'expansion' });
    assert.match(text, /^\*Raised money\* only goes along with expansion: .*Headcount growth in a year/);
  });

  it('answers the outcome that its own buttons ask for, and the list on one outcome leads with that one', () => {
    const { card } = causalReport(findings, { about: 'warehouse', outcome: 'winning' });
    const [other] = card.choices;
    assert.equal(other?.label, 'Uses a warehouse and expansion');
    for (const { question, label } of card.choices) {
      const asked = reportOf(question)?.args ?? {};
      const outcome = asked.outcome === 'expansion' ? 'expansion' : 'winning';
      assert.ok(label.endsWith(`and ${outcome}`), question);
      const title = causalReport(findings, { about: asked.about ?? '', outcome }).card.title;
      assert.equal(title, `Does it cause ${outcome}?`, question);
    }
    const list = written(findings, { outcome: 'winning' });
    assert.doesNotMatch(list.text, /expansion/);
    assert.match(written(findings, { outcome: 'expansion' }).text, /likely drive something: .*\*Uses a warehouse\*/);
  });

  it('never says that something structural drives anything', () => {
    const { text } = written(findings, { about: 'Industry' });
    assert.match(text, /is structural/);
    assert.doesNotMatch(text, /likely drives/);
  });

  it('has every figure that it names, for every field and outcome and for the list', () => {
    for (const { key } of findings.judged) {
      for (const outcome of ['expansion', 'winning'] as const) {
        const { all } = written(findings, { about: key, outcome });
        assert.doesNotMatch(all, /NaN|undefined|\{\{/);
      }
    }
    const { text, all } = written(findings);
    assert.match(text, /likely drive something: .*\*Uses a warehouse\* \(expansion\)/);
    assert.ok(findings.judged.every(({ label }) => all.includes(label)));
  });

  it('keeps what came from a CRM in figures of its own', () => {
    const odd: CauseFindings = {
      ...findings,
      judged: findings.judged.map((of) => ({ ...of, label: '<!channel> {{raw}}' })),
    };
    const { text, card, figures } = causalReport(odd, { about: 'tech_warehouse' });
    assert.ok(!JSON.stringify([text, card.sections]).includes('<!channel>'));
    assert.equal(figures.find(({ key }) => key === 'name')?.unit, 'text');
  });

  it('says what it does not know', () => {
    assert.match(written(findings, { about: 'shoe size' }).text, /^No field or criterion is called shoe size/);
    const few = judgeCauses(customerSet(customerTable({ seed: 1, customers: 4 }), 1));
    assert.match(written(few).text, /I can't tell what drives anything yet/);
    assert.match(written({ ...few, judged: [] }, { about: 'x' }).text, /no field is known/);
  });
});

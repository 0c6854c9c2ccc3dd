import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reportMarkdown } from '../../src/cli/report-markdown.ts';

describe('a report as a Markdown document', () => {
  const hostile = '| a *b* _c_ `d` [e](f) <g> # h \\\n---\n## no heading';

  it('has its title, sections, tables and receipt, and nothing in a name means anything', () => {
    const document = reportMarkdown({
      ...{ receipt: 'r_0123456789ab', question: 'report', asOf: '2026-10-01T00:00:00.000Z' },
      text: '*Won*: {{won}} of {{name}}.',
      figures: [
        { key: 'won', label: 'Won', v: 0.5, unit: 'share', n: 8 },
        { key: 'name', label: 'Name', v: hostile, unit: 'text' },
      ],
      card: {
        ...{ kind: 'report', topic: 'models', title: 'Version 7', chart: null, choices: [], data: null },
        sections: [
          { heading: null, lines: ['first', '{{name}}'], table: null },
          { heading: 'Table', lines: [], table: { columns: ['A', 'B'], rows: [['{{won}}', '{{name}}']] } },
        ],
      },
    });
    const name = '\\| a \\*b\\* \\_c\\_ \\`d\\` \\[e\\](f) \\<g> \\# h \\\\ --- \\#\\# no heading';
    assert.equal(
      document,
      [
        '# Version 7',
        `**Won**: 50.0 % (n = 8) of ${name}.`,
        `- first\n- ${name}`,
        '## Table',
        `| A | B |\n| --- | --- |\n| 50.0 % (n = 8) | ${name} |`,
        '---',
        'As of 1 Oct 2026. Every figure here stands under the receipt `r_0123456789ab`: `lodestar receipt r_0123456789ab` works each out again.\n',
      ].join('\n\n'),
    );
  });
});

import type { Routing } from '../../engine/routing.ts';
import type { RoutingRule } from '../../icp/routing/routing-rules.ts';
import { createFigureSheet, type FigureSheet } from './figure-sheet.ts';
import type { Drawn } from './report.ts';

/** The rules by which leads are routed, each as it was and as it is. */
export function routingReport(routing: Routing): Drawn {
  const { version, beforeVersion, inForce, changes } = routing;
  const sheet = createFigureSheet();
  const moved = changes.filter(({ change }) => change !== 'same').length;
  const now = sheet.number('version', 'Version', version, 'count');
  const rules = sheet.number('rules', 'Rules', routing.rules.length, 'count');
  const different = sheet.number('changed', 'Rules that differ', moved, 'count');
  const before = beforeVersion === null ? null : sheet.number('before', 'Version before', beforeVersion, 'count');
  const stands = inForce ? `Version ${now} is in force` : `Version ${now} is not in force`;
  const beside =
    before === null
      ? 'none came before it'
      : `${different} of ${rules} rules ${inForce ? 'changed since' : 'would change from'} version ${before}`;
  return {
    text: `${stands}; ${beside}. A lead goes along the first rule that it meets.`,
    figures: sheet.figures,
    card: {
      title: 'How leads are routed',
      sections: [
        {
          heading: null,
          lines: [
            'Salesforce routes by the fields that are published; `lodestar export routing --out FILE` writes these rules for an administrator, to look at and to deploy.',
          ],
          table: {
            columns: ['Rule', 'was', inForce ? 'is' : 'would be', 'goes to'],
            rows: changes.map(({ label, change, before: old, now: rule }, nth) => [
              `${sheet.text(`rule${nth + 1}`, 'Rule', label)}${change === 'same' ? '' : ` (${change})`}`,
              saidOf(sheet, `rule${nth + 1}.was`, old),
              change === 'same' ? 'the same' : saidOf(sheet, `rule${nth + 1}.is`, rule),
              sheet.text(`rule${nth + 1}.queue`, 'Goes to', goesTo(old, rule)),
            ]),
          },
        },
      ],
      chart: null,
      choices: [{ label: 'Versions', question: 'models' }],
      data: routing,
    },
  };
}

function saidOf(sheet: FigureSheet, key: string, rule: RoutingRule | null): string {
  return rule === null ? 'no such rule' : sheet.text(key, rule.label, rule.when);
}

function goesTo(before: RoutingRule | null, now: RoutingRule | null): string {
  if (now === null) return 'nowhere';
  return before === null || before.queue === now.queue ? now.queue : `${now.queue} (was ${before.queue})`;
}

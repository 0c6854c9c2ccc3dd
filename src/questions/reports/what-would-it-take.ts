import type { WhatWouldItTake } from '../../icp/changes/what-would-it-take.ts';
import type { ScoreSupport } from '../../icp/score-support.ts';
import { scoreFigure } from '../score-figure.ts';
import { createFigureSheet } from './figure-sheet.ts';
import type { Drawn } from './report.ts';

const help =
  'What can be changed is the technologies and what is done with a customer, unless the setting facts.changeable names others.';

/** What would lift an account a tier, or that nothing that can be changed would. */
export function whatWouldItTakeReport(take: WhatWouldItTake, about: { name: string } & ScoreSupport): Drawn {
  const sheet = createFigureSheet();
  const name = sheet.text('name', 'Account', about.name);
  const score = sheet.figure(scoreFigure('score', 'Score', { ...about, score: take.score }));
  const tier = sheet.number('tier', 'Tier', take.tier, 'tier');
  const wanted = sheet.number('wanted', 'Wanted tier', take.wanted, 'tier');
  const reached = sheet.number('reached', 'Score with the changes', take.reached.score, 'points');
  const then = sheet.number('reachedTier', 'Tier with the changes', take.reached.tier, 'tier');
  const count = sheet.number('changeable', 'Facts that could be changed for the better', take.changeable, 'count');
  const changes = take.changes ?? [];
  for (const [nth, { from, to, points }] of changes.entries()) {
    sheet.text(`change${nth}.from`, 'From', from);
    sheet.text(`change${nth}.to`, 'To', to);
    sheet.number(`change${nth}.points`, `Points of: ${to}`, points, 'points');
  }
  const listed = changes.map((_, nth) => `{{change${nth}.to}} instead of {{change${nth}.from}}`).join(', ');
  return {
    text: textOf(),
    figures: sheet.figures,
    card: {
      title: 'What it would take',
      sections: [
        {
          heading: 'Changes',
          lines:
            changes.length === 0 || take.smallest
              ? []
              : ['There were too many facts to try every set: this one is small, and there may be a smaller.'],
          table:
            changes.length === 0
              ? null
              : {
                  columns: ['From', 'To', 'Points'],
                  rows: changes.map((_, nth) => ['from', 'to', 'points'].map((part) => `{{change${nth}.${part}}}`)),
                },
        },
        {
          heading: null,
          lines: [help, 'That a fact gives points does not say that changing it brings the outcome.'],
          table: null,
        },
      ].filter(({ lines, table }) => lines.length > 0 || table !== null),
      chart: null,
      choices: [],
      data: { ...take, evidence: about.evidence, range: about.range },
    },
  };

  function textOf(): string {
    const standing = `it is ${tier} with ${score}`;
    if (take.changes === null) {
      const most =
        take.changeable === 0
          ? 'no fact that could be changed would help'
          : `with all of ${count} facts that could be changed it would come to ${reached}`;
      return take.smallest
        ? `Nothing that can be changed makes *${name}* ${wanted}: ${standing}, and ${most}.`
        : `I cannot tell what makes *${name}* ${wanted}: ${standing}, there are too many facts to try them all, and ${most}.`;
    }
    if (changes.length === 0) return `*${name}* needs nothing to be ${wanted}: ${standing}.`;
    return `*${name}* is ${tier} with ${score}. It would be ${then} with ${reached} given ${listed}.`;
  }
}

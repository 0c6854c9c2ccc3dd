import { acknowledgeLapse, pauseInWords } from '../../engine/governance/publication-paused.ts';
import { actingFor, asFlag } from '../acting.ts';
import type { Command } from '../command.ts';
import { bookFlag, bookOption } from '../reading.ts';
import { printAnswer } from './reports.ts';

export const governance: Command = {
  name: 'governance',
  args: [{ syntax: '[tier]', description: 'only what happens at a tier: "tier 2"' }],
  options: [
    { flags: '--acknowledge <reason>', description: 'answers for a missed calibration, so that publication goes on' },
    asFlag,
    bookFlag,
  ],
  async run(lodestar, asked) {
    const { out, args, options } = asked;
    if (typeof options.acknowledge === 'string') {
      const actor = await actingFor(lodestar.store, asked);
      const { lapsed, by } = await acknowledgeLapse(lodestar, { reason: options.acknowledge, actor });
      return out.answer(
        { acknowledged: lapsed.map(({ book, against }) => ({ book, against })), by },
        `Acknowledged by ${by}; publication goes on until the next calibration is missed. It had been that ${pauseInWords(lapsed).replace(/;[^;]*$/, '')}.`,
      );
    }
    const [about] = args;
    const wanted = { ...bookOption(options), ...(about === undefined ? {} : { about }) };
    printAnswer(asked, await lodestar.questions.report('governance', wanted));
  },
};

import { renameSegment } from '../../engine/rename-segment.ts';
import { bookOf, currentPin } from '../../questions/pin.ts';
import type { Command } from '../command.ts';
import { bookFlag, bookOption } from '../reading.ts';

export const rename: Command = {
  name: 'rename',
  args: [
    { syntax: '<segment>', description: 'its id, or its name as it stands' },
    { syntax: '<name>', description: 'what it is to be called' },
  ],
  options: [bookFlag],
  async run(lodestar, { out, args: [segment = '', name = ''], options, operator }) {
    const pin = await currentPin(lodestar.store, await bookOf(lodestar.store, bookOption(options).book));
    const at = { book: pin.book.name, importId: pin.importId, asOf: pin.asOf };
    const by = `via command line by ${operator}`;
    const renamed = await renameSegment(lodestar, { ...at, segment, name, by });
    out.answer(renamed, `${renamed.before} is called ${renamed.name} now.`);
  },
};

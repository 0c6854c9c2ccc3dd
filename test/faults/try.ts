import { publishedBook } from '../support/published-book.ts';
import { publishFaults } from './fault-cases.ts';
import { publishUnder } from './publish-faults.ts';
import { publishItself } from './templates.ts';

const book = await publishedBook({ accounts: 260, leads: 40, contacts: 20 });
await publishItself(book.store, 0);
for (const one of publishFaults) {
  const t = performance.now();
  try {
    const { ended, report, ...seen } = await publishUnder(book, one);
    console.log(JSON.stringify(seen), Math.round(performance.now() - t));
  } catch (error) {
    console.log(
      'FAILED',
      one.name,
      error instanceof Error ? error.message.slice(0, 700) : error,
      Math.round(performance.now() - t),
    );
  }
}
process.exit();

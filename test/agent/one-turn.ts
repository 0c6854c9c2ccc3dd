import { join } from 'node:path';
import { createConversation } from '../../src/agent/create-conversation.ts';
import { loadPrompts } from '../../src/agent/prompts.ts';
import { inMemoryThreads } from '../../src/agent/threads.ts';
import { tools } from '../../tools/index.ts';
import { dana, fakeQuestions } from './fake-questions.ts';

// One turn in a process of its own, against the double at API: for the test that nothing else is spoken to.
const conversation = createConversation({
  questions: fakeQuestions(),
  tools,
  threads: inMemoryThreads(),
  prompts: loadPrompts(join(import.meta.dirname, '../../prompts')),
  languageModel: { kind: 'anthropic', apiKey: 'k', baseUrl: process.env.API, model: 'claude-sonnet-5-5' },
  log: {
    info: () => undefined,
    warn: (details, message) => process.stderr.write(`${message} ${JSON.stringify(details)}\n`),
  },
  now: () => Date.now(),
});
const turn = await conversation.turn({ question: 'why is Acme tier 1', asker: dana, threadKey: 't' });
// Time for whatever would be sent in the background.
await new Promise((resolve) => setTimeout(resolve, 500));
process.stdout.write(`${turn.mode}: ${turn.text}\n`);

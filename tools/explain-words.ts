import { z } from 'zod';
import { defineTool } from '../src/agent/define-tool.ts';
import { UsageError } from '../src/errors.ts';
import { roles } from '../src/icp/types.ts';

const schema = z.object({
  word: z
    .string()
    .min(1)
    .max(60)
    .describe('The word to explain, as the vocabulary writes it, such as "ICP", "detractor" or "evidence grade".'),
});

/** What a word of the house means. */
export const explainWords = defineTool({
  name: 'explain_words',
  title: 'Explain a word',
  description:
    'Returns what a word means here: ICP, tier, lever, detractor, evidence grade, layer and so on. Use it when somebody asks for a ' +
    'definition, not for the value that an account has.',
  access: 'read',
  roles,
  status: 'is looking up the word',
  schema,
  async run({ vocabulary }, { word }) {
    const plain = (text: string): string =>
      text
        .toLowerCase()
        .replace(/[^a-z]+/g, ' ')
        .trim();
    const wanted = plain(word);
    const found = [...vocabulary].find(([known]) => plain(known) === wanted || `${plain(known)}s` === wanted);
    if (!found) throw new UsageError(`a word of the vocabulary is needed; it has ${[...vocabulary.keys()].join(', ')}`);
    const [known, meaning] = found;
    const text = `*${known}*: ${meaning}`;
    return { text, data: { word: known, meaning }, card: { kind: 'notice', title: known, text: meaning, choices: [] } };
  },
});

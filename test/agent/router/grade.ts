import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPrompts } from '../../../src/agent/prompts.ts';
import { route } from '../../../src/agent/router/route.ts';
import { emptyThread } from '../../../src/agent/threads.ts';
import { dana, fakeQuestions } from '../fake-questions.ts';

interface Paraphrase {
  question: string;
  expect: string;
  slots: Readonly<Record<string, unknown>>;
}

export interface Graded {
  question: string;
  expected: string;
  got: string;
  /** `right`: the tool with its details, or asked back where that was wanted. `asked back`: abstained. Else `wrong`. */
  verdict: 'right' | 'wrong' | 'asked back';
}

/** Routes every question of a file and grades tool and details alike: the right tool on the wrong account is wrong. */
export async function grade(file: string): Promise<readonly Graded[]> {
  const questions = fakeQuestions();
  const { vocabulary } = loadPrompts(join(import.meta.dirname, '../../../prompts'));
  const paraphrases: readonly Paraphrase[] = JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8'));
  const names = new Map<string, string>();
  for (const ref of await Promise.all(
    Array.from({ length: 12 }, (_, i) => questions.suggest(`00100${String(i + 1).padStart(2, '0')}`, 1)),
  )) {
    if (ref[0]) names.set(ref[0].id, ref[0].name);
  }
  return Promise.all(
    paraphrases.map(async ({ question, expect, slots }) => {
      const routed = await route(
        { suggest: questions.suggest, vocabulary },
        { question, asker: dana, state: emptyThread },
      );
      if (routed.kind === 'ask back') {
        return {
          question,
          expected: expect,
          got: routed.reason,
          verdict: expect === 'ask back' ? 'right' : 'asked back',
        };
      }
      const { book: _, ...args } = routed.args;
      const got = Object.fromEntries(
        Object.entries(args).map(([key, value]) => [
          key,
          typeof value === 'string' ? (names.get(value) ?? value) : value,
        ]),
      );
      const same = routed.tool === expect && JSON.stringify(sorted(got)) === JSON.stringify(sorted(slots));
      return {
        question,
        expected: `${expect} ${JSON.stringify(slots)}`,
        got: `${routed.tool} ${JSON.stringify(got)}`,
        verdict: same ? 'right' : 'wrong',
      };
    }),
  );
}

const sorted = (record: Readonly<Record<string, unknown>>): unknown =>
  Object.entries(record).sort(([a], [b]) => a.localeCompare(b));

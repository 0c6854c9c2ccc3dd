import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPrompts } from '../../../src/agent/prompts.ts';
import { type Route, route } from '../../../src/agent/router/route.ts';
import { emptyThread } from '../../../src/agent/threads.ts';
import { dana, fakeQuestions } from '../fake-questions.ts';

interface Paraphrase {
  question: string;
  /** A tool, or `ask back`, or more precisely `not yet` (a later feature) or `refuse` (a change, or not our business). */
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

/** Accounts whose names are made of ordinary words stand in every set: they must mislead neither there nor elsewhere. */
const awkward = [
  ['0010013', 'Compare Logic', 'comparelogic.example', 58.2, 2, 'tom@ours.example'],
  ['0010014', 'Data History Ltd', 'datahistory.example', 35.7, 3, 'tom@ours.example'],
  ['0010015', 'Tier One Foods', 'tieronefoods.example', 51.9, 2, 'dana@ours.example'],
  ['0010016', 'Weight Watch Clinics', 'weightwatch.example', 40.1, 2, 'dana@ours.example'],
  ['0010017', 'Score Media GmbH', 'scoremedia.example', 66.3, 1, 'tom@ours.example'],
  ['0010018', 'Maison Dupré', 'maisondupre.example', 70.2, 1, 'dana@ours.example'],
  ['0010019', 'Summit Customer Care', 'summitcare.example', 49.4, 2, 'tom@ours.example'],
] as const;

/** Routes every question of a file and grades tool and details alike: the right tool on the wrong account is wrong. */
export async function grade(file: string): Promise<readonly Graded[]> {
  const questions = fakeQuestions(awkward);
  const { vocabulary } = loadPrompts(join(import.meta.dirname, '../../../prompts'));
  const paraphrases: readonly Paraphrase[] = JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8'));
  const names = new Map<string, string>();
  for (let i = 1; i <= 12 + awkward.length; i++) {
    const [ref] = await questions.suggest(`00100${String(i).padStart(2, '0')}`, 1);
    if (ref) names.set(ref.id, ref.name);
  }
  return Promise.all(
    paraphrases.map(async ({ question, expect, slots }): Promise<Graded> => {
      const input = { question, asker: dana, state: emptyThread };
      const routed = await route({ suggest: questions.suggest, vocabulary }, input);
      if (routed.kind === 'ask back') {
        const verdict = answersTo(routed.reason, expect) ? 'right' : 'asked back';
        return { question, expected: expect, got: routed.reason, verdict };
      }
      const { book: _, ...args } = routed.args;
      const named = Object.fromEntries(
        Object.entries(args).map(([key, value]) => [key, names.get(String(value)) ?? value]),
      );
      const same = routed.tool === expect && plain(named) === plain(slots);
      const [expected, got] = [`${expect} ${plain(slots)}`, `${routed.tool} ${plain(named)}`];
      return { question, expected, got, verdict: same ? 'right' : 'wrong' };
    }),
  );
}

/** Where the set says why the question is not answered, only that reason is right. */
function answersTo(reason: Extract<Route, { kind: 'ask back' }>['reason'], expected: string): boolean {
  if (expected === 'refuse') return reason === 'decision' || reason === 'not ours';
  return expected === 'ask back' || expected === reason;
}

/** Details in one spelling. A list is best first unless it says otherwise, so saying so is no difference. */
function plain(record: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(record).filter(([key, value]) => !(key === 'order' && value === 'best'));
  return JSON.stringify(entries.sort(([a], [b]) => a.localeCompare(b)));
}

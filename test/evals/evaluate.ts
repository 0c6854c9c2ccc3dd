import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Conversation, Turn } from '../../src/agent/conversation.ts';
import { createConversation, type LanguageModel } from '../../src/agent/create-conversation.ts';
import { loadPrompts } from '../../src/agent/prompts.ts';
import { inMemoryThreads } from '../../src/agent/threads.ts';
import type { Questions } from '../../src/questions/types.ts';
import { tools } from '../../tools/index.ts';
import { dana, fakeQuestions } from '../agent/fake-questions.ts';

const caseSchema = z.strictObject({
  id: z.string(),
  group: z.string(),
  question: z.string(),
  /** Questions asked in the thread before. */
  thread: z.array(z.string()).default([]),
  /** Tools that must be called, with at least these arguments; accounts by name. */
  tools: z.array(z.object({ name: z.string(), args: z.record(z.string(), z.unknown()) })).default([]),
  /** Figures that must be shown: account, and key of `explain`. The values come from the read side, at run time. */
  figures: z.array(z.tuple([z.string(), z.string()])).default([]),
  refused: z.boolean().default(false),
  noTools: z.boolean().default(false),
  /** Must ask back, with choices or a question. */
  asks: z.boolean().default(false),
  /** Only judged in this mode. */
  needs: z.enum(['language model', 'template']).optional(),
});

export type EvalCase = z.infer<typeof caseSchema>;

export interface Evaluated {
  id: string;
  group: string;
  question: string;
  faults: readonly string[];
  text: string;
  mode: Turn['mode'];
}

/** The cases of `cases.jsonl` that are judged in a mode. */
export function evalCases(mode: Turn['mode']): readonly EvalCase[] {
  const lines = readFileSync(join(import.meta.dirname, 'cases.jsonl'), 'utf8')
    .trim()
    .split('\n');
  return lines
    .map((line) => caseSchema.parse(JSON.parse(line)))
    .filter(({ needs }) => needs === undefined || needs === mode);
}

/** Asks one case in a thread of its own and says what is wrong with the turn. */
export async function evaluate(one: EvalCase, languageModel: LanguageModel): Promise<Evaluated> {
  const questions = fakeQuestions();
  const conversation = createConversation({
    questions,
    tools,
    threads: inMemoryThreads(),
    prompts: loadPrompts(join(import.meta.dirname, '../../prompts')),
    languageModel,
    log: { info: () => undefined, warn: () => undefined },
    now: () => Date.UTC(2026, 9, 1),
  });
  for (const question of one.thread) await say(conversation, question);
  const turn = await say(conversation, one.question);
  const faults = [
    ...(await toolFaults(one, turn, questions)),
    ...(await figureFaults(one, turn, questions)),
    ...wordFaults(one, turn),
  ];
  return { id: one.id, group: one.group, question: one.question, faults, text: turn.text, mode: turn.mode };
}

const say = (conversation: Conversation, question: string): Promise<Turn> =>
  conversation.turn({ question, asker: dana, threadKey: 'eval' });

async function toolFaults({ tools: expected, noTools }: EvalCase, turn: Turn, questions: Questions): Promise<string[]> {
  if (noTools && turn.tools.length > 0) return [`called ${turn.tools.map((call) => call.name).join(', ')}`];
  const calls = await Promise.all(
    turn.tools.map(async ({ name, args }) => ({ name, args: await withNames(args, questions) })),
  );
  return expected
    .filter(
      ({ name, args }) =>
        !calls.some(
          (call) => call.name === name && Object.entries(args).every(([key, value]) => same(call.args[key], value)),
        ),
    )
    .map(({ name, args }) => `did not call ${name} ${JSON.stringify(args)}, but ${JSON.stringify(calls)}`);
}

const same = (got: unknown, wanted: unknown): boolean =>
  JSON.stringify(got)?.toLowerCase() === JSON.stringify(wanted)?.toLowerCase();

/** Arguments with accounts by their full name, however they were referred to. */
async function withNames(args: unknown, questions: Questions): Promise<Record<string, unknown>> {
  const named: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(args ?? {})) {
    const account = ['account', 'left', 'right'].includes(key) ? await questions.suggest(String(value), 1) : [];
    named[key] = account[0]?.name ?? value;
  }
  return named;
}

async function figureFaults({ figures }: EvalCase, turn: Turn, questions: Questions): Promise<string[]> {
  const faults: string[] = [];
  for (const [account, key] of figures) {
    const wanted = (await questions.explain(account)).figures.find((figure) => figure.key === key)?.v;
    if (!turn.figures.some((figure) => figure.v === wanted)) faults.push(`did not show the ${key} of ${account}`);
  }
  return faults;
}

function wordFaults({ refused, asks, tools: expected }: EvalCase, turn: Turn): string[] {
  const faults: string[] = [];
  const refusedInWords =
    turn.mode === 'language model' && /\b(?:cannot|can't|do not|don't|not answered|not able)\b/i.test(turn.text);
  if (refused && turn.refused === null && !refusedInWords) faults.push('did not refuse');
  if (!refused && expected.length > 0 && turn.refused !== null) faults.push(`refused: ${turn.refused}`);
  if (asks && turn.choices.length === 0 && !turn.text.includes('?')) faults.push('did not ask back');
  if (/https?:|<[@#!]|\{\{|@channel/i.test(turn.text)) faults.push('shows a link, a mention or a gap');
  if (turn.text.trim() === '') faults.push('says nothing');
  return faults;
}

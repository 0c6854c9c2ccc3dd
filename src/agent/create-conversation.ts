import type { Questions } from '../questions/types.ts';
import type { Conversation } from './conversation.ts';
import type { Tool } from './define-tool.ts';
import { type Ledger, openLedger, referencesOf } from './figures.ts';
import type { Prompts } from './prompts.ts';
import type { Route } from './router/route.ts';
import { routeQuestion, type Said, sayError, templateTurn } from './template-turn.ts';
import { emptyThread, rememberedTurns, type ThreadState, type ThreadStore } from './threads.ts';
import { createToolRunner, type Log, presentable, subjectOf, type ToolRunner } from './tool-runner.ts';

export type LanguageModel =
  | { kind: 'anthropic'; apiKey: string; baseUrl?: string | undefined; model: string }
  | { kind: 'none' };

/** How long one turn may take, in milliseconds, before the template answers instead. */
const hardStopMs = 25_000;

export interface ConversationDeps {
  questions: Questions;
  /** Handed in by the composition root: this floor knows tools by their shape. */
  tools: readonly Tool[];
  threads: ThreadStore;
  prompts: Prompts;
  languageModel: LanguageModel;
  log: Log;
  now: () => number;
  /** Milliseconds before the template answers instead of the language model; 25,000 unless a test is in a hurry. */
  hardStopMs?: number;
}

/**
 * The conversation. With a language model it writes words around figures that tools return; without one, and whenever the
 * language model fails, is slow or types a number of its own, the template of the same figures answers.
 */
export function createConversation(deps: ConversationDeps): Conversation {
  const { questions, threads, prompts, languageModel, log, now } = deps;
  const inTurn = oneAtATime();

  return {
    turn: (input) =>
      inTurn(input.threadKey, async () => {
        const { question, asker, threadKey, signal } = input;
        signal?.throwIfAborted();
        const state = await loaded(threadKey);
        const ledger = openLedger(
          state.turns.flatMap((turn) => turn.figures),
          state.results,
        );
        const { vocabulary } = prompts;
        const runner = createToolRunner({ ...deps, ...input, signal, vocabulary, ledger });
        try {
          const routed = await routeQuestion({ questions, vocabulary }, { question, asker, state });
          const said = await speak(deps, languageModel, { ...input, state, routed, runner, ledger });
          const figures = referencesOf(said.raw).flatMap((reference) => ledger.get(reference) ?? []);
          await saved(threadKey, remember(state, { question, answer: said.raw, figures }, runner, ledger.count()));
          return said.turn;
        } catch (error) {
          signal?.throwIfAborted();
          return sayError(presentable(error, log, now()), runner).turn;
        }
      }),
    note: (threadKey, answer) =>
      inTurn(threadKey, async () => {
        const { account, listed } = subjectOf(answer.card);
        const state = await loaded(threadKey);
        await saved(threadKey, { ...state, account: account ?? state.account, listed: listed ?? state.listed });
      }),
  };

  async function loaded(threadKey: string): Promise<ThreadState> {
    try {
      return await threads.load(threadKey);
    } catch (error) {
      log.warn({ err: error, threadKey }, 'a thread could not be loaded; it is treated as new');
      return emptyThread;
    }
  }

  async function saved(threadKey: string, state: ThreadState): Promise<void> {
    try {
      await threads.save(threadKey, state);
    } catch (error) {
      log.warn({ err: error, threadKey }, 'a thread could not be saved; its next question will not know this one');
    }
  }
}

async function speak(
  deps: ConversationDeps,
  languageModel: LanguageModel,
  input: Parameters<Conversation['turn']>[0] & {
    state: ThreadState;
    routed: Route;
    runner: ToolRunner;
    ledger: Ledger;
  },
): Promise<Said> {
  if (languageModel.kind === 'none') return templateTurn(input.routed, input.runner, input.ledger);
  // langchain takes half a second and a hundred megabytes: only those who have a key pay for it.
  const { languageModelTurn } = await import('./language-model-turn.ts');
  return languageModelTurn({ ...deps, languageModel, hardStopMs: deps.hardStopMs ?? hardStopMs }, input);
}

/** The thread after one more turn. */
function remember(
  state: ThreadState,
  turn: ThreadState['turns'][number],
  runner: ToolRunner,
  results: number,
): ThreadState {
  let { account, listed, last } = state;
  for (const { tool, args, result } of runner.results) {
    const subject = subjectOf(result.answer?.card);
    account = subject.account ?? account;
    listed = subject.listed ?? listed;
    last = { tool, args: Object.fromEntries(Object.entries(args ?? {})) };
  }
  return { turns: [...state.turns, turn].slice(-rememberedTurns), account, listed, last, results };
}

/** Turns of one thread wait for each other: two messages at once must not forget one of them. */
function oneAtATime(): <Result>(key: string, work: () => Promise<Result>) => Promise<Result> {
  const waiting = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const next = (waiting.get(key) ?? Promise.resolve()).then(work, work);
    const settled = next.then(
      () => undefined,
      () => undefined,
    );
    waiting.set(key, settled);
    void settled.then(() => waiting.get(key) === settled && waiting.delete(key));
    return next;
  };
}

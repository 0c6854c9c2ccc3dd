import { IcpError } from '../errors.ts';
import type { Person } from '../icp/types.ts';
import type { Card, Questions } from '../questions/types.ts';
import type { Turn } from './conversation.ts';
import { defuse } from './crm-text.ts';
import { keysOf, type Ledger, showFigures, withReferences } from './figures.ts';
import { type Choice, type Route, route } from './router/route.ts';
import type { ThreadState } from './threads.ts';
import { choicesOf, type NumberedResult, type ToolRunner } from './tool-runner.ts';

/** What a turn says, before it is noted in the thread. `raw` still names its figures. */
export interface Said {
  turn: Turn;
  raw: string;
}

/** The route of a question. @throws {IcpError} when the accounts cannot be looked up */
export async function routeQuestion(
  deps: { questions: Pick<Questions, 'suggest'>; vocabulary: ReadonlyMap<string, string> },
  input: { question: string; asker: Person; state: ThreadState },
): Promise<Route> {
  return route({ suggest: deps.questions.suggest.bind(deps.questions), vocabulary: deps.vocabulary }, input);
}

/** Answers without a language model: the tool that the router found, in the words of its template. */
export async function templateTurn(routed: Route, runner: ToolRunner, ledger: Ledger): Promise<Said> {
  if (routed.kind === 'ask back') return askBack(routed, runner);
  try {
    return sayResult(await runner.run(routed.tool, routed.args), runner, ledger);
  } catch (error) {
    return sayError(error, runner);
  }
}

/** A result in the words of its template. */
export function sayResult({ id, result }: NumberedResult, runner: ToolRunner, ledger: Ledger): Said {
  const raw = withReferences(result.answer?.text ?? result.text, id, keysOf(result));
  const { text, figures } = showFigures(raw, ledger);
  const turn = {
    text: defuse(text),
    cards: runner.cards(),
    figures,
    tools: runner.calls,
    mode: 'template',
    refused: null,
    choices: [],
  } as const;
  return { raw, turn };
}

/** An error as a person may read it, with the nearest accounts where a name was not found. */
export function sayError(error: unknown, runner: ToolRunner): Said {
  if (!(error instanceof IcpError)) throw error;
  const choices = choicesOf(error);
  const refused = error.code === 'forbidden' ? error.message : null;
  return notice(
    choices.length > 0 ? 'Which account?' : 'No answer',
    sentenceOf(error.message),
    choices,
    refused,
    runner,
  );
}

function askBack({ reason, text, choices }: Extract<Route, { kind: 'ask back' }>, runner: ToolRunner): Said {
  const titles = { unsure: 'Did you mean', ambiguous: 'Which account?', 'unknown account': 'Which account?' } as const;
  const title =
    reason === 'decision' || reason === 'not ours'
      ? 'Not from a message'
      : reason === 'not yet'
        ? 'Not answered yet'
        : titles[reason];
  const refused = reason === 'decision' || reason === 'not yet' || reason === 'not ours' ? text : null;
  return notice(title, text, choices, refused, runner);
}

function notice(
  title: string,
  words: string,
  choices: readonly Choice[],
  refused: string | null,
  runner: ToolRunner,
): Said {
  const text = defuse(
    words
      .replace(/&(?!amp;|lt;|gt;)/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;'),
  );
  const card: Card = { kind: 'notice', title, text, choices };
  const cards = [...runner.cards(), card];
  return {
    raw: text.replace(/[{}]/g, ''),
    turn: { text, cards, figures: [], tools: runner.calls, mode: 'template', refused, choices },
  };
}

/** An error's message as a sentence. */
function sentenceOf(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}${/[.?!]$/.test(message) ? '' : '.'}`;
}

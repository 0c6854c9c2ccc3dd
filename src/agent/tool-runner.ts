import { AccountNotFoundError, IcpError, UsageError } from '../errors.ts';
import type { Person } from '../icp/types.ts';
import type { AccountRef, Answer, Card, Questions } from '../questions/types.ts';
import { type Evidence, evidenceOf } from './check-prose.ts';
import { quoteCrmText } from './crm-text.ts';
import type { Tool, ToolResult } from './define-tool.ts';
import type { Ledger } from './figures.ts';

/** Where things are noted for the operator; a pino logger fits. */
export interface Log {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}

/** A result under the id that its figures have in this conversation. */
export interface NumberedResult {
  id: string;
  tool: string;
  args: unknown;
  result: ToolResult;
}

/** Runs the tools of one turn, and keeps what they were asked and what they gave. */
export interface ToolRunner {
  /**
   * @throws {IcpError} with a sentence for the person; what went wrong inside goes to the log under a reference
   */
  run(name: string, args: unknown): Promise<NumberedResult>;
  readonly results: readonly NumberedResult[];
  readonly calls: readonly { name: string; args: unknown; ms: number }[];
  /** The nearest accounts, where a tool did not find the one it was asked for. */
  readonly choices: readonly { label: string; question: string }[];
  cards(): readonly Card[];
  /** Names and dates that prose may repeat as they stand. */
  evidence(): Evidence;
}

export interface ToolRunnerDeps {
  tools: readonly Tool[];
  questions: Questions;
  vocabulary: ReadonlyMap<string, string>;
  ledger: Ledger;
  asker: Person;
  signal: AbortSignal | undefined;
  log: Log;
  now: () => number;
  onStatus?: ((status: string) => void) | undefined;
  onCard?: ((answer: Answer) => Promise<void>) | undefined;
}

/** The one place where tools run, with or without a language model: the person's role is checked here. */
export function createToolRunner(deps: ToolRunnerDeps): ToolRunner {
  const { tools, ledger, asker, signal, log, now } = deps;
  const results: NumberedResult[] = [];
  const calls: { name: string; args: unknown; ms: number }[] = [];
  const choices: { label: string; question: string }[] = [];
  return {
    results,
    calls,
    choices,
    cards: () => distinctCards(results),
    evidence: () => evidenceOf(results.map(({ result }) => [result.data, result.answer?.card])),
    async run(name, args) {
      const tool = tools.find((one) => one.name === name);
      if (!tool)
        throw new UsageError(`there is no tool called ${name}; there are ${tools.map((one) => one.name).join(', ')}`);
      if (!tool.roles.includes(asker.role)) {
        throw new IcpError(
          'forbidden',
          `${tool.title.toLowerCase()} is not open to the role ${asker.role}; ask ${tool.roles.join(' or ')}`,
        );
      }
      signal?.throwIfAborted();
      deps.onStatus?.(tool.status);
      const from = now();
      try {
        const context = { ...deps, figure: ledger.get, quote: quoteCrmText };
        const result = await tool.run(context, args);
        const numbered = { id: ledger.add(result), tool: name, args, result };
        const again = results.some((one) => sameCard(one.result, result));
        results.push(numbered);
        if (result.answer && !again) await deps.onCard?.(result.answer);
        return numbered;
      } catch (error) {
        signal?.throwIfAborted();
        choices.splice(0, choices.length, ...choicesOf(error));
        throw presentable(error, name, log, now());
      } finally {
        calls.push({ name, args, ms: Math.max(0, Math.round(now() - from)) });
      }
    },
  };
}

/** What a person may read of an error; anything that is not ours stays in the log. */
function presentable(error: unknown, tool: string, log: Log, at: number): IcpError {
  if (error instanceof IcpError) return error;
  const reference = `E${Math.floor(at).toString(36).slice(-6)}`;
  log.warn({ err: error, tool, reference }, 'a tool failed');
  return new IcpError('tool_failed', `this could not be answered just now; tell the operator ${reference}`, {
    cause: error,
  });
}

const sameCard = (left: ToolResult, right: ToolResult): boolean =>
  left.answer !== undefined && JSON.stringify(left.answer.card) === JSON.stringify(right.answer?.card);

function distinctCards(results: readonly NumberedResult[]): readonly Card[] {
  const cards = results.flatMap(({ result }) => result.answer?.card ?? result.card ?? []);
  const seen = new Set<string>();
  return cards.filter((card) => {
    const key = JSON.stringify(card);
    return seen.has(key) ? false : seen.add(key);
  });
}

/** The account and the list that a card is about, for the next question of the thread. */
export function subjectOf(card: Card | undefined): { account?: AccountRef; listed?: readonly AccountRef[] } {
  const ref = ({ book, id, name, domain }: AccountRef): AccountRef => ({ book, id, name, domain });
  switch (card?.kind) {
    case 'score':
      return { account: ref(card.explanation.account) };
    case 'compare':
      return { account: ref(card.left.account) };
    case 'history':
      return { account: ref(card.account) };
    case 'list':
      return { listed: card.rows.slice(0, 20).map(ref) };
    default:
      return {};
  }
}

/** The nearest accounts of an error that has some, as questions to press. */
export function choicesOf(error: unknown): readonly { label: string; question: string }[] {
  if (!(error instanceof AccountNotFoundError)) return [];
  return error.candidates.slice(0, 3).map(({ id, name }) => ({ label: name, question: `why ${id}` }));
}

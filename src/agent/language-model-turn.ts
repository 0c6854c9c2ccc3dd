import { AIMessage, type BaseMessage, HumanMessage, SystemMessage } from '@langchain/core/messages';
import type { Person } from '../icp/types.ts';
import { createAgentLoop } from './agent-loop.ts';
import { checkProse } from './check-prose.ts';
import { checkSubjects } from './check-subject.ts';
import type { ConversationDeps, LanguageModel } from './create-conversation.ts';
import { defuse, visibleText } from './crm-text.ts';
import { toolsFor } from './define-tool.ts';
import { type Ledger, showFigures } from './figures.ts';
import { AnthropicModel, isBusy } from './models/anthropic.ts';
import { noTracing } from './models/no-tracing.ts';
import { figureLine, resultForModel } from './result-for-model.ts';
import type { Route } from './router/route.ts';
import { type Said, sayResult, templateTurn } from './template-turn.ts';
import type { ThreadState } from './threads.ts';
import type { ToolRunner } from './tool-runner.ts';
import { declareTool } from './tool-schema.ts';

/** Calls of the language model that a repair may cost, beyond the prompt's own limit. */
const repairCalls = 2;
const longestAnswer = 2500;

interface Deps extends Pick<ConversationDeps, 'tools' | 'prompts' | 'log' | 'now'> {
  languageModel: Extract<LanguageModel, { kind: 'anthropic' }>;
  hardStopMs: number;
}

interface Input {
  question: string;
  asker: Person;
  signal?: AbortSignal;
  state: ThreadState;
  routed: Route;
  runner: ToolRunner;
  ledger: Ledger;
}

/**
 * One turn with the language model. Where the router is sure, its card comes first and its result is handed along, which
 * saves a call; then the agent speaks. What it says is checked against the figures that tools returned: one repair, and
 * then the template. Whatever fails on the way ends in the template too, with one sentence that says so.
 */
export async function languageModelTurn(deps: Deps, input: Input): Promise<Said> {
  const { runner, ledger, routed } = input;
  // Buttons that name the accounts, and a refusal to decide, are no matter of wording.
  if (routed.kind === 'ask back' && (routed.reason === 'ambiguous' || routed.reason === 'decision'))
    return templateTurn(routed, runner, ledger);
  noTracing();
  const hardStop = AbortSignal.timeout(deps.hardStopMs);
  const signal = input.signal ? AbortSignal.any([input.signal, hardStop]) : hardStop;
  try {
    const first = routed.kind === 'tool' ? await ahead(routed, runner) : null;
    const text = await groundedText(deps, input, first, signal);
    if (text !== null) return sayProse(text, runner, ledger);
    deps.log.warn(
      { question: visibleText(input.question) },
      'the language model wrote figures of its own twice; the template answered',
    );
    return await instead(input, null);
  } catch (error) {
    input.signal?.throwIfAborted();
    const busy = isBusy(error);
    deps.log.warn({ err: error, timedOut: hardStop.aborted, busy }, 'the language model failed; the template answered');
    const why = hardStop.aborted ? 'took too long' : busy ? 'is busy just now' : 'could not be reached';
    return await instead(input, `_The language model ${why}, so this is the answer in its plainest words._`);
  }
}

/** The result of a sure route, before the language model is asked; none where the tool refuses, which the agent may mend. */
async function ahead(routed: Extract<Route, { kind: 'tool' }>, runner: ToolRunner): Promise<string | null> {
  try {
    return resultForModel(await runner.run(routed.tool, routed.args));
  } catch {
    return null;
  }
}

/** Prose in which every figure has a receipt, or `null` when the repair failed as well. */
async function groundedText(
  deps: Deps,
  input: Input,
  first: string | null,
  signal: AbortSignal,
): Promise<string | null> {
  const { runner, asker } = input;
  const prompt = deps.prompts.load('assistant');
  const tools = toolsFor(deps.tools, asker.role).filter((tool) => prompt.tools.includes(tool.name));
  const { apiKey, baseUrl, model: name } = deps.languageModel;
  const timeoutMs = deps.hardStopMs;
  const model = new AnthropicModel({
    apiKey,
    baseUrl,
    model: name,
    tools: tools.map(declareTool),
    effort: 'low',
    maxTokens: 4000,
    timeoutMs,
  });
  const system = new SystemMessage({
    content: [
      { type: 'text', text: prompt.fixed({}), cache_control: { type: 'ephemeral' } },
      { type: 'text', text: prompt.changing(changingValues(deps, input)) },
    ],
  });
  const loop = createAgentLoop({ model, tools, system, runner, signal });
  const spoken = await loop.run(messagesOf(input, first), prompt.maxSteps);
  const complaints = complaintsOf(spoken.text, input);
  if (complaints.length === 0) return spoken.text;
  deps.log.info({ complaints }, 'the answer was sent back for repair');
  const repaired = await loop.run([...spoken.messages, new HumanMessage(repairRequest(complaints))], repairCalls);
  return complaintsOf(repaired.text, input).length === 0 ? repaired.text : null;
}

function complaintsOf(text: string, { runner, ledger, state }: Input): string[] {
  if (text === '') return ['the answer is empty'];
  const { names, dates } = runner.evidence();
  const spokenOf = [state.account?.name, ...state.listed.map((ref) => ref.name)].flatMap((name) => name ?? []);
  const spoken = new Set([...names, ...spokenOf.filter((name) => /\p{L}/u.test(name))]);
  const complaints = [
    ...checkProse(text, ledger, { names: spoken, dates }),
    ...checkSubjects(text, runner.results, ledger),
  ];
  return text.length > longestAnswer ? [...complaints, 'the answer is far too long; at most 120 words'] : complaints;
}

function repairRequest(complaints: readonly string[]): string {
  return [
    'Your answer was not shown. What is wrong with it:',
    ...complaints.slice(0, 12).map((complaint) => `- ${complaint}`),
    'Write the whole answer again, for the same person, without these faults and without mentioning them.',
  ].join('\n');
}

function messagesOf({ question, state }: Input, first: string | null): BaseMessage[] {
  const earlier = state.turns.flatMap((turn) => [
    new HumanMessage(visibleText(turn.question)),
    new AIMessage(turn.answer || 'no answer'),
  ]);
  const asked = visibleText(question).slice(0, 2000) || 'help';
  const text =
    first === null
      ? asked
      : `${asked}\n\n<result>\nAlready looked up, and its card is already shown:\n${first}\n</result>`;
  return [...earlier, new HumanMessage(text)];
}

function changingValues({ now }: Deps, { asker, state }: Input): Record<string, string> {
  const figures = state.turns.flatMap((turn) => turn.figures);
  const thread = [
    state.account ? `The account last spoken of is ${visibleText(state.account.name).replace(/[{}]/g, '')}.` : '',
    ...(figures.length > 0
      ? ['Figures of earlier turns that may still be named:', ...figures.slice(-30).map(figureLine)]
      : []),
  ];
  const clean = (text: string): string =>
    visibleText(text)
      .replace(/[{}<>]/g, '')
      .slice(0, 100);
  return {
    today: new Date(now()).toISOString().slice(0, 10),
    asker: clean(asker.name),
    role: asker.role,
    email: clean(asker.email),
    thread: thread.filter(Boolean).join('\n'),
  };
}

/** The checked prose with its figures in place. Slack's own signs are escaped: the prose is words, never markup that acts. */
function sayProse(raw: string, runner: ToolRunner, ledger: Ledger): Said {
  const plain = defuse(raw.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&'));
  const escaped = plain.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const { text, figures } = showFigures(escaped, ledger);
  const choices = runner.results.length === 0 ? runner.choices : [];
  return {
    raw: plain,
    turn: {
      text: defuse(text),
      cards: runner.cards(),
      figures,
      tools: runner.calls,
      mode: 'language model',
      refused: null,
      choices,
    },
  };
}

/** The template's answer: of what was looked up last, or of what the router makes of the question. */
async function instead({ routed, runner, ledger }: Input, note: string | null): Promise<Said> {
  const last = runner.results.findLast(({ result }) => result.answer) ?? runner.results.at(-1);
  const said = last ? sayResult(last, runner, ledger) : await templateTurn(routed, runner, ledger);
  return note === null ? said : { ...said, turn: { ...said.turn, text: `${said.turn.text}\n${note}` } };
}

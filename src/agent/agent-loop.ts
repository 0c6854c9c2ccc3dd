import { AIMessage, type BaseMessage, type SystemMessage, ToolMessage } from '@langchain/core/messages';
import { createAgent, createMiddleware, tool as langchainTool } from 'langchain';
import { IcpError } from '../errors.ts';
import type { Tool } from './define-tool.ts';
import type { AnthropicModel } from './models/anthropic.ts';
import { resultForModel } from './result-for-model.ts';
import type { ToolRunner } from './tool-runner.ts';

export interface AgentLoop {
  /** Runs until the language model answers in words. @throws when it fails, runs out of steps, or `signal` aborts */
  run(messages: readonly BaseMessage[], mostCalls: number): Promise<{ text: string; messages: readonly BaseMessage[] }>;
}

/**
 * langchain's agent around the tools that exist for the person who asks. What a tool throws reaches the language model as
 * a sentence of ours; never a message from below, never a stack.
 */
export function createAgentLoop({
  model,
  tools,
  system,
  runner,
  signal,
}: {
  model: AnthropicModel;
  tools: readonly Tool[];
  system: SystemMessage;
  runner: ToolRunner;
  signal: AbortSignal;
}): AgentLoop {
  const offered = tools.map(({ name, description, schema }) =>
    langchainTool(async (args: Readonly<Record<string, unknown>>) => resultForModel(await runner.run(name, args)), {
      name,
      description,
      schema,
    }),
  );
  let calls = 0;
  const guard = createMiddleware({
    name: 'lodestarGuard',
    // langchain's own limit is typed for zod 3 and does not pass a strict check; a counter is all there is to it.
    wrapModelCall: (request, handler) => {
      if (calls <= 0) throw new IcpError('step_limit', 'the language model ran out of steps before it answered');
      calls -= 1;
      return handler(request);
    },
    wrapToolCall: async (request, handler) => {
      const { id = '', name, args } = request.toolCall;
      try {
        const known = tools.find((tool) => tool.name === name);
        if (!known)
          throw new IcpError(
            'no_tool',
            `there is no tool called ${name}; use ${tools.map((tool) => tool.name).join(', ')}`,
          );
        const checked = known.schema.safeParse(args);
        if (!checked.success) {
          const issues = checked.error.issues.map(
            (issue) => `${issue.path.join('.') || 'arguments'}: ${issue.message}`,
          );
          throw new IcpError('usage', `${name} cannot run with these arguments (${issues.join('; ')}); correct them`);
        }
        return await handler(request);
      } catch (error) {
        signal.throwIfAborted();
        const content = sentenceFor(error);
        return new ToolMessage({ tool_call_id: id, name, content, status: 'error' });
      }
    },
  });
  return {
    async run(messages, mostCalls) {
      calls = mostCalls;
      const agent = createAgent({ model, tools: offered, systemPrompt: system, middleware: [guard] });
      const state = await agent.invoke({ messages: [...messages] }, { signal, recursionLimit: 60 });
      const last = state.messages.at(-1);
      if (!AIMessage.isInstance(last) || (last.tool_calls?.length ?? 0) > 0) {
        throw new IcpError('no_answer', 'the language model ended without an answer');
      }
      return { text: last.text.trim(), messages: state.messages };
    },
  };
}

/** The sentence inside an error that langchain may have wrapped. */
function sentenceFor(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof IcpError) return cause.message;
  return 'the tool could not answer just now; say so, or try another';
}

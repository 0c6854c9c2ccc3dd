import Anthropic from '@anthropic-ai/sdk';
import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager';
import type { BaseLanguageModelInput } from '@langchain/core/language_models/base';
import {
  BaseChatModel,
  type BaseChatModelCallOptions,
  type BindToolsInput,
} from '@langchain/core/language_models/chat_models';
import { AIMessage, type AIMessageChunk, type BaseMessage } from '@langchain/core/messages';
import type { ChatResult } from '@langchain/core/outputs';
import type { Runnable } from '@langchain/core/runnables';
import { IcpError } from '../../errors.ts';
import { toAnthropic } from './to-anthropic.ts';

/** A tool as the API is told of it. */
export interface DeclaredTool {
  name: string;
  description: string;
  input_schema: Anthropic.Tool.InputSchema;
}

interface CallOptions extends BaseChatModelCallOptions {
  offered?: readonly string[];
}

export interface AnthropicModelOptions {
  apiKey: string;
  baseUrl?: string | undefined;
  model: string;
  tools: readonly DeclaredTool[];
  /** How hard it thinks; low answers in seconds. */
  effort: 'low' | 'medium';
  /** Most tokens of one reply, thinking included. */
  maxTokens: number;
  /** Milliseconds before one request is given up. */
  timeoutMs: number;
}

/**
 * Claude for langchain's agent, over the official SDK: one API version, its retries and its errors, and a reply that is
 * whole or not there at all. A stream that breaks off, a reply cut short and a refusal throw; nothing partial gets out.
 *
 * No temperature (the API of 2026-10-21 refuses it) and no forced tool choice (the 5.5 models refuse it).
 */
export class AnthropicModel extends BaseChatModel<CallOptions> {
  readonly #client: Anthropic;
  readonly #options: AnthropicModelOptions;

  constructor(options: AnthropicModelOptions) {
    super({ maxRetries: 0 });
    const { apiKey, baseUrl, timeoutMs } = options;
    this.#options = options;
    this.#client = new Anthropic({
      apiKey,
      timeout: timeoutMs,
      maxRetries: 1,
      ...(baseUrl ? { baseURL: baseUrl } : {}),
    });
  }

  override _llmType(): string {
    return 'anthropic-messages';
  }

  override bindTools(tools: BindToolsInput[]): Runnable<BaseLanguageModelInput, AIMessageChunk, CallOptions> {
    return this.withConfig({
      offered: tools.flatMap((tool) => ('name' in tool && typeof tool.name === 'string' ? tool.name : [])),
    });
  }

  override async _generate(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    _run?: CallbackManagerForLLMRun,
  ): Promise<ChatResult> {
    const { model, tools, effort, maxTokens } = this.#options;
    const offered = tools.filter((tool) => options.offered?.includes(tool.name));
    const stream = this.#client.messages.stream(
      {
        model,
        max_tokens: maxTokens,
        output_config: { effort },
        ...toAnthropic(messages),
        ...(offered.length > 0 ? { tools: [...offered] } : {}),
      },
      options.signal ? { signal: options.signal } : {},
    );
    const reply = await stream.finalMessage();
    if (reply.stop_reason !== 'end_turn' && reply.stop_reason !== 'tool_use' && reply.stop_reason !== 'stop_sequence') {
      throw new IcpError(
        'reply_incomplete',
        `the language model stopped early (${reply.stop_reason ?? 'no reason given'})`,
      );
    }
    const text = reply.content.flatMap((block) => (block.type === 'text' ? block.text : [])).join('');
    const message = new AIMessage({
      content: text,
      tool_calls: reply.content.flatMap((block) =>
        block.type === 'tool_use'
          ? {
              id: block.id,
              name: block.name,
              args: Object.fromEntries(Object.entries(block.input ?? {})),
              type: 'tool_call' as const,
            }
          : [],
      ),
      additional_kwargs: {
        anthropicBlocks: reply.content.filter((block) => block.type !== 'text' || block.text !== ''),
      },
      response_metadata: { model: reply.model, stop_reason: reply.stop_reason, usage: reply.usage },
    });
    return { generations: [{ text, message }] };
  }
}

/** Whether it was the service that could not take the request just now, and not the request that was wrong. */
export function isBusy(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof Anthropic.RateLimitError || cause instanceof Anthropic.OverloadedError) return true;
    if (cause instanceof Anthropic.APIError && /overloaded_error|rate_limit_error/.test(cause.message)) return true;
  }
  return false;
}

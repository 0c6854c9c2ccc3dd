import type Anthropic from '@anthropic-ai/sdk';
import { AIMessage, type BaseMessage, SystemMessage, ToolMessage } from '@langchain/core/messages';
import { z } from 'zod';

type Block = Anthropic.ContentBlockParam;

const blocksSchema = z.array(z.looseObject({ type: z.string() }));

/**
 * langchain's messages as the Messages API wants them: system apart, user and assistant in turn, and every tool_use with
 * its tool_result right behind it. One that was never answered, because a run was cut off, gets a result that says so;
 * without it the API refuses the conversation for ever.
 */
export function toAnthropic(messages: readonly BaseMessage[]): {
  system: Anthropic.TextBlockParam[];
  messages: Anthropic.MessageParam[];
} {
  const system = messages.filter((message) => SystemMessage.isInstance(message)).flatMap(systemBlocks);
  const turns: { role: 'user' | 'assistant'; content: Block[] }[] = [];
  for (const message of messages) {
    if (SystemMessage.isInstance(message)) continue;
    const role = AIMessage.isInstance(message) ? 'assistant' : 'user';
    const content = blocksOf(message);
    const last = turns.at(-1);
    if (content.length === 0) continue;
    if (last?.role === role) last.content.push(...content);
    else turns.push({ role, content });
  }
  return { system, messages: healed(turns) };
}

function systemBlocks(message: BaseMessage): Anthropic.TextBlockParam[] {
  if (typeof message.content === 'string') return [{ type: 'text', text: message.content }];
  return message.content.flatMap((block) => {
    if (block.type !== 'text' || typeof block.text !== 'string' || block.text === '') return [];
    const cached = 'cache_control' in block ? { cache_control: { type: 'ephemeral', ttl: '1h' } as const } : {};
    return [{ type: 'text' as const, text: block.text, ...cached }];
  });
}

function blocksOf(message: BaseMessage): Block[] {
  if (ToolMessage.isInstance(message)) {
    const failed = message.status === 'error' ? { is_error: true } : {};
    return [
      { type: 'tool_result', tool_use_id: message.tool_call_id, content: message.text || 'no result', ...failed },
    ];
  }
  // What the API sent goes back as it was: thinking blocks carry a signature and must not be rebuilt.
  const sent = blocksSchema.safeParse(message.additional_kwargs.anthropicBlocks);
  if (sent.success) return sent.data as unknown as Block[];
  return message.text.trim() === '' ? [] : [{ type: 'text', text: message.text }];
}

function healed(turns: readonly { role: 'user' | 'assistant'; content: Block[] }[]): Anthropic.MessageParam[] {
  const result: { role: 'user' | 'assistant'; content: Block[] }[] = [];
  for (const [i, turn] of turns.entries()) {
    const asked = idsAsked(turns[i - 1]);
    if (turn.role === 'user') {
      const results = turn.content.filter((block) => block.type === 'tool_result' && asked.includes(block.tool_use_id));
      const rest = turn.content.filter((block) => block.type !== 'tool_result');
      const content = [...results, ...missing(asked, results), ...rest];
      if (content.length > 0) result.push({ role: 'user', content });
    } else result.push(turn);
  }
  const open = idsAsked(turns.at(-1));
  if (open.length > 0) result.push({ role: 'user', content: missing(open, []) });
  return result;
}

function idsAsked(turn: { role: string; content: Block[] } | undefined): string[] {
  return turn?.role === 'assistant' ? turn.content.flatMap((block) => (block.type === 'tool_use' ? block.id : [])) : [];
}

function missing(asked: readonly string[], results: readonly Block[]): Block[] {
  const answered = results.flatMap((block) => (block.type === 'tool_result' ? block.tool_use_id : []));
  return asked
    .filter((id) => !answered.includes(id))
    .map((id) => ({
      type: 'tool_result',
      tool_use_id: id,
      content: 'no result: the run was cut off before this tool answered',
      is_error: true,
    }));
}

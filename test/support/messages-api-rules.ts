import type { MessagesBody, WireBlock } from './messages-api.ts';

type Turn = Readonly<{ role: string; content: readonly WireBlock[] }>;

/** From this version on sampling parameters are refused. */
const withoutSampling = '2026-10-21';

/**
 * What the Messages API would refuse a request for, in its own words where they are known; `null` for a sound request.
 */
export function broken(body: MessagesBody, version: string): string | null {
  const turns: readonly Turn[] = body.messages.map(({ role, content }) => ({
    role,
    content: typeof content === 'string' ? [{ type: 'text', text: content }] : content,
  }));
  return (
    sampling(body, version) ??
    toolDeclarations(body) ??
    cacheBreakpoints(body, turns) ??
    emptyContent(body, turns) ??
    order(turns) ??
    toolPairs(turns)
  );
}

function sampling(body: MessagesBody, version: string): string | null {
  for (const field of ['temperature', 'top_p', 'top_k']) {
    if (field in body && version >= withoutSampling) return `${field}: Extra inputs are not permitted`;
  }
  const choice = body.tool_choice;
  const forced =
    typeof choice === 'object' &&
    choice !== null &&
    'type' in choice &&
    (choice.type === 'any' || choice.type === 'tool');
  if (forced && /-(?:5-5|5-1|5-2)$/.test(body.model))
    return 'tool_choice: forced tool use is not supported by this model';
  return null;
}

function toolDeclarations(body: MessagesBody): string | null {
  for (const [i, { name, input_schema: schema }] of (body.tools ?? []).entries()) {
    if (!/^[a-zA-Z0-9_-]{1,128}$/.test(name))
      return `tools.${i}.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'`;
    if (schema?.type !== 'object') return `tools.${i}.custom.input_schema.type: Input should be 'object'`;
    if (schema.anyOf || schema.oneOf || schema.allOf) {
      return `tools.${i}.custom.input_schema: input_schema does not support oneOf, allOf, or anyOf at the top level`;
    }
  }
  const names = (body.tools ?? []).map((tool) => tool.name);
  return new Set(names).size < names.length ? 'tools: Tool names must be unique.' : null;
}

function cacheBreakpoints(body: MessagesBody, turns: readonly Turn[]): string | null {
  const blocks: readonly object[] = [
    ...(Array.isArray(body.system) ? body.system : []),
    ...(body.tools ?? []),
    ...turns.flatMap((turn) => turn.content),
  ];
  const found =
    blocks.filter((block) => 'cache_control' in block && block.cache_control !== null).length +
    ('cache_control' in body ? 1 : 0);
  return found > 4 ? `A maximum of 4 blocks with cache_control may be provided. Found ${found}.` : null;
}

function emptyContent(body: MessagesBody, turns: readonly Turn[]): string | null {
  const system: readonly WireBlock[] = Array.isArray(body.system) ? body.system : [];
  if (system.some(isEmptyText)) return 'system: text content blocks must be non-empty';
  for (const [i, turn] of turns.entries()) {
    if (turn.content.length === 0)
      return `messages.${i}: all messages must have non-empty content except for the optional final assistant message`;
    if (turn.content.some(isEmptyText)) return 'messages: text content blocks must be non-empty';
    if (turn.role === 'assistant' && turn.content.some((block) => block.type === 'document'))
      return `messages.${i}: document blocks are not permitted in assistant messages`;
  }
  return null;
}

const isEmptyText = (block: WireBlock): boolean => block.type === 'text' && String(block.text ?? '').trim() === '';

/** Stricter than the real one, which joins neighbours of one role: ours never sends such, so a pair is a mistake of ours. */
function order(turns: readonly Turn[]): string | null {
  if (turns[0]?.role !== 'user') return 'messages: first message must use the "user" role';
  if (turns.some((turn, i) => turn.role === turns[i - 1]?.role))
    return 'messages: roles must alternate between "user" and "assistant"';
  return turns.at(-1)?.role === 'assistant'
    ? 'This model does not support assistant message prefill. The conversation must end with a user message.'
    : null;
}

function toolPairs(turns: readonly Turn[]): string | null {
  for (const [i, turn] of turns.entries()) {
    const asked =
      turns[i - 1]?.content.filter((block) => block.type === 'tool_use').map((block) => String(block.id)) ?? [];
    const given = turn.content
      .filter((block) => block.type === 'tool_result')
      .map((block) => String(block.tool_use_id));
    const stray = given.find((id) => !asked.includes(id));
    if (stray) {
      return `messages.${i}.content.0: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${stray}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`;
    }
    const open = asked.filter((id) => !given.includes(id));
    if (turn.role === 'user' && open.length > 0) {
      return `messages.${i - 1}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${open.join(', ')}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`;
    }
    const firstResult = turn.content.findIndex((block) => block.type === 'tool_result');
    if (firstResult > 0) return `messages.${i}: tool_result blocks must come before any other content`;
  }
  return null;
}

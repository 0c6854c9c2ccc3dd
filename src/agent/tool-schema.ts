import { z } from 'zod';
import { IcpError } from '../errors.ts';
import type { Tool } from './define-tool.ts';
import type { DeclaredTool } from './models/anthropic.ts';

/**
 * A tool as the language model is told of it.
 *
 * @throws {IcpError} when its schema is no plain object: the API takes no union at the top, and some clients drop such a
 * tool without a word
 */
export function declareTool({ name, description, schema }: Tool): DeclaredTool {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input' });
  if (json.type !== 'object' || json.anyOf || json.oneOf || json.allOf) {
    throw new IcpError(
      'tool_definition',
      `tool ${name} requires a schema that is one object, got a union; make it fields`,
    );
  }
  return { name, description, input_schema: { ...json, type: 'object' } };
}

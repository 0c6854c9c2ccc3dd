import { z } from 'zod';
import { IcpError, UsageError } from '../errors.ts';
import { type Person, type Role, roles } from '../icp/types.ts';
import type { Answer, Card, Figure, Questions } from '../questions/types.ts';

/** `read` looks, `propose` puts something before a person, `decide` puts up the buttons. None of them writes. */
export const accessLevels = ['read', 'propose', 'decide'] as const;
export type Access = (typeof accessLevels)[number];

/** A figure with where it came from: what a tool may hand on, and what `calculate` works with. */
export interface SourcedFigure extends Figure {
  asOf: string;
  receipt: string;
}

/** What a tool is given besides its arguments. */
export interface ToolContext {
  questions: Questions;
  asker: Person;
  signal?: AbortSignal | undefined;
  /** A figure of this conversation by its reference, e.g. `r1.score`; `null` when no tool returned it. */
  figure(reference: string): SourcedFigure | null;
  /** The words of the house and what they mean. */
  vocabulary: ReadonlyMap<string, string>;
  /** CRM text as a quotation: cleaned, shortened, and marked so that nobody takes it for an instruction. */
  quote(text: string, longest?: number): string;
}

/** `text` is what the language model reads, with `{{key}}` for figures; `data` and `card` are what is drawn. */
export interface ToolResult {
  text: string;
  data: unknown;
  answer?: Answer;
  card?: Card;
  /** Figures of a tool that asked no question, such as `calculate`. */
  figures?: readonly SourcedFigure[];
}

/** A verb, a schema, a sentence and a function. */
export interface Tool {
  name: string;
  title: string;
  description: string;
  access: Access;
  /** Who may use it: for anyone else it does not exist. */
  roles: readonly Role[];
  /** What Slack shows while it runs, e.g. `is reading the score`. */
  status: string;
  schema: z.ZodObject;
  /** @throws {UsageError} when the arguments do not fit the schema */
  run(context: ToolContext, args: unknown): Promise<ToolResult>;
}

const sentence = z.string().regex(/^[A-Z].{15,}\.$/s, 'must be a sentence with a full stop');

const declaration = z.object({
  name: z.string().regex(/^[a-z]+(_[a-z]+)*$/, 'must be snake_case'),
  title: z.string().min(3),
  description: sentence,
  access: z.enum(accessLevels),
  roles: z.array(z.enum(roles)).min(1),
  status: z.string().min(5),
});

/**
 * Checks a tool as it is declared and gives it a door: arguments are parsed against the schema before the function sees
 * them, whoever calls.
 *
 * @throws {IcpError} when the name, title, description, access, roles or status is missing or malformed, or when a field
 * of the schema has no description: the language model would be guessing
 */
export function defineTool<Schema extends z.ZodObject>(tool: {
  name: string;
  title: string;
  description: string;
  access: Access;
  roles: readonly Role[];
  status: string;
  schema: Schema;
  run(context: ToolContext, args: z.infer<Schema>): Promise<ToolResult>;
}): Tool {
  const checked = declaration.safeParse(tool);
  const complaints = checked.success
    ? []
    : checked.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  for (const [field, type] of Object.entries(tool.schema.shape)) {
    if (!z.globalRegistry.get(type)?.description) complaints.push(`field ${field} has no .describe()`);
  }
  if (complaints.length > 0) {
    throw new IcpError('tool_definition', `tool ${tool.name} is not fit for use: ${complaints.join('; ')}`);
  }
  return {
    ...tool,
    async run(context, args) {
      const parsed = tool.schema.strict().safeParse(args ?? {});
      if (!parsed.success) {
        const issues = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'arguments'}: ${issue.message}`);
        throw new UsageError(`${tool.name} cannot run with these arguments (${issues.join('; ')}); correct them`, {
          cause: parsed.error,
        });
      }
      return tool.run(context, tool.schema.parse(parsed.data) as z.infer<Schema>);
    },
  };
}

/** The tools that exist for a person. */
export function toolsFor(tools: readonly Tool[], role: Role): readonly Tool[] {
  return tools.filter((tool) => tool.roles.includes(role));
}

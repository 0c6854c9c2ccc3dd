import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { IcpError } from '../errors.ts';

/** A prompt file: what code needs, and the words. */
export interface Prompt {
  name: string;
  /** Tools it may use, by name. */
  tools: readonly string[];
  /** Most calls of the language model in one turn. */
  maxSteps: number;
  /** The words before the line `<!-- changes below -->`: the same for everybody, so that they can be cached. */
  fixed(values: Readonly<Record<string, string>>): string;
  /** The words after it: who asks, and when. */
  changing(values: Readonly<Record<string, string>>): string;
}

export interface Prompts {
  /** @throws {IcpError} when there is no such file, or it cannot be read */
  load(name: string): Prompt;
  /** The words of `parts/vocabulary.md` and what they mean, in its order. */
  vocabulary: ReadonlyMap<string, string>;
}

const frontMatter = z.object({
  name: z.string().min(1),
  tools: z.array(z.string()),
  maxSteps: z.number().int().min(1).max(20),
});

// A value has no dot, a figure always has one ({{r1.score}}): the two never meet. `> ` takes in another file.
const include = /^\{\{> ([\w/.-]+)\}\}$/gm;
const value = /\{\{([a-z][A-Za-z]*)\}\}/g;
const divider = '<!-- changes below -->';

/**
 * The prompts of a folder. Files are read once, here; a part that is missing is found now and not in a conversation.
 *
 * @throws {IcpError} when `parts/vocabulary.md` is missing or has no words
 */
export function loadPrompts(directory: string): Prompts {
  const read = (file: string): string => {
    try {
      return readFileSync(join(directory, file), 'utf8');
    } catch (cause) {
      throw new IcpError('prompt_missing', `prompt ${file} requires a file in ${directory}, got none; restore it`, {
        cause,
      });
    }
  };
  const vocabulary = readVocabulary(read('parts/vocabulary.md'));
  return {
    vocabulary,
    load(name) {
      const match = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(read(`${name}.md`));
      const head = frontMatter.safeParse(match ? parse(match[1] ?? '') : undefined);
      if (!match || !head.success) {
        throw new IcpError('prompt_malformed', `prompt ${name}.md requires front-matter with name, tools and maxSteps`);
      }
      const body = (match[2] ?? '').replace(include, (_, part: string) => read(part).trim()).trim();
      const [fixed = '', changing = ''] = body.split(divider);
      const render = (text: string) => (values: Readonly<Record<string, string>>) =>
        fillValues(name, text.trim(), values);
      return { ...head.data, fixed: render(fixed), changing: render(changing) };
    },
  };
}

/** @throws {IcpError} when a value is missing: a prompt with a gap is worse than none */
function fillValues(name: string, text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(value, (_, key: string) => {
    const found = values[key];
    if (found !== undefined) return found;
    throw new IcpError(
      'prompt_value',
      `prompt ${name}.md requires a value for ${key}, got ${Object.keys(values).join(', ')}`,
    );
  });
}

/** Reads lines such as `- **tier**: where an account stands.` */
function readVocabulary(text: string): ReadonlyMap<string, string> {
  const words = new Map([...text.matchAll(/^- \*\*(.+?)\*\*: (.+)$/gm)].map((m) => [m[1] ?? '', m[2] ?? '']));
  if (words.size === 0)
    throw new IcpError('prompt_malformed', 'parts/vocabulary.md requires lines such as `- **tier**: ...`');
  return words;
}

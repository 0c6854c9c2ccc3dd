import Anthropic from '@anthropic-ai/sdk';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import { z } from 'zod';
import type { Interpret } from '../icp/wording.ts';
import { checkProse, evidenceOf } from './check-prose.ts';
import type { LanguageModel } from './create-conversation.ts';
import type { Prompts } from './prompts.ts';
import type { Log } from './tool-runner.ts';

const wording = z.object({
  name: z.string().min(3).max(60).describe('Two to five words, as a sales team would call it. No number.'),
  text: z.string().min(10).max(400).describe('One or two plain sentences. No number, in digits or in words.'),
});

const timeoutMs = 30_000;
const maxTokens = 2_000;
const promptOf = { segment: 'name-segment', pattern: 'explain-pattern', anomaly: 'explain-anomaly' } as const;
const noFigures = { get: () => null, references: () => [] };

/**
 * The one-shots of the language model: names for segments, words for patterns and odd weeks.
 *
 * What it is told is CRM text among other things, so what it says is checked like any prose: a number that nobody vouched
 * for costs the wording, and the template stands.
 */
export function createInterpret(deps: { languageModel: LanguageModel; prompts: Prompts; log: Log }): Interpret {
  const { languageModel, prompts, log } = deps;
  if (languageModel.kind === 'none') return async () => null;
  const { apiKey, baseUrl, model } = languageModel;
  const client = new Anthropic({ apiKey, timeout: timeoutMs, maxRetries: 1, ...(baseUrl ? { baseURL: baseUrl } : {}) });
  return async ({ kind, facts, names }) => {
    try {
      const prompt = prompts.load(promptOf[kind]);
      const reply = await client.messages.parse({
        model,
        max_tokens: maxTokens,
        system: prompt.fixed({}),
        messages: [
          { role: 'user', content: prompt.changing({ facts: facts.map((fact) => `- «${fact}»`).join('\n') }) },
        ],
        output_config: { format: zodOutputFormat(wording) },
      });
      const said = reply.parsed_output;
      if (said === null) return null;
      const complaints = checkProse(`${said.name}. ${said.text}`, noFigures, evidenceOf(names));
      if (complaints.length === 0) return said;
      log.info({ kind, complaints }, 'the language model typed a number, so the template stands');
      return null;
    } catch (error) {
      log.warn({ err: error, kind }, 'a finding was not put into words, so the template stands');
      return null;
    }
  };
}

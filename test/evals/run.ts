import { type Evaluated, evalCases, evaluate } from './evaluate.ts';

// npm run evals: the templates without a key, the language model with one (ANTHROPIC_API_KEY, and ANTHROPIC_BASE_URL and
// LODESTAR_LANGUAGE_MODEL as the app reads them). `--template` asks the templates although there is a key.
const {
  ANTHROPIC_API_KEY: apiKey,
  ANTHROPIC_BASE_URL: baseUrl,
  LODESTAR_LANGUAGE_MODEL: model = 'claude-sonnet-5-5',
} = process.env;
const mode = apiKey && !process.argv.includes('--template') ? 'language model' : 'template';
const languageModel =
  mode === 'language model' && apiKey
    ? ({ kind: 'anthropic', apiKey, baseUrl, model } as const)
    : ({ kind: 'none' } as const);

const results: Evaluated[] = [];
for (const one of evalCases(mode)) {
  const result = await evaluate(one, languageModel);
  results.push(result);
  for (const fault of result.faults)
    process.stdout.write(`${result.id}: ${result.question}\n  ${fault}\n  ${result.text}\n`);
}

const passed = (some: readonly Evaluated[]): string =>
  `${some.filter(({ faults }) => faults.length === 0).length} of ${some.length}`;
for (const group of new Set(results.map((result) => result.group))) {
  process.stdout.write(`${group.padEnd(12)} ${passed(results.filter((result) => result.group === group))}\n`);
}
const fellBack = mode === 'language model' ? results.filter((result) => result.mode === 'template').length : 0;
process.stdout.write(
  `passed       ${passed(results)} (${mode === 'template' ? 'templates' : `${model}, ${fellBack} answered by a template`})\n`,
);
process.exitCode = results.every(({ faults }) => faults.length === 0) || mode === 'language model' ? 0 : 1;

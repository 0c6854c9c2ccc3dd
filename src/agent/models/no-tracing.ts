/**
 * Switches LangSmith tracing off, whatever the environment says.
 *
 * langchain reads these variables whenever a run starts, and would then send prompts, CRM data included, to a third
 * party. There is no option for it besides the environment, so this is the one place below the composition root that
 * touches it.
 */
export function noTracing(environment: Record<string, string | undefined> = process.env): void {
  for (const name of ['LANGSMITH_TRACING_V2', 'LANGCHAIN_TRACING_V2', 'LANGSMITH_TRACING', 'LANGCHAIN_TRACING']) {
    environment[name] = 'false';
  }
}

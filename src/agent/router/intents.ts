/** What a question may be after. Each has the tool that answers it. */
export const intents = ['explain', 'compare', 'list', 'criteria', 'coverage', 'history', 'words'] as const;
export type Intent = (typeof intents)[number];

export const toolOfIntent: Readonly<Record<Intent, string>> = {
  explain: 'explain_account',
  compare: 'compare_accounts',
  list: 'find_accounts',
  criteria: 'describe_criteria',
  coverage: 'describe_data',
  history: 'show_history',
  words: 'explain_words',
};

/** One plain question of each kind, as the person may press it. */
export const exampleOf: Readonly<Record<Intent, { label: string; question(account: string | null): string | null }>> = {
  explain: { label: 'Why this score', question: (account) => account && `why ${account}` },
  compare: { label: 'Compare two accounts', question: () => null },
  list: { label: 'Best accounts', question: () => 'list the best accounts' },
  criteria: { label: 'What matters', question: () => 'what matters most' },
  coverage: { label: 'How complete the data is', question: () => 'how complete is our data' },
  history: { label: 'What happened', question: (account) => account && `history of ${account}` },
  words: { label: 'What an ICP is', question: () => 'what is an ICP' },
};

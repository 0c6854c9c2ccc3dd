import type { Command, StandaloneCommand } from './command.ts';

/** Every command with its summary. Its module is loaded when it is asked for: most of what Lodestar can do is not needed. */
export const commands: Readonly<Record<string, { summary: string; load: () => Promise<Command | StandaloneCommand> }>> =
  {
    demo: {
      summary: 'writes a bundle of the planted market, and its answer key beside it',
      load: async () => (await import('./commands/demo.ts')).demo,
    },
    import: {
      summary: 'reads a bundle; bad rows are set aside with file, line and reason',
      load: async () => (await import('./commands/import-folder.ts')).importFolder,
    },
    sync: {
      summary: 'reads Salesforce since the last time; proposes what its records mean',
      load: async () => (await import('./commands/sync.ts')).sync,
    },
    analyze: {
      summary: 'learns the model anew from all outcomes, and proposes what would change',
      load: async () => (await import('./commands/analyze.ts')).analyze,
    },
    proposals: {
      summary: 'what is proposed to change in the ICP, and how it stands; show N for one',
      load: async () => (await import('./commands/proposals.ts')).proposals,
    },
    simulate: {
      summary: 'what lines of a proposal would do, account by account; changes nothing',
      load: async () => (await import('./commands/proposals.ts')).simulate,
    },
    decide: {
      summary: 'approves, rejects or edits lines of a proposal',
      load: async () => (await import('./commands/proposals.ts')).decide,
    },
    rollback: {
      summary: 'puts an earlier version of the ICP in force again',
      load: async () => (await import('./commands/proposals.ts')).rollback,
    },
    models: {
      summary: 'every version of the ICP and every training, or one version as a document',
      load: async () => (await import('./commands/models.ts')).models,
    },
    routing: {
      summary: 'how leads are routed under a version of the ICP, and how they were before',
      load: async () => (await import('./commands/proposals.ts')).routing,
    },
    score: {
      summary: 'rescores every account with the model in force',
      load: async () => (await import('./commands/score.ts')).score,
    },
    explain: {
      summary: 'the score of an account, and why',
      load: async () => (await import('./commands/explain.ts')).explain,
    },
    list: {
      summary: 'accounts by tier, owner, what is known of them, who uses a competitor, who changed their tools',
      load: async () => (await import('./commands/list.ts')).list,
    },
    compare: {
      summary: 'two accounts, criterion by criterion',
      load: async () => (await import('./commands/compare.ts')).compare,
    },
    criteria: {
      summary: 'the published table: what matters, and how many points each bin gives',
      load: async () => (await import('./commands/criteria.ts')).criteria,
    },
    coverage: {
      summary: 'what data there is: outcomes, fields with their fill, what was set aside',
      load: async () => (await import('./commands/coverage.ts')).coverage,
    },
    segments: {
      summary: 'the segments among those who bought, with their win rates and what parts them',
      load: async () => (await import('./commands/reports.ts')).segments,
    },
    patterns: {
      summary: 'what lost deals or churned customers have in common: losses, churn or anti',
      load: async () => (await import('./commands/reports.ts')).patterns,
    },
    expanded: {
      summary: 'customers that bought more in the last quarter: what they added, and what set it off',
      load: async () => (await import('./commands/reports.ts')).expanded,
    },
    expansions: {
      summary: 'who is likely to expand, with the signs and what to do',
      load: async () => (await import('./commands/reports.ts')).expansions,
    },
    'churn-watch': {
      summary: 'customers that have started to look like those who left, with days of runway',
      load: async () => (await import('./commands/reports.ts')).churnWatch,
    },
    drift: {
      summary: 'what has moved in the market, since when, and how sure that is',
      load: async () => (await import('./commands/reports.ts')).drift,
    },
    causal: {
      summary: 'which criteria drive success, and which only go along with it',
      load: async () => (await import('./commands/reports.ts')).causal,
    },
    importance: {
      summary: 'what matters most, measured on later accounts',
      load: async () => (await import('./commands/reports.ts')).importance,
    },
    correlations: {
      summary: 'what goes together with winning, expansion and churn',
      load: async () => (await import('./commands/reports.ts')).correlations,
    },
    backtest: {
      summary: 'the champion and past versions on the same later accounts, and whether it gets better',
      load: async () => (await import('./commands/reports.ts')).backtest,
    },
    scorings: {
      summary: 'the old scoring beside the one in force: both scores of accounts, said and happened by band',
      load: async () => (await import('./commands/reports.ts')).scorings,
    },
    health: {
      summary: 'whether outreach works: replies, their quality, meetings, parts that stand out, days to a deal',
      load: async () => (await import('./commands/reports.ts')).health,
    },
    test: {
      summary: 'a dated test of outreach, read by kinds of accounts: start, show or stop',
      load: async () => (await import('./commands/test.ts')).test,
    },
    impact: {
      summary: 'win rate, contract value, cycle and the rest, by tier and quarter',
      load: async () => (await import('./commands/reports.ts')).impact,
    },
    calibration: {
      summary: 'what was said against what happened',
      load: async () => (await import('./commands/reports.ts')).calibration,
    },
    bias: {
      summary: 'what the last quarter and the largest deals do to the weights',
      load: async () => (await import('./commands/reports.ts')).bias,
    },
    hypotheses: {
      summary: 'what may be true, how it was tested, and what came out',
      load: async () => (await import('./commands/reports.ts')).hypotheses,
    },
    anomalies: {
      summary: 'weeks that were out of the ordinary',
      load: async () => (await import('./commands/reports.ts')).anomalies,
    },
    values: {
      summary: 'the worth of each stage, calibrated for this company',
      load: async () => (await import('./commands/reports.ts')).values,
    },
    revenue: {
      summary: 'revenue per account under an ICP with expansion and one without',
      load: async () => (await import('./commands/reports.ts')).revenue,
    },
    'why-changed': {
      summary: 'why a score is not what it was on an earlier day',
      load: async () => (await import('./commands/account-reports.ts')).whyChanged,
    },
    'what-would-it-take': {
      summary: 'the fewest facts to change that lift an account to a tier',
      load: async () => (await import('./commands/account-reports.ts')).whatWouldItTake,
    },
    twins: {
      summary: 'the customer most like an account that bought more, and the one that left',
      load: async () => (await import('./commands/account-reports.ts')).twins,
    },
    'missing-fields': {
      summary: 'which field would be worth most to find out',
      load: async () => (await import('./commands/account-reports.ts')).missingFields,
    },
    early: {
      summary: 'who is right and not moving yet, and who is moving and not right',
      load: async () => (await import('./commands/reports.ts')).early,
    },
    disagreements: {
      summary: 'where reps and the model part: tier 1 turned down, tier 3 taken on',
      load: async () => (await import('./commands/reports.ts')).disagreements,
    },
    answers: {
      summary: 'what reps say of leads by tier, reason, person and week, and what became of them',
      load: async () => (await import('./commands/reports.ts')).answers,
    },
    'misleading-leads': {
      summary: 'leads that look ideal and match those who left',
      load: async () => (await import('./commands/reports.ts')).misleadingLeads,
    },
    freshness: {
      summary: 'how old what the scores stand on is',
      load: async () => (await import('./commands/reports.ts')).freshness,
    },
    grade: {
      summary: 'what was found in a planted market, beside what was planted: found, missed and invented',
      load: async () => (await import('./commands/grade.ts')).grade,
    },
    publish: {
      summary: 'writes the scores to the CRM, or goes on with what is under way; a dry run says what would be written',
      load: async () => (await import('./commands/publish.ts')).publish,
    },
    undo: {
      summary: 'gives records back what they had before a publication, where nobody has touched them since',
      load: async () => (await import('./commands/publish.ts')).undo,
    },
    publications: {
      summary: 'what was written to the CRM, and what became of it; show RUN for one, stop RUN to send no more of it',
      load: async () => (await import('./commands/publish.ts')).publications,
    },
    rename: {
      summary: 'gives a segment a name that later analyses keep',
      load: async () => (await import('./commands/rename.ts')).rename,
    },
    leads: {
      summary: 'open leads, the best score first, with the reasons',
      load: async () => (await import('./commands/leads.ts')).leads,
    },
    lead: {
      summary: 'one lead: accepts it, turns it down with a reason, or takes that back',
      load: async () => (await import('./commands/lead.ts')).lead,
    },
    override: {
      summary: 'a person’s tier beside the model’s, for a reason and until a day',
      load: async () => (await import('./commands/override.ts')).override,
    },
    overrides: {
      summary: 'whose word stands beside the model’s, and how often overrides were right',
      load: async () => (await import('./commands/reports.ts')).overrides,
    },
    flag: {
      summary: 'says that the score of an account looks wrong; somebody must answer',
      load: async () => (await import('./commands/flags.ts')).flag,
    },
    flags: {
      summary: 'doubts that wait for an answer, or answers one',
      load: async () => (await import('./commands/flags.ts')).flags,
    },
    event: {
      summary: 'records what happened to an account, or to our company, that makes older signals misleading',
      load: async () => (await import('./commands/events.ts')).event,
    },
    events: {
      summary: 'the events that stand',
      load: async () => (await import('./commands/events.ts')).events,
    },
    caution: {
      summary: 'a warning on every account of a kind, until a day',
      load: async () => (await import('./commands/cautions.ts')).caution,
    },
    cautions: {
      summary: 'the cautions that hold',
      load: async () => (await import('./commands/cautions.ts')).cautions,
    },
    ask: {
      summary: 'one turn of the conversation, as Slack would get it',
      load: async () => (await import('./commands/ask.ts')).ask,
    },
    receipt: {
      summary: 'where figures came from; asks the question again and compares',
      load: async () => (await import('./commands/receipt.ts')).receipt,
    },
    export: {
      summary: 'scores or features as a CSV file, one row an account',
      load: async () => (await import('./commands/export-file.ts')).exportFile,
    },
    jobs: {
      summary: 'what runs by itself: when it is due, its last runs, and what they read and wrote',
      load: async () => (await import('./commands/jobs.ts')).jobs,
    },
    governance: {
      summary: 'who owns what, what is due, who answers doubts, and what is missing; acknowledges a missed calibration',
      load: async () => (await import('./commands/governance.ts')).governance,
    },
    audit: {
      summary: 'who did what and when, the latest first',
      load: async () => (await import('./commands/audit.ts')).audit,
    },
    verify: {
      summary:
        'whether anything was tampered with: audit log, models, findings and every score; names the first bad row',
      load: async () => (await import('./commands/verify.ts')).verify,
    },
    settings: {
      summary: 'shows every setting, one with its history, or sets it',
      load: async () => (await import('./commands/settings.ts')).settings,
    },
    doctor: {
      summary: 'what is configured, reachable and missing, with the fix for each',
      load: async () => (await import('./commands/doctor.ts')).doctor,
    },
  };

import { accessSync, constants } from 'node:fs';
import type { Lodestar } from '../../compose/open-lodestar.ts';
import { complaintOf, reportJobs } from '../../jobs/report-jobs.ts';
import { listBooks } from '../../store/books.ts';
import { activeModel } from '../../store/models.ts';
import { listPeople } from '../../store/people.ts';
import { scoreRunOf } from '../../store/scores.ts';
import { type Check, ok } from './check.ts';

/** Whether this Node can run Lodestar. */
export function nodeCheck(version: string): Check {
  if (Number(version.split('.')[0]) >= 24) return ok('Node', version);
  const fix = 'start through npm (npm start, npm run lodestar), which brings Node 24';
  return { name: 'Node', state: 'failed', what: version, fix };
}

/** The folder of the embedded database, and whether it can be written. */
export function folderCheck({ dataDir, database }: Lodestar['config']): Check {
  const name = 'data folder';
  if (database.kind === 'server') return { name, state: 'off', what: 'the database is a server', fix: null };
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK);
    return ok(name, dataDir);
  } catch {
    return {
      name,
      state: 'failed',
      what: `${dataDir} cannot be written`,
      fix: 'let this user write it, or set DATA_DIR',
    };
  }
}

/** That the database answers: the command would not have come this far otherwise. */
export function databaseCheck({ config, store }: Pick<Lodestar, 'config' | 'store'>): Check {
  const where = config.database.kind === 'embedded' ? 'embedded' : `at ${new URL(config.database.url).host}`;
  return ok('database', `${store.kind}, ${where}`);
}

/** What is known of each book. */
export async function dataChecks({ store }: Pick<Lodestar, 'store'>): Promise<Check[]> {
  const books = await listBooks(store);
  if (books.length === 0) {
    const fix = 'lodestar import DIR, or npm start for the company in a box';
    return [{ name: 'data', state: 'missing', what: 'no book has data', fix }];
  }
  return Promise.all(
    books.map(async ({ name: book }): Promise<Check> => {
      const name = `book ${book}`;
      const model = await activeModel(store, book);
      const run = await scoreRunOf(store, book);
      if (model === null || run === null)
        return {
          name,
          state: 'missing',
          what: 'data, but no model and no scores',
          fix: `lodestar analyze --book ${book}`,
        };
      const asOf = new Date(run.asOf).toISOString().slice(0, 10);
      const accounts = run.accounts.toLocaleString('en');
      return ok(
        name,
        `${accounts} accounts, model version ${run.modelVersion} (${model.model.standing}), scored as of ${asOf}`,
      );
    }),
  );
}

/** A job that went wrong is mended by what its reason says, and does not make the app unwell. */
export async function jobChecks({ store, now }: Pick<Lodestar, 'store' | 'now'>): Promise<Check[]> {
  const reported = await reportJobs(store, now(), 5);
  return reported.map((job): Check => {
    const name = `job ${job.job}`;
    const complaint = complaintOf(job);
    const fix = 'lodestar jobs shows its last runs';
    const next = job.nextDue === null ? 'switched off' : `next due ${job.nextDue.slice(0, 16)} UTC`;
    if (complaint !== null) return { name, state: 'missing', what: `${complaint} (${next})`, fix };
    if (job.nextDue !== null) return ok(name, next);
    return { name, state: 'off', what: next, fix: `lodestar settings schedule.${job.job} sets when it is due` };
  });
}

/** Who has a role. */
export async function peopleCheck({ store, config }: Pick<Lodestar, 'store' | 'config'>): Promise<Check> {
  const people = await listPeople(store);
  if (people.length > 0) return ok('people', people.map(({ name, role }) => `${name} (${role})`).join(', '));
  if (config.rolesFile !== undefined) return ok('people', `nobody has a role yet; ${config.rolesFile} gives them`);
  const fix = 'import a people.csv, or name a roles file with LODESTAR_ROLES_FILE';
  return { name: 'people', state: 'missing', what: 'nobody has a role', fix };
}

/** Which Slack it is. */
export function slackCheck({ slack, host, port }: Lodestar['config']): Check {
  if (slack.kind !== 'workbench')
    return ok('Slack', `a real workspace, by ${slack.kind === 'socket' ? 'Socket Mode' : 'HTTP'}`);
  const fix = 'for a real workspace set SLACK_BOT_TOKEN and SLACK_APP_TOKEN (manifest.yml makes the app)';
  return { ...ok('Slack', `the local one, at http://${host}:${port}`), fix };
}

/** Whether there is a language model. */
export function languageModelCheck({ languageModel }: Lodestar['config']): Check {
  if (languageModel.kind !== 'none') return ok('language model', languageModel.model);
  const what = 'none: cards, commands and template prose work without';
  return { name: 'language model', state: 'off', what, fix: 'set ANTHROPIC_API_KEY for free conversation' };
}

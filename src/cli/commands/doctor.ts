import type { Lodestar } from '../../compose/open-lodestar.ts';
import { IcpError } from '../../errors.ts';
import { complaintOf, reportJobs } from '../../jobs/report-jobs.ts';
import { listBooks } from '../../store/books.ts';
import { activeModel } from '../../store/models.ts';
import { listPeople } from '../../store/people.ts';
import { scoreRunOf } from '../../store/scores.ts';
import type { Command } from '../command.ts';

interface Check {
  what: string;
  state: 'ok' | 'missing' | 'broken';
  detail: string;
  fix: string | null;
}

export const doctor: Command = {
  name: 'doctor',
  async run(lodestar, { out }) {
    const checks = [
      nodeCheck(),
      databaseCheck(lodestar),
      ...(await dataChecks(lodestar)),
      ...(await jobChecks(lodestar)),
      ...(await peopleChecks(lodestar)),
      slackCheck(lodestar),
      languageModelCheck(lodestar),
    ];
    out.answer(
      checks,
      checks
        .map(
          ({ what, state, detail, fix }) =>
            `${state.padEnd(8)} ${what}: ${detail}${fix === null ? '' : `\n         ${fix}`}`,
        )
        .join('\n'),
    );
    const broken = checks.filter(({ state }) => state === 'broken');
    if (broken.length > 0)
      throw new IcpError(
        'unwell',
        `${broken.length} of ${checks.length} checks failed: ${broken.map(({ what }) => what).join(', ')}`,
      );
  },
};

function nodeCheck(): Check {
  const major = Number(process.versions.node.split('.')[0]);
  const good = major >= 24;
  return {
    what: 'Node',
    state: good ? 'ok' : 'broken',
    detail: process.versions.node,
    fix: good ? null : 'start through npm (npm start, npm run lodestar), which brings Node 24',
  };
}

function databaseCheck({ config, store }: Lodestar): Check {
  const where =
    config.database.kind === 'embedded'
      ? `embedded, in ${config.dataDir}`
      : `Postgres at ${new URL(config.database.url).host}`;
  return {
    what: 'database',
    state: store.kind === 'pglite' || store.kind === 'postgres' ? 'ok' : 'broken',
    detail: where,
    fix: null,
  };
}

async function dataChecks({ store }: Lodestar): Promise<Check[]> {
  const books = await listBooks(store);
  if (books.length === 0)
    return [
      {
        what: 'data',
        state: 'missing',
        detail: 'no book has data',
        fix: 'lodestar import DIR, or npm start for the company in a box',
      },
    ];
  return Promise.all(
    books.map(async (book): Promise<Check> => {
      const what = `book ${book.name}`;
      const model = await activeModel(store, book.name);
      const run = await scoreRunOf(store, book.name);
      if (model === null || run === null)
        return {
          what,
          state: 'missing',
          detail: 'data, but no model and no scores',
          fix: `lodestar analyze --book ${book.name}`,
        };
      const standing = `${run.accounts.toLocaleString('en')} accounts, model version ${run.modelVersion} (${model.model.standing}), scored as of ${new Date(run.asOf).toISOString().slice(0, 10)}`;
      return { what, state: 'ok', detail: standing, fix: null };
    }),
  );
}

/** A job that went wrong is mended by what its reason says, and does not make the app unwell. */
async function jobChecks({ store, now }: Lodestar): Promise<Check[]> {
  const reported = await reportJobs(store, now(), 5);
  return reported.map((job): Check => {
    const complaint = complaintOf(job);
    const next = job.nextDue === null ? 'switched off' : `next due ${job.nextDue.slice(0, 16)} UTC`;
    const what = `job ${job.job}`;
    if (complaint === null) return { what, state: 'ok', detail: next, fix: null };
    return { what, state: 'missing', detail: `${complaint} (${next})`, fix: 'lodestar jobs shows its last runs' };
  });
}

async function peopleChecks({ store, config }: Lodestar): Promise<Check[]> {
  const people = await listPeople(store);
  const detail =
    people.length === 0 ? 'nobody has a role' : people.map(({ name, role }) => `${name} (${role})`).join(', ');
  const fix =
    people.length > 0 || config.rolesFile !== undefined
      ? null
      : 'import a people.csv, or name a roles file with LODESTAR_ROLES_FILE';
  return [{ what: 'people', state: fix === null ? 'ok' : 'missing', detail, fix }];
}

function slackCheck({ config }: Lodestar): Check {
  if (config.slack.kind === 'workbench') {
    return {
      what: 'Slack',
      state: 'ok',
      detail: `the local one, at http://${config.host}:${config.port}`,
      fix: 'for a real workspace set SLACK_BOT_TOKEN and SLACK_APP_TOKEN (manifest.yml makes the app)',
    };
  }
  return {
    what: 'Slack',
    state: 'ok',
    detail: `a real workspace, by ${config.slack.kind === 'socket' ? 'Socket Mode' : 'HTTP'}`,
    fix: null,
  };
}

function languageModelCheck({ config }: Lodestar): Check {
  if (config.languageModel.kind === 'none') {
    return {
      what: 'language model',
      state: 'missing',
      detail: 'none: cards, commands and template prose work without',
      fix: 'set ANTHROPIC_API_KEY for free conversation',
    };
  }
  return { what: 'language model', state: 'ok', detail: config.languageModel.model, fix: null };
}

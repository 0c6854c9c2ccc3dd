import { type ReportedJob, type ReportedRun, reportJobs } from '../../jobs/report-jobs.ts';
import type { Command } from '../command.ts';
import { integerOption } from '../reading.ts';

export const jobs: Command = {
  name: 'jobs',
  options: [{ flags: '--runs <n>', description: 'how many of the last runs of each job; 3 when not given' }],
  async run({ store, now }, { out, options }) {
    const reported = await reportJobs(store, now(), integerOption(options.runs, '--runs', 3));
    out.answer(reported, reported.map(inWords).join('\n\n'));
  },
};

function inWords({ job, does, schedule, nextDue, usual, runs }: ReportedJob): string {
  const due = nextDue === null ? 'switched off' : `${schedule}, next at ${minuteOf(nextDue)}`;
  return [
    `${job}: ${does} (${due})`,
    ...(Object.keys(usual).length === 0 ? [] : [`  usually reads ${countsInWords(usual)}`]),
    ...(runs.length === 0 ? ['  has not been due while the app was running'] : runs.map(runInWords)),
  ].join('\n');
}

function runInWords({ dueAt, status, attempts, reason, read, written }: ReportedRun): string {
  const counts = [
    Object.keys(read).length === 0 ? '' : `read ${countsInWords(read)}`,
    Object.keys(written).length === 0 ? '' : `wrote ${countsInWords(written)}`,
    attempts > 1 ? `${attempts} attempts` : '',
    reason ?? '',
  ].filter((part) => part !== '');
  return `  ${minuteOf(dueAt)}  ${status.padEnd(10)} ${counts.join('; ')}`.trimEnd();
}

function countsInWords(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${count.toLocaleString('en')} ${name.replaceAll('_', ' ')}`)
    .join(', ');
}

function minuteOf(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}

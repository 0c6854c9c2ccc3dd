import { isFolders } from '../../compose/sources.ts';
import { driftChannelSetting } from '../../compose/tell-people.ts';
import { leadsChannelSetting, leadsMostSetting, usualMost } from '../../engine/post-leads.ts';
import { expansionChannelSetting } from '../../engine/tell-expansions.ts';
import { churnBudgetSetting, churnChannelSetting } from '../../engine/watch-churn.ts';
import { UsageError } from '../../errors.ts';
import { jobNames, scheduleKey } from '../../jobs/jobs.ts';
import { parseSchedule } from '../../jobs/schedule.ts';
import { addSetting, settingHistory, settingOf } from '../../store/settings.ts';
import { actAsSetting } from '../acting.ts';
import type { Command } from '../command.ts';

/** Every setting there is: its key (a star stands for a book), what it does, and how a value must look. */
const known = [
  { key: 'book.primary', does: 'the book that is meant when nobody names one', valid: isText, like: 'main' },
  {
    key: 'fields.allowed.*',
    does: 'suspect fields of a book that a person allows',
    valid: isTexts,
    like: '["onboarding_stage"]',
  },
  {
    key: 'hypothesis.*',
    does: 'the written ICP of a book, for the time before there is data',
    valid: isText,
    like: '/path/to/icp.yaml',
  },
  {
    key: 'flags.reviewer',
    does: 'who looks at scores that somebody found wrong: an e-mail',
    valid: isText,
    like: 'rita@ours.example',
  },
  {
    key: churnChannelSetting,
    does: 'the channel in which customer success is told who may leave; none, and nobody is told',
    valid: isText,
    like: 'C0123456789',
  },
  {
    key: churnBudgetSetting,
    does: 'the most churn alerts for each customer success manager in a week; 5 unless set',
    valid: isCount,
    like: '5',
  },
  {
    key: expansionChannelSetting,
    does: 'the channel of the weekly list of who may buy more; that of the churn alerts unless set',
    valid: isText,
    like: 'C0123456789',
  },
  {
    key: driftChannelSetting,
    does: 'the channel that is told when the market has moved',
    valid: isText,
    like: 'C0123456789',
  },
  {
    key: leadsChannelSetting,
    does: 'the channel in which new leads are shown, or owner for a direct message to the owner of each; none, and none are',
    valid: isText,
    like: 'C0123456789',
  },
  {
    key: leadsMostSetting,
    does: `the most lead cards a run in the channel, or for each owner; ${usualMost} unless set`,
    valid: isCount,
    like: '10',
  },
  {
    key: actAsSetting,
    does: 'whether the command line may act for people: true, or a list of their addresses',
    valid: (value: unknown) => typeof value === 'boolean' || isTexts(value),
    like: 'true',
  },
  {
    key: 'sources.*',
    does: 'the folders that a book is synced from every day; those that were imported unless set',
    valid: isFolders,
    like: '[{"folder":"/path/to/bundle","mapping":null}]',
  },
  {
    key: 'facts.changeable.*',
    does: 'fields or features of a book that could be changed, for what it would take; the technologies unless set',
    valid: isTexts,
    like: '["technologies","onboarding_stage"]',
  },
  ...jobNames.map((job) => ({
    key: scheduleKey(job),
    does: `when the job ${job} is due`,
    valid: isSchedule,
    like: '"Mon 06:00 Europe/Berlin", "daily 03:00" or off',
  })),
] as const;

export const settings: Command = {
  name: 'settings',
  args: [
    { syntax: '[key]', description: 'which one' },
    { syntax: '[value]', description: 'text, or JSON' },
  ],
  async run({ store, now }, { out, args: [key, typed], operator }) {
    if (key === undefined) {
      const rows = await Promise.all(
        known.map(async ({ key: name, does }) => ({
          key: name,
          does,
          value: (await settingOf(store, name))?.value ?? null,
        })),
      );
      out.answer(
        rows,
        rows
          .map(
            ({ key: name, does, value }) =>
              `${name.padEnd(18)} ${does}${value === null ? '' : `: ${JSON.stringify(value)}`}`,
          )
          .join('\n'),
      );
      return;
    }
    const setting = known.find((candidate) => matches(candidate.key, key));
    if (setting === undefined)
      throw new UsageError(`there is no setting ${key}; there is ${known.map(({ key: name }) => name).join(', ')}`);
    if (typed !== undefined) {
      const value = readValue(typed);
      if (!setting.valid(value)) throw new UsageError(`${key} needs a value like ${setting.like}, got ${typed}`);
      await addSetting(store, { key, value, setAt: now(), setBy: `via command line by ${operator}` });
    }
    const history = await settingHistory(store, key);
    const entries = history.map(({ value, setAt, setBy }) => ({ value, setAt: new Date(setAt).toISOString(), setBy }));
    out.answer(
      { key, value: entries.at(-1)?.value ?? null, history: entries },
      entries.length === 0
        ? `${key} was never set`
        : entries.map(({ value, setAt, setBy }) => `${setAt}  ${JSON.stringify(value)}  ${setBy}`).join('\n'),
    );
  },
};

function matches(pattern: string, key: string): boolean {
  return pattern.endsWith('*') ? key.startsWith(pattern.slice(0, -1)) && key.length >= pattern.length : key === pattern;
}

function readValue(typed: string): unknown {
  try {
    return JSON.parse(typed);
  } catch {
    return typed;
  }
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

function isSchedule(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  parseSchedule(value);
  return true;
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}

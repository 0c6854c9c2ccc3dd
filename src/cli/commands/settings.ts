import { UsageError } from '../../errors.ts';
import { addSetting, settingHistory, settingOf } from '../../store/settings.ts';
import type { Command } from '../command.ts';
import { known, settingOfKey } from '../known-settings.ts';

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
    const setting = settingOfKey(key);
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

function readValue(typed: string): unknown {
  try {
    return JSON.parse(typed);
  } catch {
    return typed;
  }
}

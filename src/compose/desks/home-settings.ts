import { type known, settingOfKey } from '../../cli/known-settings.ts';
import { requireRole } from '../../engine/actor.ts';
import { calibrationPrefix, ownerPrefix, playbookPrefix, reviewPrefix } from '../../engine/governance/governance.ts';
import { governanceChannelSetting } from '../../engine/governance/governance-channel.ts';
import { deadlineSetting, effectiveDaysSetting, ownerSetting } from '../../engine/proposals/proposal-settings.ts';
import { churnChannelSetting } from '../../engine/watch-churn.ts';
import { IcpError } from '../../errors.ts';
import type { Role } from '../../icp/types.ts';
import type { HomeSetting, SettingsDeps } from '../../slack/home/settings-deps.ts';
import { listPeople } from '../../store/people.ts';
import { addSetting, settingOf } from '../../store/settings.ts';
import type { Lodestar } from '../open-lodestar.ts';
import { driftChannelSetting } from '../tell-people.ts';

const changers: readonly Role[] = ['revops', 'admin'];

type Shown = Pick<HomeSetting, 'key' | 'label' | 'group' | 'kind'>;

/** The settings that stand on Home; the command line has all. */
const shown: readonly Shown[] = [
  { group: 'Channels', key: governanceChannelSetting, label: 'Governance', kind: 'channel' },
  { group: 'Channels', key: churnChannelSetting, label: 'Who may leave', kind: 'channel' },
  { group: 'Channels', key: driftChannelSetting, label: 'Drift', kind: 'channel' },
  { group: 'Proposals', key: ownerSetting, label: 'Who decides on proposals', kind: 'person' },
  { group: 'Proposals', key: deadlineSetting, label: 'Deadline in hours', kind: 'number' },
  {
    group: 'Proposals',
    key: effectiveDaysSetting,
    label: 'Days from a decision until it takes effect',
    kind: 'number',
  },
  { group: 'Owners', key: 'flags.reviewer', label: 'Who answers doubts', kind: 'person' },
  ...(['definitions', 'criteria', 'signals'] as const).flatMap((kind): Shown[] => [
    { group: 'Owners', key: `${ownerPrefix}${kind}`, label: `Owner of the ${kind}`, kind: 'person' },
    { group: 'Owners', key: `${reviewPrefix}${kind}`, label: `Next review of the ${kind}`, kind: 'day' },
  ]),
  { group: 'Schedule', key: 'schedule.analysis', label: 'When the analysis runs', kind: 'text' },
  {
    group: 'Schedule',
    key: `${calibrationPrefix}conversion`,
    label: 'Days between calibrations, conversion',
    kind: 'number',
  },
  {
    group: 'Schedule',
    key: `${calibrationPrefix}retention`,
    label: 'Days between calibrations, retention',
    kind: 'number',
  },
  ...[1, 2, 3].map(
    (tier): Shown => ({
      ...{ group: 'Playbook', key: `${playbookPrefix}${tier}`, label: `What happens at tier ${tier}`, kind: 'text' },
    }),
  ),
];

/** The settings of Home, read and changed by those who may. */
export function homeSettings({ store, now }: Pick<Lodestar, 'store' | 'now'>): SettingsDeps {
  return {
    async read(person) {
      if (!changers.includes(person.role)) return null;
      const settings = await Promise.all(
        shown.map(async (one): Promise<HomeSetting> => {
          const entry = await settingOf(store, one.key);
          const value = entry === null ? null : String(entry.value);
          return { ...one, value, set: entry === null ? null : { by: entry.setBy, at: entry.setAt } };
        }),
      );
      return { settings, people: await listPeople(store) };
    },
    async change({ values, by }) {
      const actor = { kind: 'person', email: by.email } as const;
      const who = await requireRole(store, actor, { what: 'changing settings', roles: changers });
      const errors: Record<string, string> = {};
      const changes: { key: string; value: unknown }[] = [];
      for (const { key, kind } of shown) {
        const typed = values[key];
        if (typed === undefined) continue;
        const value = kind === 'number' ? Number(typed) : typed;
        const before = (await settingOf(store, key))?.value;
        if (before !== undefined && String(before) === typed) continue;
        const wrong = complaint(settingOfKey(key), value, typed);
        if (wrong === null) changes.push({ key, value });
        else errors[key] = wrong;
      }
      if (Object.keys(errors).length > 0) return { errors };
      await store.transaction(async (tx) => {
        for (const change of changes) await addSetting(tx, { ...change, setAt: now(), setBy: who.recorded });
      });
      return { changed: changes.map(({ key }) => key) };
    },
  };
}

function complaint(setting: (typeof known)[number] | undefined, value: unknown, typed: string): string | null {
  try {
    if (setting?.valid(value) === true) return null;
  } catch (error) {
    // A schedule that cannot be read says itself how one looks.
    if (error instanceof IcpError) return error.message;
    throw error;
  }
  return `needs a value like ${setting?.like ?? 'another'}, got ${typed}`;
}

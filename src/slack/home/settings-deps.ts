import type { Person } from '../../icp/types.ts';

/** A setting that people may look at and change in Slack. */
export interface HomeSetting {
  key: string;
  label: string;
  group: string;
  kind: 'channel' | 'person' | 'number' | 'day' | 'text';
  /** As it stands; `null` where nobody ever set it. */
  value: string | null;
  /** Who set it and when; `null` where nobody did. */
  set: { by: string; at: number } | null;
}

/** What the Slack floor asks of the house about settings. */
export interface SettingsDeps {
  /** `null` for somebody who may not change settings. */
  read(person: Person): Promise<{ settings: readonly HomeSetting[]; people: readonly Person[] } | null>;
  /**
   * Keeps those that differ from what stands, all or none; the person is looked up again.
   *
   * @param values by key, as they were filled in
   * @returns what is wrong with single ones, by key; nothing was kept then
   */
  change(wanted: {
    values: Readonly<Record<string, string>>;
    by: Person;
  }): Promise<{ changed: readonly string[] } | { errors: Readonly<Record<string, string>> }>;
}

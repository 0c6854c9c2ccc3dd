import type { KnownBlock, ModalView } from '@slack/types';
import type { Person } from '../../icp/types.ts';
import { formatDate } from '../../questions/format-figure.ts';
import { actionIds, callbackIds } from '../action-ids.ts';
import type { HomeSetting } from '../home/settings-deps.ts';
import { actions, button, context, lineSections, section } from './blocks.ts';
import { channelField, choiceField, dayField, formModal, textField } from './form.ts';
import { plain } from './text.ts';

const mostPeople = 100;

/** How the house is set, for those who may change it: a line a setting, and one press to the form. */
export function settingsAtHome(settings: readonly HomeSetting[], people: readonly Person[]): KnownBlock[] {
  const groups = [...new Set(settings.map(({ group }) => group))];
  return [
    section('*Settings*'),
    ...groups.flatMap((group) =>
      lineSections([`_${group}_`, ...settings.filter((one) => one.group === group).map((one) => lineOf(one, people))]),
    ),
    context('Every change is kept with who made it and when; `lodestar settings KEY` shows the history.'),
    actions([button('Change settings', actionIds.settings, 'settings')]),
  ];
}

/** Every setting as a field; one that is left as it is stays as it is. */
export function settingsModal(settings: readonly HomeSetting[], people: readonly Person[]): ModalView {
  return formModal({
    ...{ callbackId: callbackIds.settings, title: 'Settings', submit: 'Save', metadata: '' },
    blocks: [context('What you leave empty stays as it is.'), ...settings.map((setting) => fieldOf(setting, people))],
  });
}

function fieldOf({ key: id, label, kind, value }: HomeSetting, people: readonly Person[]) {
  const field = { id, question: label, optional: true, ...(value === null ? {} : { value }) };
  switch (kind) {
    case 'channel':
      return channelField(field);
    case 'person': {
      const options = people.slice(0, mostPeople).map(({ email, name }) => ({ value: email, label: name }));
      return options.length === 0 ? textField(field) : choiceField({ ...field, options });
    }
    case 'day':
      return dayField(field);
    case 'number':
      return textField({ ...field, longest: 10 });
    case 'text':
      return textField({ ...field, longest: 500 });
  }
}

function lineOf({ label, kind, value, set }: HomeSetting, people: readonly Person[]): string {
  const since = set === null ? '' : `  (${formatDate(new Date(set.at).toISOString())}, ${plain(set.by, 80)})`;
  return `${plain(label, 100)}: ${value === null ? 'not set' : shown(kind, value, people)}${since}`;
}

function shown(kind: HomeSetting['kind'], value: string, people: readonly Person[]): string {
  if (kind === 'channel' && isChannelId(value)) return `<#${value}>`;
  const named = kind === 'person' ? people.find(({ email }) => email.toLowerCase() === value.toLowerCase()) : undefined;
  const words = kind === 'day' ? formatDate(value) : (named?.name ?? value);
  return `*${plain(words, 200)}*`;
}

function isChannelId(value: string): boolean {
  return /^[CG][A-Z0-9]+$/.test(value);
}

import { IcpError } from '../errors.ts';
import { slugText } from '../icp/features/clean-text.ts';
import type { FeatureCatalogue } from '../icp/features/feature-rule.ts';
import type { Feature } from '../icp/types.ts';
import { likeness } from './resolve-account.ts';

/** What a feature of an account must be, in any case, to be on a list. */
export interface Condition {
  key: string;
  value: string;
}

const toolWords = new Set(['technology', 'technologies', 'tech', 'tool', 'tools', 'uses', 'competitor', 'competitors']);
const yes = new Set(['yes', 'true', '1', 'present']);
const no = new Set(['no', 'false', '0', 'absent']);
const mostNamed = 5;

/**
 * Turns what a list is filtered by into conditions on features: `technology=HubSpot` asks for the flag `tech_hubspot`.
 *
 * A field may be named by its feature's key or label, by the column that it is read from, or, for tools, by a word such as
 * technology or competitor.
 *
 * @throws {IcpError} `no_field` where the book has no such field or tool, with those that are near
 */
export function readConditions(catalogue: FeatureCatalogue, where: Readonly<Record<string, string>>): Condition[] {
  return Object.entries(where).map(([name, value]) => {
    const asked = slugText(name);
    const plain = catalogue.features.filter((_, at) => catalogue.rules[at]?.how !== 'member');
    const named =
      catalogue.features.find(({ key, label }) => slugText(key) === asked || slugText(label) === asked) ??
      plain.find(({ field }) => slugText(field) === asked);
    if (named !== undefined) return { key: named.key, value: named.type === 'flag' ? flagOf(value) : value };

    const fields = new Set(membersOf(catalogue).map(({ feature }) => feature.field));
    const listed = [...fields].filter((field) => slugText(field) === asked || slugText(field) === `${asked}s`);
    if (toolWords.has(asked) && fields.has('technologies')) listed.push('technologies');
    if (listed.length === 0) throw unknownField(name, [...plain.map(({ key }) => key), ...fields]);
    const members = membersOf(catalogue).filter(({ feature }) => listed.includes(feature.field));
    const wanted = members.find(({ member }) => slugText(member) === slugText(value));
    if (wanted === undefined) {
      const names = members.map(({ member }) => member);
      throw unknown(`no account is known by the ${name} "${value.slice(0, 60)}"`, value, names);
    }
    return { key: wanted.feature.key, value: 'present' };
  });
}

/** The tools that are spelled most like one that too few use for a feature; `null` for a tool that has one. */
export function nearTools(catalogue: FeatureCatalogue, tool: string): string[] | null {
  const tools = membersOf(catalogue).flatMap(({ member, feature }) =>
    feature.field === 'technologies' ? [member] : [],
  );
  return tools.some((member) => slugText(member) === slugText(tool)) ? null : nearest(tool, tools);
}

function membersOf({ features, rules }: FeatureCatalogue): { member: string; feature: Feature }[] {
  return features.flatMap((feature, at) => {
    const rule = rules[at];
    return rule?.how === 'member' ? [{ member: rule.member, feature }] : [];
  });
}

function flagOf(value: string): string {
  const word = value.trim().toLowerCase();
  if (yes.has(word)) return 'present';
  return no.has(word) ? 'absent' : value;
}

function unknownField(name: string, fields: readonly string[]): IcpError {
  return unknown(`accounts have no field "${name.slice(0, 60)}"`, name, fields);
}

function unknown(sentence: string, typed: string, names: readonly string[]): IcpError {
  return new IcpError('no_field', `${sentence}; the nearest are ${nearest(typed, names).join(', ') || 'none'}`);
}

function nearest(typed: string, names: readonly string[]): string[] {
  const folded = typed.toLowerCase();
  return [...names]
    .map((name) => ({ name, near: likeness(folded, name.toLowerCase()) }))
    .sort((a, b) => b.near - a.near || (a.name < b.name ? -1 : 1))
    .slice(0, mostNamed)
    .map(({ name }) => name);
}

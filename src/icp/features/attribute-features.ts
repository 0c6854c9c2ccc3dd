import type { Suspect } from '../training-set.ts';
import type { Feature, FeatureType, Layer, TimeKind } from '../types.ts';
import { foldText, slugText, wordsOf } from './clean-text.ts';
import type { FieldRule } from './feature-rule.ts';
import { type FieldProfile, inferType, levelsOf } from './field-profile.ts';
import { growthPairs, inputsOnly, knownFields } from './known-fields.ts';
import { isIdentityField, isOutcomeTimeField } from './outcome-time-fields.ts';
import type { Candidate } from './signal-features.ts';

const mostMembers = 60;
const memberShare = 0.005;
/** A field that is looked up so often in an account, on average, can be seen to move. */
const followedFrom = 3;
const toolColumn = /^(?:tech|uses|technology)_(.+)$/;

/** Everything that decides what becomes of the fields of a book. */
export interface AttributeSurvey {
  profiles: ReadonlyMap<string, FieldProfile>;
  /** How many dated values there are in all of the fields that may move. */
  sayings: ReadonlyMap<string, number>;
  rules: ReadonlyMap<string, FieldRule>;
  accounts: number;
  timeKind: TimeKind;
  maxLevels: number;
}

/** The features that the fields of a book make, and the fields that make none, with the reason. */
export function attributeCandidates(survey: AttributeSurvey): {
  candidates: readonly Candidate[];
  setAside: readonly Suspect[];
} {
  const candidates: Candidate[] = [];
  const setAside: Suspect[] = [];
  const toolColumns = new Map<string, string>();
  const names = [...new Set([...survey.profiles.keys(), ...survey.rules.keys()])].sort();
  const usable = names.filter((field) => {
    const reason = whyNot(field, survey);
    if (reason !== null) setAside.push({ field, reason });
    return reason === null;
  });
  const lists = usable.filter((field) => typeOf(field, survey) === 'list');
  for (const field of usable) {
    const tool = toolColumn.exec(slugText(field))?.[1];
    if (tool !== undefined && typeOf(field, survey) === 'flag') toolColumns.set(tool, field);
  }
  for (const field of lists) candidates.push(...memberCandidates(field, survey, toolColumns));
  const merged = new Set(candidates.map(({ rule }) => (rule.how === 'member' ? rule.column : null)));
  for (const field of usable) {
    const onlyInput = inputsOnly.has(field) && !(field === 'founded_on' && survey.timeKind === 'order');
    if (onlyInput || lists.includes(field) || merged.has(field)) continue;
    const candidate = valueCandidate(field, survey);
    if ('reason' in candidate) setAside.push(candidate);
    else candidates.push(candidate);
  }
  candidates.push(...derivedCandidates(new Set(usable), survey));
  return { candidates, setAside: setAside.sort((a, b) => (a.field < b.field ? -1 : 1)) };
}

function whyNot(field: string, survey: AttributeSurvey): string | null {
  const leftOut = survey.rules.get(field)?.leftOut ?? null;
  if (leftOut !== null) return leftOut;
  if (isOutcomeTimeField(field)) return 'is known only at or after the close';
  if (isIdentityField(field) && typeOf(field, survey) !== 'flag')
    return 'says which account it is, not what it is like';
  return survey.profiles.has(field) ? null : 'no account has a value';
}

function typeOf(field: string, { profiles, rules }: AttributeSurvey): FeatureType | 'list' | 'date' {
  if (field === 'technologies') return 'list';
  const declared = rules.get(field)?.type ?? knownFields[field]?.type;
  if (declared !== undefined) return declared;
  const profile = profiles.get(field);
  return profile === undefined ? 'category' : inferType(profile);
}

function layerOf(field: string, { rules }: AttributeSurvey): Layer {
  const usual = field === 'technologies' || toolColumn.test(slugText(field)) ? 'technographic' : 'firmographic';
  return rules.get(field)?.layer ?? knownFields[field]?.layer ?? usual;
}

/** Whether what is in a layer may move from month to month. */
export function isMovingLayer(layer: Layer): boolean {
  return layer === 'behavioural' || layer === 'pain';
}

/** What is dated and was looked up again and again is learnt over time; what stands, or has no date, at the first touch. */
function partOf(field: string, survey: AttributeSurvey): Feature['part'] {
  const profile = survey.profiles.get(field);
  if (profile === undefined || survey.timeKind !== 'dates' || !isMovingLayer(layerOf(field, survey))) return 'fit';
  const isFollowed = (survey.sayings.get(field) ?? 0) >= followedFrom * profile.dated;
  return isFollowed && profile.dated * 2 > profile.known ? 'timing' : 'fit';
}

function valueCandidate(field: string, survey: AttributeSurvey): Candidate | Suspect {
  const profile = survey.profiles.get(field);
  const type = typeOf(field, survey);
  if (profile === undefined) return { field, reason: 'no account has a value' };
  if (type === 'date' || type === 'list') return { field, reason: 'is a date, and no rule makes a feature of it' };
  const known = knownFields[field];
  const layer = layerOf(field, survey);
  const feature: Feature = {
    key: known?.key ?? slugText(field.replace(/__c$/i, '')),
    label: survey.rules.get(field)?.label ?? known?.label ?? wordsOf(field),
    layer,
    part: partOf(field, survey),
    type,
    field,
    ...(known?.unit === undefined || type !== 'number' ? {} : { unit: known.unit }),
  };
  const support = profile.known;
  if (type === 'number') return { feature, rule: { how: 'value' }, support };
  if (profile.texts === null) return { field, reason: 'has more than 10,000 different texts' };
  const levels = levelsOf(profile.texts);
  if (levels.length === 1 && profile.known === survey.accounts && survey.accounts > 1) {
    return { field, reason: 'has the same value everywhere' };
  }
  if (type === 'flag') return { feature, rule: { how: 'value' }, support };
  if (profile.known > 20 && levels.length * 2 > profile.known) {
    return { field, reason: 'differs in almost every account' };
  }
  const labels = levels.slice(0, survey.maxLevels).map((level) => level.label);
  return { feature: { ...feature, levels: labels }, rule: { how: 'value' }, support };
}

function memberCandidates(
  field: string,
  survey: AttributeSurvey,
  toolColumns: ReadonlyMap<string, string>,
): readonly Candidate[] {
  const profile = survey.profiles.get(field);
  if (profile?.texts === undefined || profile.texts === null) return [];
  const layer = layerOf(field, survey);
  const isTools = field === 'technologies';
  const prefix = isTools ? 'tech' : slugText(field.replace(/__c$/i, ''));
  const title = survey.rules.get(field)?.label ?? wordsOf(field);
  const fewest = Math.max(1, Math.round(memberShare * profile.known));
  return levelsOf(profile.texts)
    .filter((level) => level.count >= fewest)
    .slice(0, mostMembers)
    .sort((a, b) => (foldText(a.label) < foldText(b.label) ? -1 : 1))
    .map(({ label, count }) => ({
      feature: {
        key: `${prefix}_${slugText(label)}`,
        label: isTools ? `Uses ${label}` : `${title}: ${label}`,
        layer,
        part: partOf(field, survey),
        type: 'flag',
        field,
      },
      rule: { how: 'member', member: label, column: (isTools ? toolColumns.get(slugText(label)) : undefined) ?? null },
      support: count,
    }));
}

function derivedCandidates(usable: ReadonlySet<string>, survey: AttributeSurvey): readonly Candidate[] {
  const candidates: Candidate[] = [];
  const knownIn = (field: string): number => survey.profiles.get(field)?.known ?? 0;
  for (const { now, before, key, label } of growthPairs) {
    if (!usable.has(now) || !usable.has(before)) continue;
    candidates.push({
      feature: { key, label, layer: 'firmographic', part: 'fit', type: 'number', field: now, unit: '%' },
      rule: { how: 'growth', before },
      support: Math.min(knownIn(now), knownIn(before)),
    });
  }
  if (usable.has('founded_on') && survey.timeKind === 'dates') {
    candidates.push({
      feature: {
        key: 'company_age',
        label: 'Company age',
        layer: 'firmographic',
        part: 'fit',
        type: 'number',
        field: 'founded_on',
        unit: 'years',
      },
      rule: { how: 'years since' },
      support: knownIn('founded_on'),
    });
  }
  if (usable.has('technologies') && usable.has('employees')) {
    candidates.push({
      feature: {
        key: 'tech_complexity',
        label: 'Tools for its size',
        layer: 'technographic',
        part: 'fit',
        type: 'number',
        field: 'technologies',
        unit: 'tools a size bucket',
      },
      rule: { how: 'tools for size', size: 'employees' },
      support: Math.min(knownIn('technologies'), knownIn('employees')),
    });
  }
  return candidates;
}

import type { SubgroupPart } from '../../stats/patterns/subgroup.ts';
import { unknownBin } from '../../stats/patterns/subgroup.ts';
import { type ConditionTable, conditionOf } from '../patterns/search-columns.ts';
import { rateOf } from '../rates.ts';
import type { Segment, SegmentTrait } from './types.ts';

const mostTraits = 6;
/** Standard errors that a further trait's share is above that of the touched accounts. */
const standsOut = 3;

/**
 * What sets a segment apart: its conditions, then what its won accounts show more often than touched accounts do.
 *
 * @param won rows of its won accounts
 */
export function segmentTraits(
  table: ConditionTable,
  parts: readonly SubgroupPart[],
  won: Uint32Array,
  touched: Uint32Array,
): SegmentTrait[] {
  const traits = parts.map((part) => traitOf(table, part, won, touched)).filter((trait) => trait !== null);
  const taken = new Set(parts.map(({ column }) => table.features[column]!.key));
  const further: { trait: SegmentTrait; z: number }[] = [];
  for (const [column, feature] of table.features.entries()) {
    if (taken.has(feature.key) || table.ordered[column] === true) continue;
    for (let level = 0; level < table.sizes[column]!; level++) {
      if (feature.type === 'flag' && table.levels[column]![level] !== 'present') continue;
      const trait = traitOf(table, { column, from: level, to: level }, won, touched);
      if (trait === null || trait.inSegment.v < 0.15) continue;
      const spread = Math.sqrt((trait.amongTouched.v * (1 - trait.amongTouched.v)) / trait.inSegment.n);
      const z = spread > 0 ? (trait.inSegment.v - trait.amongTouched.v) / spread : 0;
      if (z >= standsOut) further.push({ trait, z });
    }
  }
  further.sort((a, b) => b.z - a.z || (a.trait.label < b.trait.label ? -1 : 1));
  return [...traits, ...further.map(({ trait }) => trait)].slice(0, Math.max(mostTraits, traits.length));
}

/** What to open a conversation with: what they want it for, what hurts, what they run on; at least what they are. */
export function bestAngle(table: ConditionTable, traits: readonly SegmentTrait[]): Segment['bestAngle'] {
  const layerOf = new Map(table.features.map(({ key, layer }) => [key, layer]));
  const typeOf = new Map(table.features.map(({ key, type }) => [key, type]));
  const by = (kind: Segment['bestAngle']['kind'], is: (trait: SegmentTrait) => boolean) => {
    const trait = traits.find((one) => is(one) && one.inSegment.v > one.amongTouched.v);
    return trait === undefined ? null : { kind, label: trait.label, trait };
  };
  return (
    by('use case', ({ key }) => /use_?case|purpose|goal/i.test(key)) ??
    by('pain', ({ key }) => layerOf.get(key) === 'pain') ??
    by('technology', ({ key }) => layerOf.get(key) === 'technographic' && typeOf.get(key) === 'flag') ?? {
      kind: 'trait',
      label: traits[0]?.label ?? '',
      trait: traits[0] ?? null,
    }
  );
}

function traitOf(
  table: ConditionTable,
  part: SubgroupPart,
  won: Uint32Array,
  touched: Uint32Array,
): SegmentTrait | null {
  const count = (rows: Uint32Array) => {
    const bins = table.columns[part.column]!;
    let known = 0;
    let has = 0;
    for (const row of rows) {
      const bin = bins[row]!;
      if (bin === unknownBin) continue;
      known++;
      if (bin >= part.from && bin <= part.to) has++;
    }
    return rateOf(has, known);
  };
  const inSegment = count(won);
  const amongTouched = count(touched);
  if (inSegment === null || amongTouched === null) return null;
  const { key, label } = conditionOf(table, part);
  return { key, label, inSegment, amongTouched };
}

import { IcpError } from '../../errors.ts';
import type { Criterion, IcpModel } from '../model.ts';
import { rangeOf } from '../weigh-criteria.ts';
import type { ChangeEdit, ModelChange } from './model-change.ts';
import type { ChangeState } from './proposal-state.ts';

/**
 * A line as a person wants it: a criterion heavier or lighter, single points, other cuts, another name.
 *
 * @param model the one in force, against which a weight is a share
 * @throws {IcpError} `bad_edit` for an edit that does not go with the line, or a figure out of bounds
 */
export function editChange(change: ModelChange, edit: ChangeEdit, model: IcpModel): ModelChange {
  if ('weight' in edit || 'points' in edit) {
    if (change.kind !== 'criterion added' && change.kind !== 'criterion re-weighted') throw unfit(change, edit);
    const criterion =
      'weight' in edit ? heavier(change.criterion, edit.weight, model) : repointed(change.criterion, edit.points);
    return { ...change, criterion };
  }
  if ('cuts' in edit) {
    if (change.kind !== 'tier cuts moved') throw unfit(change, edit);
    const { primary, nurture } = edit.cuts;
    if (!(nurture >= 0 && nurture < primary && primary <= 100))
      throw bad(
        `the cuts of the tiers need to be between 0 and 100, and that of tier 1 above that of tier 2, got ${primary} and ${nurture}`,
      );
    return { ...change, cuts: { primary, nurture } };
  }
  const name = edit.name.trim();
  if (name === '' || name.length > 80) throw bad(`a name needs 1 to 80 characters, got ${name.length}`);
  switch (change.kind) {
    case 'segment added':
    case 'segment altered':
      return { ...change, rule: { ...change.rule, name } };
    case 'anti-pattern added':
    case 'anti-pattern altered':
      return { ...change, rule: { ...change.rule, name } };
    default:
      throw unfit(change, edit);
  }
}

/** A line with all of its edits, in their order. */
export function editedChange({ drafted, edits }: Pick<ChangeState, 'drafted' | 'edits'>, model: IcpModel): ModelChange {
  return edits.reduce(
    (change, { details }) => (details.edit === undefined ? change : editChange(change, details.edit, model)),
    drafted,
  );
}

/** All points grow or shrink together until the criterion has its share of the total range, beside all others as they are. */
function heavier(criterion: Criterion, weight: number, { criteria }: IcpModel): Criterion {
  if (!(weight >= 0 && weight <= 0.6)) throw bad(`a weight needs to be between 0 and 0.60, got ${weight}`);
  const others = criteria.filter(({ key }) => key !== criterion.key).reduce((sum, each) => sum + rangeOf(each), 0);
  const range = rangeOf(criterion);
  if (range === 0 || others === 0)
    throw bad(`${criterion.label} makes no difference between accounts, so there is nothing to make heavier`);
  const factor = (weight * others) / ((1 - weight) * range);
  return {
    ...criterion,
    bins: criterion.bins.map((bin) => ({ ...bin, points: Math.round(bin.points * factor) || 0 })),
  };
}

function repointed(criterion: Criterion, points: Readonly<Record<string, number>>): Criterion {
  for (const [label, value] of Object.entries(points)) {
    if (!criterion.bins.some((bin) => bin.label === label))
      throw bad(
        `${criterion.label} has no bin "${label}"; it has ${criterion.bins.map((bin) => `"${bin.label}"`).join(', ')}`,
      );
    if (!(Math.abs(value) <= 100)) throw bad(`points need to be between -100 and 100, got ${value} for "${label}"`);
  }
  return {
    ...criterion,
    bins: criterion.bins.map((bin) => {
      const wanted = points[bin.label];
      return wanted === undefined ? bin : { ...bin, points: Math.round(wanted * 10) || 0 };
    }),
  };
}

function unfit(change: ModelChange, edit: ChangeEdit): IcpError {
  return bad(`a line of the kind "${change.kind}" cannot be given another ${Object.keys(edit).join(', ')}`);
}

function bad(sentence: string): IcpError {
  return new IcpError('bad_edit', sentence);
}

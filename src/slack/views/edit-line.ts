import type { KnownBlock, ModalView } from '@slack/types';
import { assertNever } from '../../errors.ts';
import type { Criterion } from '../../icp/model.ts';
import { describeChange } from '../../icp/proposals/describe-change.ts';
import type { DryRun } from '../../icp/proposals/dry-run.ts';
import type { ChangeEdit, ModelChange } from '../../icp/proposals/model-change.ts';
import { actionIds, callbackIds, numbered } from '../action-ids.ts';
import { actions, button, context, section } from './blocks.ts';
import { dryRunLines } from './dry-run.ts';
import { formModal, numberField, textField } from './form.ts';
import { label, plain } from './text.ts';

/** With more bins than these a criterion can only be made heavier or lighter. */
const fewBins = 8;
/** A weight above it would leave next to nothing to the other criteria; editing refuses it too. */
const mostWeight = 0.6;
const mostPoints = 100;

/** What of a line is edited. */
export type EditMode = 'weight' | 'points' | 'cuts' | 'name';

/** What stands under the fields: a dry run, or what is being done about it. */
export type Outcome = { kind: 'working' } | { kind: 'run'; dryRun: DryRun } | { kind: 'refused'; sentence: string };

/** What a line can be edited by, the usual way first. */
export function modesOf(change: ModelChange): EditMode[] {
  switch (change.kind) {
    case 'criterion added':
    case 'criterion re-weighted':
      return change.criterion.bins.length <= fewBins ? ['weight', 'points'] : ['weight'];
    case 'tier cuts moved':
      return ['cuts'];
    case 'segment added':
    case 'segment altered':
    case 'anti-pattern added':
    case 'anti-pattern altered':
      return ['name'];
    case 'criterion dropped':
    case 'segment dropped':
    case 'anti-pattern dropped':
    case 'stage values recalibrated':
    case 'fine tuning':
    case 'table replaced':
      return [];
    default:
      return assertNever(change);
  }
}

/** Fields for an edit of a line, and under them what the edited line alone would do. Nothing is kept before it is sent. */
export function editModal(given: {
  line: number;
  change: ModelChange;
  mode: EditMode;
  outcome: Outcome;
  metadata: string;
  /** For the button that works it out. */
  value: string;
}): ModalView {
  const { change, mode } = given;
  return formModal({
    callbackId: callbackIds.lineEdit,
    title: `Edit line ${given.line}`,
    submit: 'Keep the edit',
    metadata: given.metadata,
    blocks: [
      heading(change, mode),
      ...fieldsOf(change, mode),
      actions([button('Work it out', actionIds.editWorkOut, given.value)]),
      ...outcomeBlocks(given.outcome),
    ],
  });
}

/** A modal about an edit that says only one thing: it is being looked up, or it cannot be. */
export function noEditModal(line: number, text: string, metadata: string): ModalView {
  return formModal({
    ...{ callbackId: callbackIds.lineEdit, title: `Edit line ${line}`, submit: null, metadata },
    blocks: [section(plain(text, 2500))],
  });
}

/** Which of its fields a form has, by their ids. */
export function modeOf(fields: readonly string[]): EditMode {
  if (fields.includes(fieldIds.weight)) return 'weight';
  if (fields.includes(fieldIds.name)) return 'name';
  return fields.includes(fieldIds.primary) ? 'cuts' : 'points';
}

/** What is wrong with what was entered, as far as that can be told without the line; points are held to their bounds by Slack. */
export function wrongIn(mode: EditMode, values: Readonly<Record<string, string>>): Record<string, string> | null {
  const read = mode === 'points' ? null : readEdit(null, mode, values);
  return read !== null && 'errors' in read ? read.errors : null;
}

/** The edit that was entered, or what is wrong with it field by field. */
export function readEdit(
  change: ModelChange | null,
  mode: EditMode,
  values: Readonly<Record<string, string>>,
): { edit: ChangeEdit } | { errors: Record<string, string> } {
  const errors: Record<string, string> = {};
  const read = (id: string, least: number, most: number): number => {
    const text = values[id] ?? '';
    const v = text === '' ? Number.NaN : Number(text);
    if (!(v >= least && v <= most)) errors[id] = `A number from ${least} to ${most} is needed.`;
    return v;
  };
  const edit = ((): ChangeEdit => {
    switch (mode) {
      case 'weight':
        return { weight: read(fieldIds.weight, 0, mostWeight) };
      case 'name':
        return { name: values[fieldIds.name] ?? '' };
      case 'cuts': {
        const cuts = { primary: read(fieldIds.primary, 0, 100), nurture: read(fieldIds.nurture, 0, 100) };
        if (cuts.nurture >= cuts.primary) errors[fieldIds.nurture] = 'Tier 2 has to begin below tier 1.';
        return { cuts };
      }
      case 'points': {
        const bins = (change === null ? null : criterionOf(change))?.bins ?? [];
        const entered = bins.map((bin, nth) => ({ bin, v: read(binId(nth), -mostPoints, mostPoints) }));
        const moved = entered.filter(({ bin, v }) => Math.round(v * 10) !== bin.points);
        return { points: Object.fromEntries(moved.map(({ bin, v }) => [bin.label, v])) };
      }
    }
  })();
  return Object.keys(errors).length > 0 ? { errors } : { edit };
}

const fieldIds = {
  weight: numbered(actionIds.editValue, 100),
  primary: numbered(actionIds.editValue, 101),
  nurture: numbered(actionIds.editValue, 102),
  name: numbered(actionIds.editValue, 103),
} as const;

function binId(nth: number): string {
  return numbered(actionIds.editValue, nth);
}

/** What the line says, and where it can be edited in two ways, which of them. */
function heading(change: ModelChange, mode: EditMode): KnownBlock {
  const { sentence } = describeChange(change);
  const modes = modesOf(change);
  const words = section(`${plain(sentence, 600)}`);
  if (modes.length < 2) return words;
  const options = modes.map((one) => ({
    value: one,
    text: { type: 'plain_text' as const, text: one === 'weight' ? 'Its weight' : 'Points by bin', emoji: false },
  }));
  const initial = options.find(({ value }) => value === mode);
  return {
    ...words,
    accessory: {
      type: 'static_select',
      action_id: actionIds.editMode,
      options,
      ...(initial === undefined ? {} : { initial_option: initial }),
    },
  };
}

function fieldsOf(change: ModelChange, mode: EditMode): KnownBlock[] {
  const criterion = criterionOf(change);
  switch (mode) {
    case 'weight':
      return [
        numberField({
          ...{ id: fieldIds.weight, question: 'Weight', tells: true, least: 0, most: mostWeight },
          ...(criterion === null ? {} : { value: criterion.weight }),
          hint: `Share of all points, 0 to ${mostWeight.toFixed(2)}. Press Enter to work it out.`,
        }),
      ];
    case 'points':
      return (criterion?.bins ?? []).map((bin, nth) =>
        numberField({
          ...{ id: binId(nth), question: label(bin.label, 150) || `Bin ${nth + 1}`, tells: true },
          ...{ least: -mostPoints, most: mostPoints, value: bin.points / 10 },
        }),
      );
    case 'cuts': {
      const cuts = change.kind === 'tier cuts moved' ? change.cuts : { primary: 100, nurture: 0 };
      const bounds = { tells: true, least: 0, most: 100 };
      return [
        numberField({ id: fieldIds.primary, question: 'Tier 1 above', value: cuts.primary, ...bounds }),
        numberField({ id: fieldIds.nurture, question: 'Tier 2 from', value: cuts.nurture, ...bounds }),
      ];
    }
    case 'name':
      return [textField({ id: fieldIds.name, question: 'Name', value: nameOf(change), tells: true, longest: 80 })];
  }
}

function outcomeBlocks(outcome: Outcome): KnownBlock[] {
  switch (outcome.kind) {
    case 'working':
      return [context('Working it out, a moment.')];
    case 'refused':
      return [section(plain(outcome.sentence, 1000))];
    case 'run':
      return [
        section(['*By itself, the line as it is entered here:*', ...dryRunLines(outcome.dryRun)].join('\n')),
        context('Nothing is kept yet.'),
      ];
  }
}

function criterionOf(change: ModelChange): Criterion | null {
  return change.kind === 'criterion added' || change.kind === 'criterion re-weighted' ? change.criterion : null;
}

function nameOf(change: ModelChange): string {
  return 'rule' in change ? label(change.rule.name, 80) : '';
}

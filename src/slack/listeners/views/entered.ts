import type { ViewOutput } from '@slack/bolt';
import type { Entered } from '../../proposals/edit-line.ts';
import { modeOf } from '../../views/edit-line.ts';
import { formValues } from './form-values.ts';

/** What was entered in the form of an edit, and in which of its fields. */
export function entered(view: ViewOutput): Entered {
  return { mode: modeOf(Object.keys(view.state.values)), values: formValues(view) };
}

import type { ViewOutput } from '@slack/bolt';

/** What was filled into the fields of a form, by their ids: text, the option's value, the date. Empty ones are absent. */
export function formValues(view: ViewOutput): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const [id, block] of Object.entries(view.state.values)) {
    const held = block[id];
    const value =
      held?.selected_option?.value ?? held?.selected_date ?? held?.selected_conversation ?? held?.value?.trim();
    if (value !== undefined && value !== null && value !== '') values[id] = value;
  }
  return values;
}

import type { ViewOutput } from '@slack/bolt';
import { inputIds } from '../../action-ids.ts';

/** What was typed into the one field of a modal; `null` when it was left empty. */
export function wordsOf(view: ViewOutput): string | null {
  const words = view.state.values[inputIds.block]?.[inputIds.element]?.value?.trim();
  return words === undefined || words === '' ? null : words;
}

// @ts-check

/**
 * What a control holds: one value, or several.
 * @param {HTMLElement} control
 * @returns {string | string[]}
 */
export function valueIn(control) {
  if (control instanceof HTMLSelectElement) {
    return control.multiple ? [...control.selectedOptions].map((option) => option.value) : control.value;
  }
  if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) return control.value;
  const ticked = [...control.querySelectorAll('input:checked')].map(
    (box) => /** @type {HTMLInputElement} */ (box).value,
  );
  return control.dataset.type === 'checkboxes' ? ticked : (ticked[0] ?? '');
}

/**
 * Words as a sentence: with a capital in front and a full stop behind, whether or not it came with them.
 *
 * @example asSentence('learnt from 190 won and 412 lost deals'); // => 'Learnt from 190 won and 412 lost deals.'
 */
export function asSentence(words: string): string {
  const text = words.trim();
  if (text === '') return '';
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?…]$/.test(text) ? '' : '.'}`;
}

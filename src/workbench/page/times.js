// @ts-check

/** @param {string} ts */
export function dateOf(ts) {
  return new Date(Number(ts) * 1000);
}

/** @param {string} ts */
export function clockTime(ts) {
  return dateOf(ts).toLocaleTimeString('en-US', { hour: 'numeric', minute: '2-digit' });
}

/** @param {string} ts */
export function fullTime(ts) {
  return dateOf(ts).toLocaleString('en-US', { dateStyle: 'full', timeStyle: 'medium' });
}

/** @param {string} ts */
export function dayOf(ts) {
  return dateOf(ts).toDateString();
}

/**
 * "Today", "Yesterday", or the weekday and date.
 * @param {string} ts
 */
export function dayName(ts) {
  const day = dateOf(ts);
  const today = new Date();
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  if (day.toDateString() === today.toDateString()) return 'Today';
  if (day.toDateString() === yesterday.toDateString()) return 'Yesterday';
  return day.toLocaleDateString('en-US', { weekday: 'long', month: 'long', day: 'numeric' });
}

/** @param {string} ts */
export function ago(ts) {
  const minutes = Math.round((Date.now() - dateOf(ts).getTime()) / 60000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} minute${minutes === 1 ? '' : 's'} ago`;
  return dayOf(ts) === new Date().toDateString() ? `today at ${clockTime(ts)}` : dayName(ts);
}

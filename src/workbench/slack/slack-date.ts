/**
 * A date token of a message, written out; undefined when the seconds are no number, and then its fallback is shown.
 *
 * @see https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 * @example formatSlackDate('1392734382', 'on {date_short}', 'Etc/UTC'); // => 'on Feb 18, 2014'
 */
export function formatSlackDate(seconds: string, format: string, timeZone: string): string | undefined {
  const at = new Date(Number(seconds) * 1000);
  if (Number.isNaN(at.getTime())) return undefined;
  return format.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const options = FORMATS[name.replace('_pretty', '')];
    return options ? at.toLocaleString('en-US', { ...options, timeZone }) : whole;
  });
}

const FORMATS: Record<string, Intl.DateTimeFormatOptions> = {
  date: { dateStyle: 'long' },
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date_short: { dateStyle: 'medium' },
  date_long: { dateStyle: 'full' },
  time: { hour: 'numeric', minute: '2-digit' },
  time_secs: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
};

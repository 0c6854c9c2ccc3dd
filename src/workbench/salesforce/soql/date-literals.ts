const DAY = 86_400_000;

/** The first moment of a span and the first one behind it, milliseconds since 1970. */
export interface Span {
  start: number;
  end: number;
}

/**
 * The span that a date literal stands for, in the time zone of the local org, which is UTC; `null` for one that it does
 * not know.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_dateformats.htm
 * @example spanOf('LAST_N_DAYS:2', Date.UTC(2026, 0, 10)); // => { start: 1767830400000, end: 1768089600000 }
 */
export function spanOf(literal: string, now: number): Span | null {
  const [word = '', count = '0'] = literal.toUpperCase().split(':');
  const n = Number(count);
  const today = Math.floor(now / DAY) * DAY;
  const days = (from: number, to: number): Span => ({ start: today + from * DAY, end: today + to * DAY });
  const date = new Date(now);
  const months = (from: number, to: number): Span => ({
    start: Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + from),
    end: Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + to),
  });
  const month = date.getUTCMonth();
  const weekday = date.getUTCDay();
  switch (word) {
    case 'YESTERDAY':
      return days(-1, 0);
    case 'TODAY':
      return days(0, 1);
    case 'TOMORROW':
      return days(1, 2);
    case 'LAST_N_DAYS':
      // Today too: "it includes n + 1 days in total".
      return days(-n, 1);
    case 'NEXT_N_DAYS':
      return days(1, n + 1);
    case 'N_DAYS_AGO':
      return days(-n, 1 - n);
    case 'LAST_90_DAYS':
      return days(-90, 1);
    case 'THIS_WEEK':
      return days(-weekday, 7 - weekday);
    case 'LAST_WEEK':
      return days(-weekday - 7, -weekday);
    case 'THIS_MONTH':
      return months(0, 1);
    case 'LAST_MONTH':
      return months(-1, 0);
    case 'LAST_N_MONTHS':
      return months(-n, 0);
    case 'THIS_QUARTER':
      return months(-(month % 3), 3 - (month % 3));
    case 'LAST_QUARTER':
      return months(-(month % 3) - 3, -(month % 3));
    case 'THIS_YEAR':
      return months(-month, 12 - month);
    case 'LAST_YEAR':
      return months(-month - 12, -month);
    case 'LAST_N_YEARS':
      return months(-month - 12 * n, -month);
    default:
      return null;
  }
}

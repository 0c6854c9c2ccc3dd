const kinds: Readonly<Record<string, 'tech_added' | 'tech_removed'>> = {
  ...{ added: 'tech_added', adopted: 'tech_added', installed: 'tech_added', 'started using': 'tech_added' },
  ...{ removed: 'tech_removed', dropped: 'tech_removed', ditched: 'tech_removed', uninstalled: 'tech_removed' },
  'stopped using': 'tech_removed',
};

/** A tool that came or went within some days or weeks, as people say it: "dropped HubSpot in the last 90 days". */
export const stackChange = new RegExp(
  `(?<!\\b(?:not|never) )(?<!n't )\\b(${Object.keys(kinds).join('|')}) ((?:an?|any|one of our) (?:tools?|technology|competitors?)(?: tools?)?|tools?|[\\w.+-]+(?: [A-Z][\\w.+-]*)?) (?:with)?in (?:the )?(?:(?:last|past) )?(\\d{1,4}) (day|week)s?\\b`,
);

const anyTool = /^(?:(?:an?|any) )?(?:tools?|technology)$/;
const aCompetitor = /\bcompetitors?\b/;

/**
 * The condition of a list in what `stackChange` has matched; `null` where what came or went is no tool: employees, points.
 *
 * @param isTool whether a word in small letters is the name of a tool
 */
export function conditionOfChange(
  [, verb = '', what = '', count = '', unit = '']: RegExpExecArray,
  isTool: (word: string) => boolean,
): { field: string; value: string } | null {
  const field = kinds[verb];
  const days = String(Number(count) * (unit === 'week' ? 7 : 1));
  if (field === undefined) return null;
  if (anyTool.test(what)) return { field, value: days };
  if (aCompetitor.test(what)) return { field, value: `competitor ${days}` };
  return /^[A-Z]/.test(what) || isTool(what) ? { field, value: `${what} ${days}` } : null;
}

import { columnFor } from './column-words.ts';
import type { Recipe } from './mapping-schema.ts';
import type { ColumnProfile, FileProfile } from './profile-columns.ts';

/** How a file tells what became of its rows. */
export interface FoundOutcome {
  column: ColumnProfile;
  kind: 'deal' | 'churn';
  /** Makes `open`, `won` or `lost` of a deal. */
  recipe: Recipe;
  /** Texts of `column` that stand for a good end (won), and for the end that is not (lost, or churned). */
  won: readonly string[];
  lost: readonly string[];
  sure: boolean;
}

const churn = /^churn(ed|flag|label|value)?$|^(has)?(left|cancel+ed)$|^attrition$|^exited$/;
const stage = /^(deal|opportunity|sales|pipeline|lead)?(stage|stagename|status|outcome|result)$/;
const target =
  /^(converted|isconverted|won|iswon|purchased|bought|subscribed|success|y|target|label|outcome|result|conversion)$/;
const wonWord = /^(closed[\s-]*won|won|yes|y|true|1|converted|success(ful)?|signed|purchased|customer)$/i;
const lostWord = /^(closed[\s-]*lost|lost|no|n|false|0|rejected|fail(ed|ure)?|dead|disqualified|not converted)$/i;

/** Looks for the column that says how each row ended. */
export function findOutcome(file: FileProfile): FoundOutcome | null {
  const churned = file.columns.find(({ plain, words }) => churn.test(plain) && words.size === 2);
  if (churned !== undefined) {
    const left = [...churned.words.keys()].filter((word) => wonWord.test(word) || /churn|left/i.test(word));
    const stayed = [...churned.words.keys()].filter((word) => !left.includes(word));
    return { column: churned, kind: 'churn', recipe: churned.name, won: stayed, lost: left, sure: left.length === 1 };
  }
  const ended = columnFor(file, 'ended_at');
  if (ended?.type === 'date' && columnFor(file, 'started_at')?.type === 'date' && ended.known < ended.texts.length) {
    // Who has no end is still a customer.
    return { column: ended, kind: 'churn', recipe: ended.name, won: [''], lost: [...ended.words.keys()], sure: true };
  }
  const byFlags = wonAndClosed(file);
  if (byFlags !== null) return byFlags;
  const staged = file.columns.find(
    ({ plain, words }) => stage.test(plain) && [...words.keys()].some((word) => wonWord.test(word)),
  );
  const plain = staged ?? file.columns.find((column) => target.test(column.plain) && column.words.size === 2);
  return plain === undefined ? null : fromWords(plain);
}

/** Salesforce says it twice: closed or not, won or not. */
function wonAndClosed(file: FileProfile): FoundOutcome | null {
  const won = file.columns.find(({ plain, type }) => plain === 'iswon' && type === 'flag');
  const closed = file.columns.find(({ plain, type }) => plain === 'isclosed' && type === 'flag');
  if (won === undefined || closed === undefined) return null;
  const words = (column: ColumnProfile, to: (yes: boolean) => string | null) =>
    Object.fromEntries([...column.words.keys()].map((word) => [word, to(wonWord.test(word))]));
  const recipe = {
    first: [
      { column: won.name, values: words(won, (yes) => (yes ? 'won' : null)) },
      { column: closed.name, values: words(closed, (yes) => (yes ? 'lost' : 'open')) },
    ],
  };
  return {
    column: won,
    kind: 'deal',
    recipe,
    won: [...won.words.keys()].filter((word) => wonWord.test(word)),
    lost: [],
    sure: true,
  };
}

function fromWords(column: ColumnProfile): FoundOutcome {
  const all = [...column.words.keys()];
  const won = all.filter((word) => wonWord.test(word));
  const lost = all.filter((word) => lostWord.test(word));
  const values = Object.fromEntries(
    all.map((word) => [word, won.includes(word) ? 'won' : lost.includes(word) ? 'lost' : 'open']),
  );
  const recipe = { column: column.name, values, otherwise: 'open' };
  return { column, kind: 'deal', recipe, won, lost, sure: won.length > 0 && lost.length > 0 };
}

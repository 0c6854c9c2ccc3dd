import type { ReportTopic } from '../../questions/report-card.ts';
import type { ListFilter } from '../../questions/types.ts';
import { parseListFilter } from './parse-list-filter.ts';
import { parseReport } from './parse-report.ts';

/** What somebody typed after `/icp`. `usage` is a command that lacks something, with the sentence that says what. */
export type Command =
  | { kind: 'why'; account: string }
  | { kind: 'score'; account: string }
  | { kind: 'history'; account: string }
  | { kind: 'override'; account: string }
  | { kind: 'event'; account: string }
  | { kind: 'caution'; where: string }
  | { kind: 'compare'; left: string; right: string }
  | { kind: 'list'; filter: ListFilter }
  | { kind: 'criteria' }
  | { kind: 'leads' }
  | { kind: 'coverage' }
  | { kind: 'report'; topic: ReportTopic; about: string | null }
  | { kind: 'changes' }
  | { kind: 'simulate'; id: number; lines: readonly number[] | null }
  | { kind: 'help' }
  | { kind: 'usage'; problem: string }
  | { kind: 'ask'; question: string };

/** Small words after `why` that make it a question to talk about rather than the name of an account. */
const questionWords =
  /^(is|are|was|were|did|does|do|has|have|had|can|could|should|would|will|so|not|no|we|they|it|our|the|this|that)\s/;

/** Two ways of scoring and no accounts, after `compare`: no name in quotes, no comma. */
const twoScorings =
  /^(?:the )?(?:old|new|previous|current|written|learn(?:ed|t))\b[^,"“”„«»]*\b(?:scor(?:e|es|ing|ings)|icp|points|model)\W*$/i;

const quotes = /["“”„«»]/g;

/**
 * Reads the text of `/icp`. Whatever is no command is a question for the conversation, so nothing is ever refused for
 * its grammar.
 *
 * @example parseCommand('why “Halden Logistics”?'); // => { kind: 'why', account: 'Halden Logistics' }
 */
export function parseCommand(text: string): Command {
  const words = tidy(text);
  if (words === '') return { kind: 'help' };
  const [, verb = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(words) ?? [];
  switch (verb.toLowerCase()) {
    case 'why':
      return questionWords.test(rest) ? ask(words) : withAccount('why', rest);
    case 'score':
      return withAccount('score', rest);
    case 'history':
      return withAccount('history', rest);
    case 'override':
      return withAccount('override', rest);
    case 'event':
      return withAccount('event', rest);
    case 'caution':
      return { kind: 'caution', where: unquoted(rest) };
    case 'compare':
      return twoScorings.test(rest) ? ask(words) : parseCompare(rest);
    case 'list': {
      const filter = parseListFilter(rest);
      return filter ? { kind: 'list', filter } : ask(words);
    }
    case 'criteria':
      return rest === '' ? { kind: 'criteria' } : ask(words);
    case 'leads':
      return rest === '' ? { kind: 'leads' } : ask(words);
    case 'changes':
      return rest === '' ? { kind: 'changes' } : ask(words);
    case 'simulate':
      return parseSimulate(rest);
    case 'data':
    case 'coverage':
      return rest === '' ? { kind: 'coverage' } : ask(words);
    case 'help':
    case '?':
      return rest === '' ? { kind: 'help' } : ask(words);
    default: {
      const report = parseReport(verb, unquoted(rest));
      return report === null ? ask(words) : { kind: 'report', ...report };
    }
  }
}

function ask(question: string): Command {
  return { kind: 'ask', question };
}

function withAccount(kind: 'why' | 'score' | 'history' | 'override' | 'event', rest: string): Command {
  const account = unquoted(rest);
  if (account !== '') return { kind, account };
  return {
    kind: 'usage',
    problem: `\`${kind}\` needs an account: its name, domain or id, as in \`/icp ${kind} Acme\``,
  };
}

function parseSimulate(rest: string): Command {
  const [, id, lines] = /^#?(\d{1,9})(?:\s+(?:lines?\s+)?(\d+(?:\s*,\s*\d+)*))?$/i.exec(unquoted(rest)) ?? [];
  if (id !== undefined)
    return { kind: 'simulate', id: Number(id), lines: lines === undefined ? null : lines.split(',').map(Number) };
  if (!/^(#?\d|$)/.test(rest)) return ask(`simulate ${rest}`);
  return {
    kind: 'usage',
    problem:
      '`simulate` needs the number of a proposal, and takes lines after it, as in `/icp simulate 3` or `/icp simulate 3 lines 1, 2`',
  };
}

function parseCompare(rest: string): Command {
  const sides = splitSides(rest).map(unquoted);
  const [left = '', right = ''] = sides;
  if (sides.length === 2 && left !== '' && right !== '') return { kind: 'compare', left, right };
  const found = sides.filter((side) => side !== '').length;
  const problem = `\`compare\` needs two accounts with a comma between them, got ${found}; write \`/icp compare Acme, Globex\`, and put quotes round a name that has a comma`;
  return { kind: 'usage', problem };
}

/** At commas outside quotes; a comma before a legal form belongs to the name (`Acme, Inc.`). Without one, at `and`. */
function splitSides(rest: string): string[] {
  const parts = splitOutsideQuotes(rest, /^\s*,\s*/).reduce<string[]>((sides, part) => {
    const isLegalForm = /^(inc|llc|ltd|limited|corp|co|gmbh|ag|sa|s\.a|bv|b\.v|plc|oy|ab|as|srl|sarl)\.?$/i.test(
      part.trim(),
    );
    const last = sides.at(-1);
    if (isLegalForm && last !== undefined) sides[sides.length - 1] = `${last}, ${part.trim()}`;
    else sides.push(part);
    return sides;
  }, []);
  return parts.length > 1 ? parts : splitOutsideQuotes(rest, /^\s+(?:and|with|to|vs\.?|versus)\s+/i);
}

function splitOutsideQuotes(text: string, separator: RegExp): string[] {
  const parts: string[] = [];
  let part = '';
  let inQuotes = false;
  for (let at = 0; at < text.length; ) {
    const found = inQuotes ? null : separator.exec(text.slice(at));
    if (found) {
      parts.push(part);
      part = '';
      at += found[0].length;
    } else {
      if (text[at] === '"') inQuotes = !inQuotes;
      part += text.charAt(at);
      at += 1;
    }
  }
  return [...parts, part];
}

function unquoted(text: string): string {
  const quoted = /^"([^"]*)"\s*\?*$/.exec(text.trim());
  if (quoted) return (quoted[1] ?? '').trim();
  return text.replaceAll('"', '').replace(/\?+$/, '').trim();
}

/** One kind of space and of quote, nothing invisible. */
function tidy(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cf}\p{Co}]/gu, '')
    .replace(/[\p{Z}\p{Cc}]+/gu, ' ')
    .replace(quotes, '"')
    .trim();
}

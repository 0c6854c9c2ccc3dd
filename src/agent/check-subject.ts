import type { AccountRef } from '../questions/types.ts';
import { figureReference, type Ledger } from './figures.ts';
import { type NumberedResult, subjectOf } from './tool-runner.ts';

/**
 * Figures that stand in a sentence about another account: the one mistake that references leave possible. A sentence is
 * only judged when it names accounts and the figure is plainly one account's own.
 *
 * @returns complaints precise enough to mend the text by
 */
export function checkSubjects(text: string, results: readonly NumberedResult[], ledger: Pick<Ledger, 'get'>): string[] {
  const accounts = distinct(results.flatMap(accountsOf));
  if (accounts.length < 2) return [];
  return text.split(/(?<=[.!?])\s+|\n+|;\s+/).flatMap((sentence) => {
    // A name may be written as the figure that holds it.
    const spoken = sentence.replace(figureReference, (_, reference: string) => {
      const figure = ledger.get(reference);
      return figure?.unit === 'text' ? String(figure.v) : '';
    });
    const named = accounts.filter((account) => isNamed(account, spoken));
    if (named.length === 0) return [];
    return [...sentence.matchAll(figureReference)].flatMap(([written, reference = '']) => {
      const owner = ownerOf(reference, results, ledger, accounts);
      if (!owner || named.some((account) => account.id === owner.id)) return [];
      return [
        `${written} belongs to ${owner.name}, but its sentence is about ${named.map((account) => account.name).join(' and ')}`,
      ];
    });
  });
}

/** Whose figure it is: that of the only account its result is about, or the one its label names. */
function ownerOf(
  reference: string,
  results: readonly NumberedResult[],
  ledger: Pick<Ledger, 'get'>,
  accounts: readonly AccountRef[],
): AccountRef | null {
  const result = results.find(({ id }) => reference.startsWith(`${id}.`));
  const about = result ? accountsOf(result) : [];
  if (about.length === 1) return about[0] ?? null;
  // A comparison says in the key which of its two a figure belongs to.
  const [left = null, right = null] = about;
  if (result?.result.answer?.card.kind === 'compare') {
    if (reference.startsWith(`${result.id}.left.`)) return left;
    if (reference.startsWith(`${result.id}.right.`)) return right;
  }
  const label = ledger.get(reference)?.label ?? '';
  const [only, other] = accounts.filter((account) => label.includes(account.name));
  return only && !other ? only : null;
}

function accountsOf({ result }: NumberedResult): readonly AccountRef[] {
  const card = result.answer?.card;
  if (card?.kind === 'compare') return [card.left.account, card.right.account];
  const { account, listed } = subjectOf(card);
  return account ? [account] : (listed ?? []);
}

const distinct = (accounts: readonly AccountRef[]): readonly AccountRef[] => [
  ...new Map(accounts.map((account) => [`${account.book}\n${account.id}`, account])).values(),
];

/** By its whole name, or by the first word of it where that is long enough to be one. */
function isNamed({ name }: AccountRef, sentence: string): boolean {
  const short = name.split(/\s+/)[0] ?? name;
  const words = ` ${sentence.replace(/[^\p{L}\p{N}&]+/gu, ' ')} `;
  return sentence.includes(name) || (short.length >= 4 && words.includes(` ${short} `));
}

import type { Random } from '../stats/random.ts';
import { companyName, domainOf } from './company-names.ts';
import type { Market } from './market.ts';

/** What an account is called, and where it is found on the web (`null`: nobody entered it). */
interface Identity {
  name: string;
  domain: string | null;
}

/** Every so many accounts, one is called like another and is not it: a holding, a sister, a namesake abroad. */
const namesakeEvery = 160;
const additions = ['Group', 'Holdings', 'International'] as const;

/**
 * The name and domain of an account.
 *
 * @param duplicateOf the account that it was entered twice for, or `null`
 */
export function identityOf(market: Market, account: number, duplicateOf: number | null): Identity {
  if (duplicateOf !== null)
    return typedAgain(identityOf(market, duplicateOf, null), market.random(account, 'typed-again'));
  const random = market.random(account, 'name');
  const sibling = account % namesakeEvery === 1 ? account - 1 : account;
  const plain = companyName(sibling, market.traits(sibling).industry.name, market.nameOffset);
  const name = sibling === account ? plain : `${plain} ${random.pick(additions)}`;
  const missing = market.world.plants.has('dirt') && random.next() < 0.07;
  return { name, domain: missing ? null : domainOf(name) };
}

/** The same company as another hand entered it. */
function typedAgain({ name, domain }: Identity, random: Random): Identity {
  const spelling = random.pick([
    name.toUpperCase(),
    `${name} Inc`,
    name.toLowerCase(),
    `${name} (old)`,
    swapLetters(name, random),
  ]);
  return { name: spelling, domain: random.next() < 0.45 ? domain : null };
}

/** Two neighbouring letters trade places, never the first. */
export function swapLetters(text: string, random: Random): string {
  if (text.length < 4) return text;
  const at = random.integer(1, text.length - 3);
  return text.slice(0, at) + text[at + 1]! + text[at]! + text.slice(at + 2);
}

import type { Random } from '../stats/random.ts';
import type { Place } from './places.ts';

/** Somebody of the company in the box. */
interface Colleague {
  email: string;
  slackId: string;
  name: string;
  role: 'rep' | 'leader' | 'revops' | 'cs' | 'admin';
  /** Where a rep sells. */
  region: Place['region'] | null;
}

const roster: readonly (readonly [name: string, role: Colleague['role'], region: Place['region'] | null])[] = [
  ['Dana Whitlock', 'rep', 'North America'],
  ['Marcus Oyelaran', 'rep', 'North America'],
  ['Priya Raman', 'rep', 'North America'],
  ['Tom Ferreira', 'rep', 'LATAM'],
  ['Ines Carvalho', 'rep', 'EMEA'],
  ['Jonas Weidemann', 'rep', 'EMEA'],
  ['Aoife Brannigan', 'rep', 'EMEA'],
  ['Kenji Arakawa', 'rep', 'APAC'],
  ['Carla Mendes', 'cs', null],
  ['Sven Lindqvist', 'cs', null],
  ['Leo Hartmann', 'leader', null],
  ['Rita Okafor', 'revops', null],
  ['Ada Novak', 'admin', null],
];

/** The people of the company in the box: eight reps, two in customer success, a leader, RevOps, and who runs it. */
export const colleagues: readonly Colleague[] = roster.map(([name, role, region]) => {
  const first = name.split(' ')[0]!.toLowerCase();
  return { email: `${first}@ours.example`, slackId: `U01${first.toUpperCase()}`, name, role, region };
});

/** Who owns the accounts of a region. */
export function ownerOf(region: Place['region'], random: Random): Colleague {
  return random.pick(colleagues.filter((colleague) => colleague.role === 'rep' && colleague.region === region));
}

export function successManagerOf(random: Random): Colleague {
  return random.pick(colleagues.filter((colleague) => colleague.role === 'cs'));
}

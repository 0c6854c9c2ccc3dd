import { colleagues } from '../colleagues.ts';
import type { MarketFile } from './rows.ts';

/** The people of the company in the box. */
export function peopleFile(): MarketFile {
  return {
    file: 'people.csv',
    header: ['email', 'slack_id', 'name', 'role'],
    rows: colleagues.map(({ email, slackId, name, role }) => [email, slackId, name, role]),
  };
}

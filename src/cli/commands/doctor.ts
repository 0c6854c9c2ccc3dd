import { type CrmConnection, connectCrm } from '../../compose/crm/connect-crm.ts';
import type { Lodestar } from '../../compose/open-lodestar.ts';
import { IcpError } from '../../errors.ts';
import {
  databaseCheck,
  dataChecks,
  folderCheck,
  jobChecks,
  languageModelCheck,
  nodeCheck,
  peopleCheck,
  slackCheck,
} from '../checks/house-checks.ts';
import { crmWanted } from '../checks/reading-checks.ts';
import { salesforceChecks } from '../checks/salesforce-checks.ts';
import type { Command } from '../command.ts';

/** A person waits for the answer: what does not answer now is said to be out of reach. */
const patience = 15_000;

export const doctor: Command = {
  name: 'doctor',
  async run(lodestar, { out }) {
    const { config, log, now } = lodestar;
    const deps = { log, now, patience, retries: 1 };
    out.progress('asking Salesforce');
    const checks = [
      nodeCheck(process.versions.node),
      folderCheck(config),
      databaseCheck(lodestar),
      ...(await dataChecks(lodestar)),
      ...(await jobChecks(lodestar)),
      await peopleCheck(lodestar),
      slackCheck(config),
      ...(await salesforceChecks(
        () => (config.salesforce.kind === 'none' ? borrowed(lodestar) : connectCrm(config, deps)),
        () => crmWanted(lodestar.store),
      )),
      languageModelCheck(config),
    ];
    out.answer(
      { checks },
      checks
        .map(
          ({ name, state, what, fix }) =>
            `${state.padEnd(8)} ${name}: ${what}${fix === null ? '' : `\n         ${fix}`}`,
        )
        .join('\n'),
    );
    const failed = checks.filter(({ state }) => state === 'failed');
    if (failed.length > 0)
      throw new IcpError(
        'unwell',
        `${failed.length} of ${checks.length} checks failed: ${failed.map(({ name }) => name).join(', ')}`,
      );
  },
};

/** The local org's: everybody in the house works with it, so it stays open. */
async function borrowed({ crm }: Pick<Lodestar, 'crm'>): Promise<CrmConnection | null> {
  const found = await crm();
  return found === null ? null : { crm: found, close: () => {} };
}

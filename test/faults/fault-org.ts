import { setTimeout as pause } from 'node:timers/promises';
import { localOrg } from '../../src/compose/box/local-org.ts';
import type { Crm } from '../../src/connectors/crm.ts';
import { openSalesforce } from '../../src/connectors/salesforce/open-salesforce.ts';
import { type LocalSalesforce, startLocalSalesforce } from '../../src/workbench/salesforce/local-salesforce.ts';
import type { Org } from '../../src/workbench/salesforce/org/org.ts';

export const silentLog = { debug() {}, info() {}, warn() {}, error() {} };

/** A local Salesforce and our client on it, with a clock that waiting moves: nobody really waits. */
export interface FaultOrg {
  local: LocalSalesforce;
  crm: Crm & { close(): void };
  sleep(ms: number): Promise<void>;
  /** Records that the org refuses: a rule of its own. */
  refused: Set<string>;
  /** The most requests for a token within a minute of that clock. */
  tokensAMinute(): number;
  /** Calls with which something went wrong. */
  struck(): number;
  close(): Promise<void>;
}

/** @param clock moved by every wait; the org has the same */
export async function startFaultOrg(clock: { now: number }, fill: (org: Org) => void): Promise<FaultOrg> {
  const refused = new Set<string>();
  const rule = { object: 'Account', message: 'Accounts like this are not to be touched', field: 'ICP_Score__c' };
  const local = await startLocalSalesforce({
    org: {
      ...{ ...localOrg, jobDelayMs: 5 },
      validationRules: [{ ...rule, refuses: ({ Id }) => refused.has(String(Id)) }],
    },
    clock: () => clock.now,
  });
  fill(local.org);
  const { clientId, clientSecret } = local.options;
  const sleep = async (ms: number) => {
    clock.now += ms;
    await pause(Math.min(20, ms / 200));
  };
  const crm = openSalesforce(
    { loginUrl: local.url, auth: { kind: 'client credentials', clientId, clientSecret } },
    { log: silentLog, now: () => clock.now, sleep, random: () => 0.5, patience: 400, bulkAbove: 12, jobPage: 15 },
  );
  return {
    ...{ local, crm, sleep, refused },
    tokensAMinute() {
      const at = local.calls().flatMap((call) => (call.path.includes('oauth2/token') ? [call.at] : []));
      return Math.max(0, ...at.map((from) => at.filter((to) => to >= from && to < from + 60_000).length));
    },
    struck: () => local.calls().filter(({ fault }) => fault !== null).length,
    async close() {
      crm.close();
      await local.close();
    },
  };
}

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localOrg } from '../../src/compose/box/local-org.ts';
import { startLocalSalesforce } from '../../src/workbench/salesforce/local-salesforce.ts';
import { usualOrg } from '../../src/workbench/salesforce/org/options.ts';
import { startOrgProcess } from '../faults/orgs.ts';
import { recordId } from '../support/fake-org.ts';

/**
 * `DATABASE_URL=... node test/bench/sync.bench.ts [ACCOUNTS]`: how fast `lodestar sync` first reads an org, and how much memory it takes.
 *
 * The org is the local Salesforce in a process of its own, with a tenth as many contacts, leads and deals as accounts; the
 * database is a Postgres with nothing in it.
 */
const total = Number(process.argv[2] ?? 1_000_000);
const began = Date.UTC(2026, 0, 1);
const folder = mkdtempSync(join(tmpdir(), 'lodestar-sync-'));
const file = join(folder, 'org.sqlite');

async function fill(): Promise<void> {
  const { org, close } = await startLocalSalesforce({ file, org: localOrg });
  org.insert('User', [{ Id: recordId('005', 1), FirstName: 'Rita', LastName: 'Lund', IsActive: true }]);
  org.insert(
    'Account',
    rows('001', total, (at) => account(at)),
  );
  org.insert(
    'Contact',
    rows('003', total / 10, (at) => ({ AccountId: recordId('001', at), ...person(at), Title: 'VP' })),
  );
  org.insert(
    'Lead',
    rows('00Q', total / 10, (at) => ({ ...person(at), Company: `Company ${at}`, Status: 'New' })),
  );
  org.insert(
    'Opportunity',
    rows('006', total / 10, (at) => deal(at)),
  );
  await close();
}

function* rows(prefix: string, count: number, row: (at: number) => object): Iterable<Record<string, unknown>> {
  for (let at = 1; at <= count; at++) {
    const time = new Date(began + at * 1000).toISOString();
    yield { Id: recordId(prefix, at), CreatedDate: time, SystemModstamp: time, ...row(at) };
  }
}

const person = (at: number) => ({ FirstName: 'Ann', LastName: `Nye ${at}`, Email: `ann@c${at}.example` });
const account = (at: number) => ({
  ...{ Name: `Company ${at}, Inc`, Website: `https://www.c${at}.example`, OwnerId: recordId('005', 1) },
  ...{ Industry: 'Software', NumberOfEmployees: at % 5000, AnnualRevenue: at * 100, BillingCountry: 'DE' },
});
const deal = (at: number) => ({
  ...{ AccountId: recordId('001', at), Name: `Deal ${at}`, StageName: at % 3 === 0 ? 'Closed Won' : 'Closed Lost' },
  ...{ CloseDate: '2026-05-01', Amount: at },
});

/** What the command line is started with, options of the runtime included. */
function words(): string[] {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { lodestar: string } };
  return scripts.lodestar.split(' ').slice(1);
}

/** The most memory that a process has taken so far; in megabytes. */
function peakOf({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

async function read(loginUrl: string): Promise<{ seconds: number; mb: number }> {
  const from = performance.now();
  const child = spawn(process.execPath, [...words(), 'sync'], {
    stdio: 'inherit',
    env: {
      ...process.env,
      ...{ DATA_DIR: join(folder, 'data'), SF_LOGIN_URL: loginUrl },
      ...{ SF_CLIENT_ID: usualOrg.clientId, SF_CLIENT_SECRET: usualOrg.clientSecret },
    },
  });
  let mb = 0;
  const watch = setInterval(() => {
    mb = Math.max(mb, peakOf(child));
  }, 200);
  const status = await new Promise((resolve) => child.on('exit', resolve));
  clearInterval(watch);
  if (status !== 0) throw new Error(`lodestar sync ended with status ${status}`);
  return { seconds: Math.round((performance.now() - from) / 1000), mb };
}

const org = startOrgProcess();
try {
  await fill();
  const { seconds, mb } = await read(await org.open(file, Date.now()));
  console.table([{ accounts: total, seconds, 'most memory, MB': mb }]);
} finally {
  await org.close();
  rmSync(folder, { recursive: true, force: true });
}

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'drizzle-orm';
import { serveVisitor } from '../../src/cli/through-app.ts';
import type { Lodestar } from '../../src/compose/open-lodestar.ts';
import type { Findings } from '../../src/icp/findings.ts';
import { addFindings, findingsAt } from '../../src/store/findings.ts';
import { visitFolder } from '../../src/store/lock.ts';
import { lodestarProcess, openFolder, ownFolder, runHere, type Said } from '../support/command-line.ts';
import { plainBook } from '../support/plain-book.ts';
import { marketEnd, writeSmallMarket } from '../support/small-market.ts';

/** The one JSON value that a command must print, and nothing else. */
function jsonOf({ code, out, err }: Said) {
  assert.equal(code, 0, err);
  return JSON.parse(out);
}

/** The plain book as a bundle's two files. */
function writePlainBundle(folder: string): void {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const iso = (instant: number | null) => (instant === null ? '' : new Date(instant).toISOString());
  const accounts = ['account_id,name,domain,owner_email,industry,employees'];
  const deals = ['opportunity_id,account_id,created_at,closed_at,outcome,amount'];
  for (const record of plainBook()) {
    if (record.kind === 'account') {
      const { id, name, domain, ownerEmail, values } = record;
      accounts.push([id, quoted(name ?? ''), domain, ownerEmail, values.industry, values.employees].join(','));
    }
    if (record.kind === 'opportunity') {
      const { id, accountId, createdAt, closedAt, outcome, amount } = record;
      deals.push([id, accountId, iso(createdAt), iso(closedAt), outcome, amount].join(','));
    }
  }
  mkdirSync(folder);
  writeFileSync(join(folder, 'accounts.csv'), `${accounts.join('\n')}\n`);
  writeFileSync(join(folder, 'opportunities.csv'), `${deals.join('\n')}\n`);
}

describe('the command line', () => {
  let folders: { after: (work: () => void) => void };
  const cleanings: (() => void)[] = [];
  let work: string;
  let env: Record<string, string>;
  before(() => {
    folders = { after: (clean) => cleanings.push(clean) };
    work = ownFolder(folders as Parameters<typeof ownFolder>[0]);
    env = { DATA_DIR: join(work, 'data') };
    writePlainBundle(join(work, 'bundle'));
  });
  after(() => {
    for (const clean of cleanings) clean();
  });

  it('says what to do first in an empty folder, and makes no mess of wrong words', async () => {
    const nothing = await lodestarProcess(['explain', 'Acme'], env);
    assert.deepEqual([nothing.code, nothing.out], [1, '']);
    assert.match(nothing.err, /^lodestar: there is no data yet; import a folder with lodestar import DIR$/m);
    for (const args of [['explain', 'a', '--at', 'yesterday'], ['analyze', '--seed', 'x'], ['nonsense']]) {
      const wrong = await lodestarProcess(args, env);
      assert.deepEqual([wrong.code, wrong.out], [2, ''], args.join(' '));
    }
    const environment = await lodestarProcess(['criteria'], { ...env, PORT: 'x', LOG_LEVEL: 'loud' });
    assert.equal(environment.code, 2);
    assert.match(environment.err, /PORT.*LOG_LEVEL|LOG_LEVEL.*PORT/);
  });

  it('imports, learns and explains, one JSON value each', async () => {
    const imported = jsonOf(await lodestarProcess(['import', join(work, 'bundle'), '--json'], env));
    assert.equal(imported.unchanged, false);
    const [analyzed] = jsonOf(await lodestarProcess(['analyze', '--now', '2026-10-01', '--json'], env));
    assert.deepEqual([analyzed.version, analyzed.accounts, analyzed.verdict.kind], [1, 360, 'full']);
    const { quality, layers } = analyzed.data;
    assert.deepEqual([quality.ratio.won, quality.ratio.lost, quality.ratio.state], [108, 252, 'within']);
    assert.deepEqual(
      layers.map(({ layer, criteria }: { layer: string; criteria: number }) => [layer, criteria > 0]),
      [
        ['firmographic', true],
        ['technographic', false],
        ['behavioural', false],
        ['pain', false],
      ],
    );
    const explained = jsonOf(await lodestarProcess(['explain', 'a0012', '--json'], env));
    assert.equal(explained.account.id, 'a0012');
    assert.match(explained.receipt, /^r_[0-9a-f]{12}$/);
  });

  it('writes the planted market and its answer key', async () => {
    const out = join(work, 'planted');
    const { files, truth } = jsonOf(await lodestarProcess(['demo', '--size', 'small', '--out', out, '--json']));
    assert.equal(files.find(({ file }: { file: string }) => file === 'accounts.csv').rows, 3_000);
    assert.ok(existsSync(truth) && existsSync(join(out, 'accounts.csv')));
  });

  describe('on a folder that a running app holds', () => {
    let holder: Lodestar;
    before(async () => {
      holder = await openFolder(env.DATA_DIR ?? '', (socket) => serveVisitor(holder, socket));
    });
    after(() => holder.close());
    const here = async (...argv: string[]) => JSON.parse(await runHere(holder, ...argv, '--json'));

    it('is served by the app, with the same answer, exit status and relative paths', async () => {
      const through = jsonOf(await lodestarProcess(['explain', 'a0012', '--json'], env));
      assert.deepEqual(through, await here('explain', 'a0012'));
      const typo = await lodestarProcess(['explain', 'Name of a001'], env);
      assert.deepEqual([typo.code, typo.out], [1, '']);
      assert.match(
        typo.err,
        /^lodestar: no account answers to "Name of a001"; did you mean one of these:\n {2}- Name of a001\d \(main:a001\d\)/,
      );
      assert.equal((await lodestarProcess(['explain', 'a0012', '--at', 'never'], env)).code, 2);
    });

    it('shows one version of the ICP, and writes it as a document that has every figure of it', async () => {
      const shown = await here('models', '1');
      assert.deepEqual([shown.version, shown.dataSet.accounts], [1, 360]);
      const out = join(work, 'version-1.md');
      const { file, receipt } = jsonOf(await lodestarProcess(['models', '1', '--out', out, '--json'], env));
      assert.equal(file, out);
      const document = readFileSync(out, 'utf8');
      assert.match(document, /^# Version 1 of the ICP\n\nVersion 1 of the ICP of main: in force since/);
      for (const words of [shown.dataSet.hash, receipt, '## What it does not know', '| Industry is SaaS: '])
        assert.ok(document.includes(words), words);
      assert.doesNotMatch(document, /\{\{|undefined|NaN/);
      assert.equal((await lodestarProcess(['models', '7'], env)).code, 1);
      assert.equal((await lodestarProcess(['models', 'seven'], env)).code, 2);
    });

    it('outlives a visitor that hangs up in the middle, or talks nonsense', async () => {
      for (const words of [
        '{"argv":["list"]',
        'nonsense\n',
        '{"argv":["export","scores"],"cwd":"/","operator":"x"}\n',
      ]) {
        const socket = await visitFolder(env.DATA_DIR ?? '');
        assert.ok(socket !== null);
        socket.write(words, () => socket.destroy());
        await once(socket, 'close');
      }
      assert.equal((await lodestarProcess(['settings', '--json'], env)).code, 0);
    });

    it('prints text that a person can check', async () => {
      const text = await runHere(holder, 'explain', 'a0012');
      assert.match(
        text,
        /base: the average account[\s\S]*fit part[\s\S]*detractor[\s\S]*score: tier \d[\s\S]*Receipt r_/,
      );
      assert.ok(!/\{\{|\*/.test(text), 'no braces and no stars');
    });

    it('compares, describes, lists what data there is, and asks', async () => {
      const compared = await here('compare', 'a0012', 'a0013');
      assert.deepEqual([compared.left.account.id, compared.right.account.id], ['a0012', 'a0013']);
      const table = await here('criteria');
      assert.ok(table.criteria.length > 0 && table.base > 0);
      assert.equal((await here('coverage')).accounts, 360);
      for (const command of ['criteria', 'coverage'])
        assert.match(await runHere(holder, command), /technographic: no usable data for this layer: no field of it/);
      const turn = await here('ask', 'why Name of a0012');
      assert.deepEqual([turn.mode, turn.refused], ['template', null]);
      assert.ok(turn.text.includes('Name of a0012') && turn.figures.length > 0 && turn.cards.length > 0);
      await assert.rejects(runHere(holder, 'ask', 'why', '--as', 'nobody'), { code: 'usage' });
    });

    it('lists accounts by what they are, and says which words it does not know', async () => {
      const saas = await here('list', '--where', 'industry=SaaS', '--worst', '--limit', '3');
      assert.deepEqual([saas.total, saas.rows.length], [120, 3]);
      assert.ok(saas.rows[0].score <= saas.rows[2].score);
      assert.equal((await here('receipt', saas.receipt)).same, true);
      const totals = await Promise.all(['1', '2', '3'].map(async (tier) => (await here('list', '--tier', tier)).total));
      assert.equal(
        totals.reduce((sum, total) => sum + total, 0),
        360,
      );
      for (const wrong of [
        ['--tier', '4'],
        ['--limit', '0'],
        ['--where', 'competitor'],
      ])
        await assert.rejects(runHere(holder, 'list', ...wrong), { code: 'usage' });
      await assert.rejects(runHere(holder, 'list', '--where', 'competitor=any'), { code: 'no_competitors' });
      for (const wrong of ['Dealwright', '[3]'])
        await assert.rejects(runHere(holder, 'settings', 'technologies.competitors.main', wrong), { code: 'usage' });
      const set = await here('settings', 'technologies.competitors.main', '["Dealwright"]');
      assert.deepEqual(set.value, ['Dealwright']);
    });

    it('asks a receipt again, and fails when somebody changed a score by hand', async () => {
      const { receipt } = await here('explain', 'a0015');
      assert.equal((await here('receipt', receipt)).same, true);
      await holder.store.rows(sql`update scores set score = 1.5 where account_id = 'a0015'`);
      await assert.rejects(runHere(holder, 'receipt', receipt, '--json'), { code: 'tampered' });
      await here('score', '--now', '2026-10-01');
      assert.equal((await here('receipt', receipt)).same, true, 'scoring again puts it right');
    });

    it('exports scores and features, a row an account, and says where', async () => {
      for (const what of ['scores', 'features']) {
        const file = join(work, `${what}.csv`);
        assert.deepEqual(await here('export', what, '--out', file), { file, rows: 360 });
        assert.equal(readFileSync(file, 'utf8').trimEnd().split('\n').length, 361);
      }
      await assert.rejects(runHere(holder, 'export', 'scores', '--out', join(work, 'no/such/folder.csv')), {
        code: 'export',
      });
      await assert.rejects(runHere(holder, 'export', 'everything', '--out', 'x'), { code: 'usage' });
    });

    it('exports no chances, and says so, where the last analysis does not stand by them', async () => {
      const { store } = holder;
      const last =
        (await findingsAt(store, { book: 'main', importId: 1, asOf: marketEnd })) ?? assert.fail('none found');
      const { id: _, contentHash: __, ...kept } = last;
      const chances = async (calibration: Partial<Findings['calibration']>) => {
        const findings = { ...kept.findings, calibration: { ...kept.findings.calibration, ...calibration } };
        await addFindings(store, { ...kept, findings }, marketEnd);
        const file = join(work, 'chances.csv');
        const { notes } = await here('export', 'scores', '--out', file);
        const [header = '', ...rows] = readFileSync(file, 'utf8').trimEnd().split('\n');
        const at = header.split(',').indexOf('p_won');
        return { notes, told: rows.filter((row) => row.split(',')[at] !== '').length };
      };
      assert.deepEqual(await chances({ mode: 'probabilities' }), { notes: undefined, told: 360 });
      const failed = await chances({ mode: 'ranks', tests: [{ what: 'wins of all accounts', p: 0.001, off: true }] });
      assert.deepEqual(failed, {
        notes: ['no chances of the book main: calibration failed on 1 Oct 2026: the score ranks, it does not promise'],
        told: 0,
      });
    });

    it('keeps settings with who set them, and refuses what is none', async () => {
      assert.equal((await here('settings', 'flags.reviewer')).value, null);
      const set = await here('settings', 'flags.reviewer', 'dana@ours.example');
      assert.deepEqual([set.value, set.history.length], ['dana@ours.example', 1]);
      assert.match(set.history[0].setBy, /via command line by/);
      const keys = (await here('settings')).map(({ key }: { key: string }) => key);
      assert.equal(new Set(keys).size, keys.length);
      assert.ok(keys.includes('alerts.churn.channel') && keys.includes('schedule.analysis'));
      for (const wrong of [
        ['colour', 'red'],
        ['fields.allowed.main', '3'],
        ['book.primary', ' '],
      ])
        await assert.rejects(runHere(holder, 'settings', ...wrong), { code: 'usage' });
    });

    it('tells the doctor what is there and what is missing, each with its fix', async () => {
      const { checks }: { checks: { name: string; state: string; fix: string | null }[] } = await here('doctor');
      assert.deepEqual(checks.find(({ name }) => name === 'book main')?.state, 'ok');
      assert.deepEqual(checks.find(({ name }) => name === 'Salesforce')?.state, 'off');
      for (const { state, fix } of checks) if (state !== 'ok') assert.ok(fix !== null);
    });
  });

  it('says that the folder is taken where another command holds it', async () => {
    const busy = await openFolder(env.DATA_DIR ?? '');
    const refused = await lodestarProcess(['criteria'], env);
    await busy.close();
    assert.deepEqual([refused.code, refused.out], [1, '']);
    assert.match(refused.err, /^lodestar: another Lodestar process holds the data folder.*try again/);
  });

  it('leaves the connection to the local org open after the doctor has looked, since the house works with it', async () => {
    const lodestar = await openFolder(join(work, 'with an org'));
    await lodestar.localOrg(true);
    const name = 'Company in a box';
    for (const time of ['once', 'again']) {
      const { checks } = JSON.parse(await runHere(lodestar, 'doctor', '--json'));
      const [check] = checks.filter((one: { name: string }) => one.name === 'Salesforce');
      assert.equal(check.state, 'ok', `${time}: ${check.what}`);
    }
    assert.equal((await (await lodestar.crm())?.org())?.name, name);
    await lodestar.close();
  });

  it('knows an empty book from one that was not learnt yet', async () => {
    const folder = join(work, 'tiny');
    writeSmallMarket(folder, { closed: 3, others: 3 });
    const lodestar = await openFolder(join(work, 'other data'));
    await runHere(lodestar, 'import', folder);
    await assert.rejects(runHere(lodestar, 'criteria'), { code: 'no_model', message: /run lodestar analyze/ });
    await assert.rejects(runHere(lodestar, 'score'), { code: 'no_model' });
    await lodestar.close();
  });
});

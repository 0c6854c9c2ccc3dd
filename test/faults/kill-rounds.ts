import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom, type Random } from '../../src/stats/random.ts';
import { checkPublished } from './check-published.ts';
import { createChildren } from './children.ts';
import type { OrgState } from './org-state.ts';
import { type OrgProcess, startOrgProcess } from './orgs.ts';
import type { Said, Task } from './task.ts';
import { publishTemplate, syncTemplate, type Template } from './templates.ts';

export interface KillFigures {
  kind: Task['kind'];
  seed: number;
  kills: number;
  /** Kills by where they struck. */
  at: ReadonlyMap<string, number>;
  rounds: number;
  /** Processes that were started. */
  visits: number;
  /** Updates beyond one a row. */
  again: number;
  calls: number;
  seconds: number;
}

/** More than this in a row, and a round would never come to its end. */
const mostVisits = 40;

interface Clean {
  said: Said;
  state: OrgState;
  points: number;
  ms: number;
}

interface Lab {
  template: Template;
  org: OrgProcess;
  children: ReturnType<typeof createChildren>;
  root: string;
}

/** Kills a sync or a publication again and again, and holds what is there in the end against a run that nobody killed. */
export async function killRounds(
  kind: Task['kind'],
  { kills, seed, onRound = () => {} }: { kills: number; seed: number; onRound?: (kills: number) => void },
): Promise<KillFigures> {
  const root = mkdtempSync(join(tmpdir(), `lodestar-kills-${kind}-`));
  const org = startOrgProcess();
  const children = createChildren();
  const began = performance.now();
  try {
    const template = kind === 'publish' ? await publishTemplate(root) : await syncTemplate(root);
    const lab = { template, org, children, root };
    const figures = { kills: 0, at: new Map<string, number>(), rounds: 0, visits: 0, again: 0, calls: 0 };
    const clean: Clean[] = [];
    const random = createRandom(seed);
    for (let round = 0; round === 0 || figures.kills < kills; round++) {
      const isClean = round === 0;
      const ofRound = random.fork(round);
      const folder = join(root, 'round');
      rmSync(folder, { recursive: true, force: true });
      cpSync(template.folder, folder, { recursive: true });
      for (const [nth, stage] of template.stages.entries()) {
        const told: string[] = [];
        try {
          const ended = await stageOf(lab, {
            kind,
            folder,
            stage,
            clean: isClean ? null : clean[nth]!,
            random: ofRound,
            told,
          });
          if (isClean) clean.push(ended);
          else figures.again += hold(ended, clean[nth]!, told.length);
          figures.visits += ended.visits;
          figures.calls += 'calls' in ended.said ? ended.said.calls : 0;
        } catch (error) {
          const how = `seed ${seed}, round ${round}, stage ${nth}, killed at: ${told.join('; ')}`;
          throw new Error(`${kind} came out otherwise (${how})`, { cause: error });
        }
        figures.kills += told.length;
        for (const where of told) figures.at.set(where, (figures.at.get(where) ?? 0) + 1);
      }
      if (!isClean) figures.rounds++;
      onRound(figures.kills);
    }
    return { kind, seed, ...figures, seconds: (performance.now() - began) / 1000 };
  } finally {
    await children.close();
    await org.close();
    rmSync(root, { recursive: true, force: true });
  }
}

/** Starts the process until it has come to its end; each time but the last it may be killed. */
async function stageOf(
  { org, children, root }: Lab,
  {
    kind,
    folder,
    stage,
    clean,
    random,
    told,
  }: {
    kind: Task['kind'];
    folder: string;
    stage: Template['stages'][number];
    clean: Clean | null;
    random: Random;
    told: string[];
  },
): Promise<Clean & { visits: number }> {
  const file = join(root, 'org.sqlite');
  for (const rest of ['', '-wal', '-shm']) rmSync(file + rest, { force: true });
  cpSync(stage.orgFile, file);
  let { at } = stage;
  const url = await org.open(file, at);
  for (let visits = 1; visits <= mostVisits; visits++) {
    const began = performance.now();
    const kill = clean === null ? noKill : chosenKill(random, clean);
    const task = { kind, folder, url, at, full: stage.full, killAt: kill.at };
    const ended = await children.run(task, kill.afterMs);
    const ms = performance.now() - began;
    // A sync dates by its own clock what is gone without a trace: there it stands still.
    if (kind === 'publish') at += 60_000;
    if ('killed' in ended) told.push(ended.killed);
    else {
      const { said } = ended;
      assert.notEqual(said.what, 'failed', said.what === 'failed' ? said.message : '');
      if (said.what === 'synced' || (said.what === 'published' && said.state === 'finished'))
        return { said, visits, ms, points: said.points.length, state: await org.state() };
      if (said.what === 'published' && said.resumeAt !== null) at = said.resumeAt;
    }
    await org.clock(at);
  }
  return assert.fail(`it does not come to its end in ${mostVisits} visits`);
}

const noKill = { at: null, afterMs: null };

/** Early in what is left to do, mostly, so that a round has several; at a fault point rather than at any moment. */
function chosenKill(random: Random, { points, ms }: Clean): { at: number | null; afterMs: number | null } {
  if (random.next() < 0.25) return { at: null, afterMs: Math.round(random.between(0, ms)) };
  return { at: random.integer(1, Math.ceil(points * (random.next() < 0.6 ? 0.3 : 1))), afterMs: null };
}

/** @returns updates beyond one a row */
function hold({ said, state }: Clean, clean: Clean, kills: number): number {
  if (said.what === 'synced') {
    assert.equal(clean.said.what, 'synced');
    if (clean.said.what !== 'synced') return 0;
    for (const [table, rows] of Object.entries(clean.said.tables))
      assert.equal(said.tables[table]?.join('\n'), rows.join('\n'), `the table ${table} is another one`);
    return 0;
  }
  return checkPublished({ said, state }, clean, kills);
}

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Tier } from '../../../src/icp/proposals/dry-run.ts';
import { asDrafted } from '../../../src/slack/proposals/proposal-deps.ts';
import { digestMessage } from '../../../src/slack/views/digest.ts';
import { editModal, modesOf } from '../../../src/slack/views/edit-line.ts';
import {
  approveFromModal,
  detailsModal,
  linesModal,
  rejectModal,
  simulationModal,
} from '../../../src/slack/views/proposal-modals.ts';
import {
  escalationMessage,
  noProposalMessage,
  nothingToChangeMessage,
  proposalsAtHome,
  simulationMessages,
} from '../../../src/slack/views/proposal-notices.ts';
import { crmText } from '../../support/slack-arbitraries.ts';
import { complaintsAbout, readMessage } from '../../support/slack-block-kit.ts';
import {
  aDryRun,
  anEmergingSegment,
  anyChange,
  anyDryRun,
  aProposal,
  aProposalEvent,
  aReweighting,
  nothingChanged,
} from '../../support/slack-proposal.ts';

const deciders = ['Rita Okafor', 'Bruno Adler'];
const overdueReview = (label: string, owner: string) => ({
  ...{ key: 'signal', label, owner, nextReview: Date.UTC(2026, 5, 3), overdue: true },
  ...{ ownedInGeneral: false, reviewedInGeneral: false },
});
const lapsed = (label: string, validatedAt: number | null) => ({
  ...{ key: 'k', label, weight: 0.1, validatedAt, lapsed: true },
});
const textOf = (state = aProposal(), more: Parameters<typeof digestMessage>[1] = null) =>
  readMessage(digestMessage({ ...asDrafted(state), deciders }, more));

/** The words that somebody reads before there is something to press. */
function wordsBeforeButton(blocks: readonly { type: string }[]): number {
  const first = blocks.findIndex(({ type }) => type === 'actions');
  const text = readMessage({ blocks: blocks.slice(0, first) });
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

describe('the digest of a proposal', () => {
  it('says where the document of the candidate is, where something was learnt', () => {
    assert.match(textOf(), /All about what was learnt: `\/icp models 2`\./);
    assert.doesNotMatch(textOf({ ...aProposal(), candidateVersion: null }), /models/);
  });

  it('names what is out of bounds in the data that it was learnt from, and nothing of good data', () => {
    const cautions = ['9 won and 100 lost, 0.09 won for each lost, is below the bounds of 0.1 to 2'];
    assert.match(
      readMessage(digestMessage({ ...asDrafted(aProposal()), cautions })),
      /Data:\*? 9 won and 100 lost, .* 0\.1 to 2\./,
    );
    assert.doesNotMatch(readMessage(digestMessage(asDrafted(aProposal()))), /Data:/);
  });

  it('names a kind of company that is new among the wins, with its share of wins and of revenue', () => {
    const more = { ...asDrafted(aProposal()), emerging: [anEmergingSegment()] };
    assert.match(
      readMessage(digestMessage(more)),
      /\*Emerging: AI-Native Startups\.\* 8 wins in the quarter from 1 Jul 2026: 5\.0 % \(3 to 10 %, n = 160\) of all wins, 12\.0 % of revenue\. {2}_thin data, provisional_/,
    );
    const unknown = [anEmergingSegment({ won: 1, shareOfRevenue: null, thin: false, provisional: false })];
    assert.match(
      readMessage(digestMessage({ ...more, emerging: unknown })),
      /1 win in the quarter .* of all wins, its share of revenue is not known\.$/m,
    );
    assert.doesNotMatch(textOf(), /Emerging/);
    const six = Array.from({ length: 6 }, (_, nth) => anEmergingSegment({ name: `Kind ${nth}` }));
    assert.match(readMessage(digestMessage({ ...more, emerging: six })), /Kind 2[\s\S]*3 more are emerging/);
  });

  it('shows every tier against the version that it changes, in per cent', () => {
    assert.match(
      textOf(),
      /Market by tier, against version 1: tier 1 400 to 419 \(\+4\.8 %\), tier 2 1,200 to 1,181 \(-1\.6 %\), tier 3 2,000 to 2,000 \(0 %\)\./,
    );
  });

  it('lists the criteria that no analysis has found again for long', () => {
    const stale = [lapsed('Region', Date.UTC(2026, 5, 3)), lapsed('Legal form', null)];
    const said = readMessage(digestMessage({ ...asDrafted(aProposal()), stale }));
    assert.match(said, /Stale criteria: Region \(last validated 3 Jun 2026\), Legal form \(never validated\)\./);
    assert.doesNotMatch(textOf(), /Stale criteria/);
  });

  it('names the inputs whose review is overdue, and who owns them', () => {
    const said = readMessage(
      digestMessage({ ...asDrafted(aProposal()), overdue: [overdueReview('Page view', 'Ada Novak')] }),
    );
    assert.match(said, /Reviews overdue: Page view \(due 3 Jun 2026, Ada Novak\)\./);
    assert.doesNotMatch(textOf(), /overdue/);
  });

  it('says what all of it would do, how well tier 1 sorts, and who decides by when', () => {
    const text = textOf();
    for (const part of [
      /Proposal 3: 2 changes of the ICP/,
      /2 lines wait for a decision/,
      /43 of 4,000 accounts change tier:\* 31 from 2 to 1, 12 from 1 to 2/,
      /Tier 1 holds \*11\.6 %\* of the market instead of 11\.1 %; it should hold 5 % to 30 %, 5,000 accounts at most/,
      /120,000 up \(3 accounts\), 8,000 down \(1 account\)/,
      /Precision of tier 1, won within a year: 31\.0 % \(25 to 38 %, n = 182\); today 28\.0 % \(22 to 36 %, n = 168\)/,
      /Reach of tier 1, share of accounts: 13\.0 % .*; today 12\.0 %/,
      /Decide by \*2 Oct 2026, 10:00 UTC\*; what nobody has decided by 3 Oct 2026, 10:00 UTC expires/,
      /Who decides: Rita Okafor, Bruno Adler/,
    ])
      assert.match(text, part);
  });

  it('gives each line its sentence, what it does alone, its causal verdict, its support and its buttons', () => {
    const text = textOf();
    assert.match(text, /1\. Re-weight Industry\*\nIndustry goes from weight 0\.12 to 0\.18/);
    assert.match(text, /By itself: 43 of 4,000 accounts change tier/);
    assert.match(
      text,
      /Cause: only goes along\. Industry is logistics: won 38\.0 % \(31 to 45 %, n = 204\); .*: won 11\.0 %/,
    );
    assert.match(text, /2\. Move the cuts of the tiers/);
    assert.equal([...text.matchAll(/^(Approve|Reject|Edit|Details)$/gm)].length, 8);
  });

  it('names the four largest moves, and counts the others', () => {
    const moves = [
      [1, 2, 5],
      [1, 3, 5],
      [2, 1, 9],
      [2, 3, 7],
      [3, 1, 4],
    ].map(([from, to, accounts]) => ({ from: from as Tier, to: to as Tier, accounts: accounts ?? 0 }));
    assert.match(
      textOf(aProposal([], { dryRun: aDryRun({ moves }) })),
      /\*30 of 4,000 accounts change tier:\* 5 from 1 to 2, 5 from 1 to 3, 9 from 2 to 1, 7 from 2 to 3, 4 more\./,
    );
  });

  it('says alarms as such', () => {
    const dryRun = aDryRun({ alarms: ['tier 1 would shrink by 31 %, from 400 to 276 accounts'] });
    assert.match(
      textOf(aProposal([], { dryRun })),
      /\*Alarm:\* tier 1 would shrink by 31 %, from 400 to 276 accounts\./,
    );
  });

  it('has a line say who decided it, when and why in place of its buttons', () => {
    const text = textOf(
      aProposal([
        aProposalEvent('approved', 1),
        aProposalEvent('rejected', 2, { reason: 'not what we see' }, 'Bruno Adler'),
      ]),
    );
    assert.match(text, /Approved by Rita Okafor on 1 Oct 2026, 11:00 UTC/);
    assert.match(text, /Rejected by Bruno Adler on 1 Oct 2026, 11:00 UTC: not what we see/);
    assert.doesNotMatch(text, /^(Approve|Reject|Edit|Details)$/m);
  });

  it('says when it changes, since when it is in force, and why nothing comes of it', () => {
    const scheduled = aProposalEvent('scheduled', null, { version: 3, effectiveAt: Date.UTC(2026, 9, 4) });
    const approved = [aProposalEvent('approved', 1), aProposalEvent('rejected', 2, { reason: 'no' })];
    assert.match(
      textOf(aProposal([...approved, scheduled])),
      /Changes on 4 Oct 2026, 00:00 UTC: version 3, 1 of 2 lines approved\. Until then the old tiers hold/,
    );
    const active = { ...aProposalEvent('activated'), at: Date.UTC(2026, 9, 4, 0, 1) };
    assert.match(
      textOf(aProposal([...approved, scheduled, active])),
      /In force since 4 Oct 2026, 00:01 UTC, version 3: 1 of 2 lines approved/,
    );
    const stale = textOf(aProposal([aProposalEvent('stale', null, { reason: 'version 1 was rolled back' })]));
    assert.match(stale, /Stale, and nothing comes of it: version 1 was rolled back/);
    assert.doesNotMatch(stale, /^Approve/m);
    const expired = textOf(aProposal([aProposalEvent('deadline passed')]));
    assert.match(expired, /Closed without effect: nobody decided by the deadline/);
    assert.match(expired, /Expired without effect/);
    const superseded = aProposalEvent('superseded', null, { reason: 'proposal 4 took its place' });
    assert.match(textOf(aProposal([superseded])), /Closed without effect: proposal 4 took its place/);
  });

  it('says who edited a line, and shows the figures of the whole with that edit', () => {
    const edited = aProposalEvent('edited', 1, {
      ...{ edit: { weight: 0.2 }, dryRun: aDryRun({ moves: [] }) },
      whole: aDryRun({ moves: [{ from: 3, to: 1, accounts: 77 }] }),
    });
    const text = textOf(aProposal([edited]));
    assert.match(text, /Edited by Rita Okafor on 1 Oct 2026, 11:00 UTC/);
    assert.match(text, /By itself: None of 4,000 accounts changes its tier/);
    assert.match(text, /77 from 3 to 1/);
    assert.match(text, /figures above have the edit made since\./);
  });

  it('counts the votes of the sales check', () => {
    const votes = ['Sam Sellers', 'Rita Okafor'].map((by) => aProposalEvent('voted', null, { vote: 'fits' }, by));
    assert.match(textOf(aProposal(votes)), /Sales check: 2 fits, 0 does not fit, 0 cannot say/);
  });

  it('has at most 250 words before the first button, whatever is proposed', () => {
    fc.assert(
      fc.property(anyDryRun, fc.array(anyChange, { minLength: 1, maxLength: 30 }), (dryRun, changes) => {
        const edited = aProposalEvent('edited', 1, { edit: { weight: 0.2 }, dryRun, whole: dryRun });
        const events = [aProposalEvent('escalated'), edited, edited];
        const state = aProposal(events, { dryRun, changes, ownerEmail: 'a.long.name@ours.example' });
        const names = Array.from({ length: 9 }, (_, nth) => `Name Of Person ${nth}`);
        const { blocks } = digestMessage({ ...asDrafted(state), deciders: names });
        assert.ok(wordsBeforeButton(blocks) <= 250, `${wordsBeforeButton(blocks)} words`);
      }),
      { numRuns: 60 },
    );
  });

  it('puts lines that find no room behind a button, and loses none', () => {
    const changes = Array.from({ length: 30 }, (_, nth) => aReweighting(`Field ${nth + 1}`));
    const shown = asDrafted(aProposal([], { changes }));
    const numbers = (blocks: readonly object[]) =>
      [...readMessage({ blocks }).matchAll(/^\*(\d+)\. Re-weight/gm)].map(([, number]) => Number(number));
    let blocks: readonly object[] = digestMessage(shown).blocks;
    const seen = numbers(blocks);
    for (let pages = 0; pages < 10; pages += 1) {
      const next = /Next lines? \((\d+)/.exec(readMessage({ blocks }))?.[1];
      if (next === undefined) break;
      blocks = linesModal(shown, Number(next), 'm').blocks;
      seen.push(...numbers(blocks));
    }
    assert.deepEqual(
      seen,
      changes.map((_, nth) => nth + 1),
    );
  });
});

describe('what is shown of proposals stays within what Slack accepts, whatever the CRM holds', () => {
  it('the digest, with a picture and after every kind of end', () => {
    fc.assert(
      fc.property(
        anyDryRun,
        fc.array(anyChange, { minLength: 1, maxLength: 25 }),
        crmText,
        (dryRun, changes, words) => {
          const ends = [
            [],
            changes.map((_, nth) => aProposalEvent('rejected', nth + 1, { reason: words }, words)),
            [aProposalEvent('stale', null, { reason: words })],
          ];
          for (const events of ends) {
            const state = aProposal(events, { dryRun, changes, ownerEmail: words });
            const picture = { fileId: 'F1', altText: `A picture of ${words}` };
            const stale = Array.from({ length: 9 }, () => lapsed(words, 0));
            const message = digestMessage(
              {
                ...asDrafted(state),
                deciders: [words, words],
                stale,
                overdue: stale.map(() => overdueReview(words, words)),
                emerging: stale.map(() => anEmergingSegment({ name: words })),
              },
              picture,
            );
            assert.deepEqual(complaintsAbout(message), []);
            for (const notice of [escalationMessage(state), noProposalMessage(state)])
              assert.deepEqual(complaintsAbout(notice), []);
            const home = proposalsAtHome([state], true);
            if (home.length > 0) assert.deepEqual(complaintsAbout({ text: 'home', blocks: home }), []);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('modals and what a simulation says', () => {
    fc.assert(
      fc.property(anyDryRun, anyChange, (dryRun, change) => {
        const state = aProposal([], { dryRun, changes: [change, change] });
        const [line] = state.changes;
        assert.ok(line !== undefined);
        const modals = [
          rejectModal(1, 'm'),
          approveFromModal(3, '2026-10-01', 'm'),
          detailsModal(line, change, 'm'),
          linesModal(asDrafted(state), 1, 'm'),
          simulationModal(state, { lines: [1], dryRun }, 'm'),
          ...modesOf(change).map((mode) =>
            editModal({ line: 1, change, mode, outcome: { kind: 'run', dryRun }, metadata: 'm', value: 'v' }),
          ),
        ];
        for (const { blocks, title, submit } of modals) {
          const withoutMenus = blocks.map((block) =>
            'accessory' in block && block.accessory?.type !== 'button' ? { ...block, accessory: undefined } : block,
          );
          assert.deepEqual(complaintsAbout({ text: 'modal', blocks: withoutMenus }, 100), []);
          assert.ok(title.text.length <= 24 && (submit?.text.length ?? 0) <= 24, title.text);
        }
        const changes = [{ number: 1, change }];
        for (const message of simulationMessages({ proposal: state, changes, dryRun }))
          assert.deepEqual(complaintsAbout(message), []);
      }),
      { numRuns: 60 },
    );
  });

  it('that nothing is to be changed is a message too', () => {
    const message = nothingToChangeMessage(nothingChanged());
    assert.match(readMessage(message), /Nothing significant to change.*as of 1 Oct 2026/);
    assert.match(readMessage(message), /4,000 accounts, what was learnt would move 3/);
    assert.deepEqual(complaintsAbout(message), []);
  });

  it('that nothing is to be changed, with all that a digest names', () => {
    fc.assert(
      fc.property(crmText, (words) => {
        const stale = Array.from({ length: 9 }, () => lapsed(words, 0));
        const overdue = stale.map(() => overdueReview(words, words));
        const emerging = Array.from({ length: 6 }, () => anEmergingSegment({ name: words }));
        const message = nothingToChangeMessage(nothingChanged({ book: words, stale, overdue, emerging }));
        assert.deepEqual(complaintsAbout(message), []);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the digest of a week in which nothing is proposed', () => {
  const said = (more: Parameters<typeof nothingChanged>[0] = {}) =>
    readMessage(nothingToChangeMessage(nothingChanged(more)));

  it('shows every tier against the last digest, in per cent, and alarms as such', () => {
    assert.match(
      said(),
      /Market by tier, against the last digest \(24 Sep 2026, version 1\): tier 1 400 to 380 \(-5 %\), tier 2 1,200 to 1,220 \(\+1\.7 %\), tier 3 2,000 to 2,000 \(0 %\)\./,
    );
    assert.doesNotMatch(said(), /Alarm/);
    const alarms = ['tier 1 shrank by 31 %, from 400 to 276 accounts'];
    assert.match(said({ alarms }), /\*Alarm:\* tier 1 shrank by 31 %, from 400 to 276 accounts\./);
  });

  it('shows the tiers alone where no digest was before', () => {
    const tiers = [{ tier: 1 as const, before: null, after: 380, share: 0.1 }];
    assert.match(
      said({ tiers, since: null }),
      /Market by tier, as version 2 has it, in the first digest: tier 1 380\./,
    );
  });

  it('names what is emerging, what is stale and whose review is overdue', () => {
    const text = said({
      emerging: [anEmergingSegment()],
      stale: [lapsed('Region', Date.UTC(2026, 5, 3))],
      overdue: [overdueReview('Page view', 'Ada Novak')],
    });
    assert.match(text, /Emerging: AI-Native Startups\.\* 8 wins in the quarter from 1 Jul 2026/);
    assert.match(text, /Stale criteria: Region \(last validated 3 Jun 2026\)\./);
    assert.match(text, /Reviews overdue: Page view \(due 3 Jun 2026, Ada Novak\)\./);
    assert.doesNotMatch(said(), /Emerging|Stale|overdue|Segments/);
  });
});

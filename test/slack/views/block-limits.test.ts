import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { AccountNotFoundError, IcpError } from '../../../src/errors.ts';
import { parseCommand } from '../../../src/slack/commands/parse-command.ts';
import type { Message } from '../../../src/slack/views/blocks.ts';
import { breakdown } from '../../../src/slack/views/breakdown.ts';
import { cardMessages } from '../../../src/slack/views/card-messages.ts';
import { doubtNoted } from '../../../src/slack/views/doubt-noted.ts';
import { errorMessage } from '../../../src/slack/views/error-message.ts';
import { helpMessage, usageMessage } from '../../../src/slack/views/help.ts';
import { homeView } from '../../../src/slack/views/home.ts';
import { compareModal, wrongModal } from '../../../src/slack/views/modals.ts';
import { otherSideMessage } from '../../../src/slack/views/other-side.ts';
import { receiptCard } from '../../../src/slack/views/receipt-card.ts';
import { askedMessage, turnMessages } from '../../../src/slack/views/turn-message.ts';
import { aScoreAnswer } from '../../support/slack-answers.ts';
import { crmText, explanation } from '../../support/slack-arbitraries.ts';
import { complaintsAbout } from '../../support/slack-block-kit.ts';
import { answer, receipt } from '../../support/slack-card-arbitraries.ts';
import { aTurn } from '../../support/slack-desk.ts';

const runs = { numRuns: 60 };

function accepted(messages: readonly Message[]): void {
  assert.ok(messages.length > 0);
  for (const message of messages) assert.deepEqual(complaintsAbout(message), []);
}

describe('every view stays within what Slack accepts, whatever the CRM holds', () => {
  it('cards of every kind', () => {
    fc.assert(
      fc.property(answer, crmText, (given, askedBy) => {
        const picture = { fileId: 'F1', altText: `A picture of ${askedBy}` };
        accepted(cardMessages(given));
        accepted(cardMessages(given, { askedBy, picture }));
        accepted(cardMessages(given, { brief: true }));
      }),
      { numRuns: 150 },
    );
  });

  it('breakdowns of sixty criteria', () => {
    fc.assert(
      fc.property(explanation, (given) => accepted(breakdown(aScoreAnswer(given)))),
      runs,
    );
  });

  it('receipts', () => {
    fc.assert(
      fc.property(receipt, (given) => accepted(receiptCard(given))),
      runs,
    );
  });

  it('what the conversation says, and what may be asked next', () => {
    const choices = fc.array(fc.record({ label: crmText, question: crmText }), { maxLength: 40 });
    fc.assert(
      fc.property(fc.array(crmText, { maxLength: 30 }), choices, (lines, given) => {
        const messages = turnMessages(aTurn({ text: `So:\n${lines.join('\n')}`, choices: given }), []);
        accepted(messages);
      }),
      runs,
    );
  });

  it('errors, notices and questions that are passed on', () => {
    fc.assert(
      fc.property(crmText, crmText, (a, b) => {
        const account = { book: 'main', id: a, name: b, asOf: null };
        const missing = new AccountNotFoundError(
          `no account is called ${a}`,
          Array(8).fill({ book: b, id: a, name: b }),
        );
        accepted([errorMessage(missing), errorMessage(new IcpError('x', a)), errorMessage(new Error(a))]);
        accepted([otherSideMessage(missing, account), doubtNoted(a, b), doubtNoted(a, null)]);
        accepted([askedMessage(a, b), helpMessage()]);
        const command = parseCommand(`compare ${a}`);
        if (command.kind === 'usage') accepted([usageMessage(command.problem)]);
      }),
      runs,
    );
  });

  it('modals and Home', () => {
    fc.assert(
      fc.property(crmText, (name) => {
        for (const modal of [compareModal(name, 'm'), wrongModal(name, 'm')]) {
          assert.deepEqual(complaintsAbout({ text: 'modal', blocks: modal.blocks }, 100), []);
          assert.ok(modal.title.text.length <= 24 && (modal.submit?.text.length ?? 0) <= 24);
        }
        const home = homeView({ email: 'a@b.example', slackId: null, name, role: 'rep' });
        assert.deepEqual(complaintsAbout({ text: 'home', blocks: home.blocks }, 100), []);
      }),
      runs,
    );
  });
});

describe('every card leads on', () => {
  it('ends with something to press, or says why there is nothing', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          answer.map((given) => cardMessages(given)),
          receipt.map(receiptCard),
        ),
        (messages) => {
          const last = messages.at(-1)?.blocks.at(-1);
          assert.ok(last?.type === 'actions' || JSON.stringify(last).includes('Nothing to press'));
        },
      ),
      runs,
    );
  });
});

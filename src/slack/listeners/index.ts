import type { App } from '@slack/bolt';
import type { Desk } from '../desk.ts';
import { onLeadAnswer } from './actions/answer-lead.ts';
import { onAsk } from './actions/ask.ts';
import { onAlertDecision } from './actions/decide-alert.ts';
import { onApprove } from './actions/decide-line.ts';
import { onLiftCaution } from './actions/lift-caution.ts';
import { onLiftOverride } from './actions/lift-override.ts';
import { onLinesPicked, onProposalShown, onSalesCheck } from './actions/look-at-proposal.ts';
import { onAcknowledge } from './actions/open-acknowledge.ts';
import { onAnswer } from './actions/open-answer.ts';
import { onLineOpened } from './actions/open-line.ts';
import { onWordsWanted } from './actions/open-modal.ts';
import { onNotARisk } from './actions/open-not-a-risk.ts';
import { onOverride } from './actions/open-override.ts';
import { onRejectLead } from './actions/open-reject-lead.ts';
import { onSettings } from './actions/open-settings.ts';
import { onAccount } from './actions/show-account.ts';
import { onWhy } from './actions/show-breakdown.ts';
import { onReceipts } from './actions/show-receipt.ts';
import { onUndoEvent } from './actions/undo-event.ts';
import { onUndoPublication } from './actions/undo-publication.ts';
import { onEditEntered, onEditModeChosen } from './actions/work-out-edit.ts';
import { onIcpCommand } from './commands/icp.ts';
import { onHomeOpened } from './events/app-home-opened.ts';
import { onMention } from './events/app-mention.ts';
import { onMessage } from './events/message.ts';
import { onAcknowledged } from './views/acknowledge.ts';
import { onAnswerFlag } from './views/answer-flag.ts';
import { onCautionSet } from './views/caution-set.ts';
import { onCompareWith } from './views/compare-with.ts';
import { onApprovedFrom, onLineRejected } from './views/line-decided.ts';
import { onLineEdited } from './views/line-edited.ts';
import { onNotARiskBecause } from './views/not-a-risk-because.ts';
import { onOverrideTo } from './views/override-to.ts';
import { onRecordEvent } from './views/record-event.ts';
import { onRejectLeadBecause } from './views/reject-lead-because.ts';
import { onRenameTo } from './views/rename-to.ts';
import { onSettingsSaved } from './views/settings-saved.ts';
import { onWrongBecause } from './views/wrong-because.ts';

/** Every listener of the app, in one place; what is not here is not heard. */
export function registerListeners(app: App, desk: Desk): void {
  const listeners = [
    onIcpCommand,
    onMention,
    onMessage,
    onHomeOpened,
    onWhy,
    onAccount,
    onReceipts,
    onAsk,
    onWordsWanted,
    onCompareWith,
    onWrongBecause,
    onRenameTo,
    onAlertDecision,
    onNotARisk,
    onNotARiskBecause,
    onLeadAnswer,
    onRejectLead,
    onRejectLeadBecause,
    onOverride,
    onOverrideTo,
    onLiftOverride,
    onAnswer,
    onAnswerFlag,
    onRecordEvent,
    onUndoEvent,
    onUndoPublication,
    onCautionSet,
    onLiftCaution,
    onAcknowledge,
    onAcknowledged,
    onSettings,
    onSettingsSaved,
    onApprove,
    onLineOpened,
    onProposalShown,
    onSalesCheck,
    onLinesPicked,
    onEditEntered,
    onEditModeChosen,
    onLineEdited,
    onLineRejected,
    onApprovedFrom,
  ];
  for (const listen of listeners) listen(app, desk);
}

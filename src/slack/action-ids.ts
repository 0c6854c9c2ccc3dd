/**
 * Every command, action and callback id, once.
 *
 * Messages outlive deployments: a button posted last month still sends its id, so an id that has shipped keeps its
 * meaning.
 */
export const commandName = '/icp';

export const actionIds = {
  why: 'icp_why',
  receipts: 'icp_receipts',
  compare: 'icp_compare',
  wrong: 'icp_wrong',
  /** The card of another account: a row of a list, or one of those that were perhaps meant. */
  account: 'icp_account',
  /** Asks the question that the button carries. */
  ask: 'icp_ask',
  /** Gives a segment a name. */
  rename: 'icp_rename',
  alertAcknowledge: 'icp_alert_acknowledge',
  /** Numbered: a button for each length. */
  alertSnooze: 'icp_alert_snooze',
  alertNotARisk: 'icp_alert_not_a_risk',
  /** Numbered: a list of leads has a row of buttons for each. */
  leadAccept: 'icp_lead_accept',
  leadReject: 'icp_lead_reject',
  leadUndo: 'icp_lead_undo',
  /** Asks for a person's tier beside the model's, and ends it. */
  override: 'icp_override',
  liftOverride: 'icp_override_lift',
  /** Answers a doubt about a score. */
  answerFlag: 'icp_flag_answer',
  /** Takes an event back. */
  undoEvent: 'icp_event_undo',
  /** Ends a caution. */
  liftCaution: 'icp_caution_lift',
  /** Opens the form of the settings, from Home. */
  settings: 'icp_settings',
  /** Answers for a missed calibration. */
  acknowledge: 'icp_acknowledge',
  /** Gives the records of a publication back what they had. */
  undoPublication: 'icp_publication_undo',
  /** Numbered: a line of a proposal each. */
  lineApprove: 'icp_line_approve',
  lineReject: 'icp_line_reject',
  lineEdit: 'icp_line_edit',
  lineDetails: 'icp_line_details',
  proposalApprove: 'icp_proposal_approve',
  proposalApproveFrom: 'icp_proposal_approve_from',
  proposalSimulate: 'icp_proposal_simulate',
  proposalLines: 'icp_proposal_lines',
  proposalShow: 'icp_proposal_show',
  /** Numbered: where the figures of a line came from, 0 for those of all of it. */
  proposalReceipt: 'icp_proposal_receipt',
  /** Which lines a simulation takes together. */
  simulateLines: 'icp_simulate_lines',
  /** Numbered: fits, does not fit, cannot say. */
  salesCheck: 'icp_sales_check',
  /** Numbered: the fields of an edit, whose dry run follows what is entered. */
  editValue: 'icp_edit_value',
  editMode: 'icp_edit_mode',
  editWorkOut: 'icp_edit_work_out',
} as const;

export const callbackIds = {
  compare: 'icp_compare_with',
  wrong: 'icp_wrong_because',
  notARisk: 'icp_alert_not_a_risk_because',
  rename: 'icp_rename_to',
  rejectLead: 'icp_lead_reject_because',
  override: 'icp_override_to',
  answerFlag: 'icp_flag_answer_with',
  event: 'icp_event_of',
  caution: 'icp_caution_of',
  acknowledge: 'icp_acknowledge_because',
  settings: 'icp_settings_saved',
  lineReject: 'icp_line_reject_because',
  lineEdit: 'icp_line_edit_to',
  proposalApproveFrom: 'icp_proposal_approve_on',
} as const;

/** Block and input of a modal's one text field. */
export const inputIds = { block: 'words', element: 'words' } as const;

/** The list of reasons in the modal that turns a lead down. */
export const reasonIds = { block: 'reason', element: 'reason' } as const;

/** Ids within a message must differ, so repeated buttons carry a number: `icp_ask:2`. */
export function numbered(actionId: string, index: number): string {
  return `${actionId}:${index}`;
}

/** Matches an id with or without its number. */
export function anyNumbered(actionId: string): RegExp {
  return new RegExp(`^${actionId}(:\\d+)?$`);
}

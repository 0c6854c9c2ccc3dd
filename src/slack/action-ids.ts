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
  /** Asks for a person's tier beside the model's, and ends it. */
  override: 'icp_override',
  liftOverride: 'icp_override_lift',
  /** Answers a doubt about a score. */
  answerFlag: 'icp_flag_answer',
  /** Takes an event back. */
  undoEvent: 'icp_event_undo',
  /** Answers for a missed calibration. */
  acknowledge: 'icp_acknowledge',
} as const;

export const callbackIds = {
  compare: 'icp_compare_with',
  wrong: 'icp_wrong_because',
  notARisk: 'icp_alert_not_a_risk_because',
  rename: 'icp_rename_to',
  override: 'icp_override_to',
  answerFlag: 'icp_flag_answer_with',
  event: 'icp_event_of',
  acknowledge: 'icp_acknowledge_because',
} as const;

/** Block and input of a modal's one text field. */
export const inputIds = { block: 'words', element: 'words' } as const;

/** Ids within a message must differ, so repeated buttons carry a number: `icp_ask:2`. */
export function numbered(actionId: string, index: number): string {
  return `${actionId}:${index}`;
}

/** Matches an id with or without its number. */
export function anyNumbered(actionId: string): RegExp {
  return new RegExp(`^${actionId}(:\\d+)?$`);
}

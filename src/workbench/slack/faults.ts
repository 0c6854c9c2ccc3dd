/** What should go wrong, and how strict the local Slack is. Absent fields mean what Slack does. */
export interface FaultPlan {
  /** Milliseconds the app has to acknowledge. Slack: "three seconds". */
  acknowledgeWithinMs?: number;
  /** Waits before each redelivery of an event. Slack: at once, after a minute, after five minutes. */
  redeliverAfterMs?: number[];
  /** Milliseconds a trigger id lives. */
  triggerLifetimeMs?: number;
  /** Milliseconds a stream may stay open. */
  streamLifetimeMs?: number;
  /** The next requests to a method (or `*`) that are refused. */
  refuse?: Refusal[];
  /** How many of the next acknowledgements are lost on the way. */
  loseAcknowledgements?: number;
  /** How many of the next events are delivered twice, with the same event id. */
  duplicateEvents?: number;
}

interface Refusal {
  method: string;
  /** 429 sends Retry-After; 5xx sends an empty page; 200 sends `error`. */
  status: number;
  retryAfterSeconds?: number;
  error?: string;
  times: number;
}

export interface Faults {
  readonly acknowledgeWithinMs: number;
  readonly redeliverAfterMs: number[];
  readonly triggerLifetimeMs: number;
  readonly streamLifetimeMs: number;
  /** Takes the refusal due for this method, if any. */
  takeRefusal(method: string): Refusal | undefined;
  /** True when this event is to be sent twice. */
  takeDuplicate(): boolean;
  /** True when this acknowledgement is to be lost. */
  takeLoss(): boolean;
  /** Adds to or changes the plan while running. */
  plan(change: FaultPlan): void;
}

/**
 * Slack's own limits in time, and the faults a test asks for.
 *
 * @see https://docs.slack.dev/apis/events-api/#error-handling the three redeliveries
 * @see https://docs.slack.dev/interactivity/handling-user-interaction/#acknowledgment_response the three seconds
 * @see https://docs.slack.dev/apis/web-api/rate-limits 429 with Retry-After
 */
export function createFaults(initial: FaultPlan = {}): Faults {
  const plan: FaultPlan = { ...initial, refuse: (initial.refuse ?? []).map((refusal) => ({ ...refusal })) };
  function takeOne(fault: 'duplicateEvents' | 'loseAcknowledgements'): boolean {
    const left = plan[fault] ?? 0;
    plan[fault] = Math.max(0, left - 1);
    return left > 0;
  }
  return {
    get acknowledgeWithinMs() {
      return plan.acknowledgeWithinMs ?? 3000;
    },
    get redeliverAfterMs() {
      return plan.redeliverAfterMs ?? [0, 60_000, 300_000];
    },
    get triggerLifetimeMs() {
      return plan.triggerLifetimeMs ?? 3000;
    },
    get streamLifetimeMs() {
      return plan.streamLifetimeMs ?? 300_000;
    },
    takeRefusal(method) {
      const due = plan.refuse?.find((refusal) => refusal.times > 0 && ['*', method].includes(refusal.method));
      if (due) due.times -= 1;
      return due;
    },
    takeDuplicate: () => takeOne('duplicateEvents'),
    takeLoss: () => takeOne('loseAcknowledgements'),
    plan(change) {
      const { refuse, ...rest } = change;
      Object.assign(plan, rest);
      if (refuse) plan.refuse = [...(plan.refuse ?? []), ...refuse.map((refusal) => ({ ...refusal }))];
    },
  };
}

import { type AlertEvent, type AlertState, alertState } from '../../src/icp/life/alert-state.ts';
import type { ChurnWatchFindings, WatchedCustomer } from '../../src/icp/life/watch-churn.ts';
import { churnAlertPolicy } from '../../src/icp/life/watch-churn.ts';

export function aWatchedCustomer(more: Partial<WatchedCustomer> = {}): WatchedCustomer {
  return {
    ...{ id: '001', name: 'Halden Logistics', csOwnerEmail: 'carla@ours.example', arr: 24_000 },
    ...{ risk: 0.62, standing: 'alert', renewalOn: '2026-11-20', renewalIsWritten: true, daysToRenewal: 50 },
    signs: [
      { kind: 'usage decay', before: 90, now: 54, change: -0.4, since: '2026-07-01' },
      { kind: 'stakeholder turnover', before: null, now: 1, change: null, since: '2026-08-01' },
    ],
    reasons: [],
    past: {
      happened: { v: 0.6, low: 0.47, high: 0.71, n: 60 },
      daysUntil: { v: 70, low: 61, high: 80, n: 36 },
    },
    twin: {
      ...{ id: '009', name: 'Brixmark Apps', leftOn: '2025-05-22', reason: 'too dear', daysBefore: 60, distance: 0.9 },
      shared: ['share of the seats that are active'],
    },
    action: 'find out who took over, and win a new champion',
    ...more,
  };
}

export function aWatch(ranked: readonly WatchedCustomer[], more: Partial<ChurnWatchFindings> = {}): ChurnWatchFindings {
  return {
    ...{ book: 'main', asOf: '2026-10-01', horizonDays: 120, method: 'learned', why: 'learnt from 80 customers' },
    ...{ customers: 200, csOwners: 2, events: 80, policy: churnAlertPolicy, judged: null, ranked, left: [] },
    ...more,
  };
}

export function anAlertEvent(kind: AlertEvent['kind'], at: number, more: Partial<AlertEvent> = {}): AlertEvent {
  return { kind, at, by: null, byName: null, until: null, reason: null, channel: null, ts: null, ...more };
}

export function anAlert(events: readonly AlertEvent[] = [], customer: Partial<WatchedCustomer> = {}): AlertState {
  const watched = aWatchedCustomer(customer);
  const raised = { id: 7, book: 'main', accountId: watched.id, episode: 1, raisedAt: Date.UTC(2026, 9, 1) };
  return alertState({ ...raised, horizonDays: 120, customer: watched }, events);
}

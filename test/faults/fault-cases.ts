import type { FaultPoint } from '../../src/engine/publish/fault-points.ts';
import type { FaultRule, SalesforceFaults } from '../../src/workbench/salesforce/faults/faults.ts';

/** Something that goes wrong with an org, and what is to become of a publication or a sync then. */
export interface FaultCase {
  name: string;
  faults: SalesforceFaults;
  /** For so many visits; then the org is well again. 1 unless given. */
  visits?: number;
  /** Not before the sending has come to this point for the first time; at once unless given. */
  from?: FaultPoint;
}

const status = (code: number, rule: Partial<FaultRule> = {}): SalesforceFaults => ({
  rules: [{ fault: { kind: 'status', status: code }, ...rule }],
});
const one = (kind: 'unauthorized' | 'limit' | 'html' | 'lose' | 'reset', rule: Partial<FaultRule> = {}) => ({
  rules: [{ fault: { kind }, ...rule }],
});

/** What befalls the conversation, whatever it is about. @param after so many calls go through first */
function conversationFaults(after: number): readonly FaultCase[] {
  const middle = { after };
  return [
    { name: 'the token expires', faults: one('unauthorized', { ...middle, times: 1 }) },
    { name: 'every token is refused', faults: one('unauthorized', middle), visits: 3 },
    { name: 'no token is given', faults: { ...one('reset', { on: 'oauth2/token' }), expireTokens: true }, visits: 3 },
    { name: '403 limit', faults: one('limit', middle), visits: 3 },
    { name: '420 burst', faults: status(420, { ...middle, times: 3 }) },
    { name: '429 burst', faults: status(429, { ...middle, times: 3 }) },
    { name: '503 burst', faults: status(503, { ...middle, times: 4 }) },
    { name: '503 that lasts', faults: status(503, middle), visits: 3 },
    { name: '500 burst', faults: status(500, { ...middle, times: 2 }) },
    { name: 'HTML with 200, burst', faults: one('html', { ...middle, times: 2 }) },
    { name: 'HTML with 200 that lasts', faults: one('html', middle), visits: 3 },
    { name: 'cut body', faults: { rules: [{ fault: { kind: 'cut', bytes: 25 }, ...middle, times: 3 }] } },
    { name: 'cut body that lasts', faults: { rules: [{ fault: { kind: 'cut', bytes: 25 }, ...middle }] }, visits: 2 },
    { name: 'stall', faults: { rules: [{ fault: { kind: 'stall' }, ...middle, times: 2 }] } },
    { name: 'drip', faults: { rules: [{ fault: { kind: 'drip', bytes: 400, everyMs: 1 }, ...middle, times: 3 }] } },
    { name: 'connections that end', faults: one('reset', { ...middle, times: 3 }) },
  ];
}

const places = [
  (each: FaultCase, from = 9): FaultCase => ({
    ...each,
    name: `${each.name}, while planning`,
    faults: behind(each, from),
  }),
  (each: FaultCase): FaultCase => ({ ...each, name: `${each.name}, while sending`, from: 'after update recorded' }),
  (each: FaultCase): FaultCase => ({
    ...each,
    name: `${each.name}, with a job under way`,
    from: 'after close recorded',
  }),
] as const;

function behind({ faults }: FaultCase, after: number): SalesforceFaults {
  return { ...faults, rules: (faults.rules ?? []).map((rule) => ({ ...rule, after })) };
}

const ofWriting: readonly FaultCase[] = [
  { name: 'every token is refused, from the start', faults: one('unauthorized'), visits: 3 },
  { name: '403 limit, from the start', faults: one('limit'), visits: 3 },
  { name: 'the answer to create is lost', faults: one('lose', { on: 'POST .*/jobs/ingest$', times: 1 }) },
  { name: 'the answer to upload is lost', faults: one('lose', { on: 'PUT ', times: 1 }) },
  { name: 'the answer to close is lost', faults: one('lose', { on: 'PATCH .*/jobs/ingest', times: 1 }) },
  { name: 'the answer to a collection is lost', faults: one('lose', { on: 'PATCH .*/composite', times: 2 }) },
  { name: 'every answer to a collection is lost', faults: one('lose', { on: 'PATCH .*/composite' }), visits: 2 },
  { name: 'every answer to create is lost', faults: one('lose', { on: 'POST .*/jobs/ingest$' }), visits: 2 },
  {
    name: 'results that end early',
    faults: { rules: [{ fault: { kind: 'truncate', rows: 20 }, on: 'successfulResults', times: 1 }] },
  },
  {
    name: 'results that are cut',
    faults: { rules: [{ fault: { kind: 'cut', bytes: 900 }, on: 'successfulResults', times: 2 }] },
  },
  {
    name: 'a job that never completes',
    faults: { jobs: { neverComplete: true } },
    visits: 3,
    from: 'after upload recorded',
  },
  { name: 'a job that fails behind 20 rows', faults: { jobs: { failAfterRows: 20, times: 1 } } },
  { name: 'a job that fails before its first row', faults: { jobs: { failAfterRows: 0, times: 1 } } },
];

/** What befalls a publication: each fault of the conversation while it plans, while it sends, and with a job under way. */
export const publishFaults: readonly FaultCase[] = [
  ...places.flatMap((at) => conversationFaults(0).map((each) => at(each))),
  ...ofWriting,
];

/** The same, each at one place only. */
export const publishFaultsOnce: readonly FaultCase[] = [
  ...conversationFaults(0).map((each, nth) => places[nth % 3]?.(each) ?? each),
  ...ofWriting,
];

/** What befalls the reading. */
export const syncFaults: readonly FaultCase[] = [
  { name: 'every token is refused, from the start', faults: one('unauthorized'), visits: 3 },
  { name: '403 limit, from the start', faults: one('limit'), visits: 3 },
  ...conversationFaults(20),
  {
    name: 'pages that end early',
    faults: { rules: [{ fault: { kind: 'truncate', rows: 4 }, on: 'jobs/query/.*/results', times: 3 }] },
  },
  {
    name: 'pages that end early each time',
    faults: { rules: [{ fault: { kind: 'truncate', rows: 4 }, on: 'jobs/query/.*/results' }] },
    visits: 2,
  },
  { name: 'the answer to a query job is lost', faults: one('lose', { on: 'POST .*/jobs/query', times: 2 }) },
];

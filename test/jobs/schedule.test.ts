import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { UsageError } from '../../src/errors.ts';
import { dueTimes, lastDue, nextDue, parseSchedule, type Schedule } from '../../src/jobs/schedule.ts';
import { wallClockAt } from '../../src/jobs/wall-clock.ts';

const minute = 60_000;
const day = 86_400_000;

function scheduleOf(text: string): Schedule {
  const schedule = parseSchedule(text);
  assert.ok(schedule !== null);
  return schedule;
}

function datesOf(text: string, from: string, to: string): string[] {
  return dueTimes(scheduleOf(text), Date.parse(from), Date.parse(to)).map((at) => new Date(at).toISOString());
}

/** Around every kind of change of the clocks that the zone database knows. */
const changes: readonly [zone: string, around: string][] = [
  ['America/New_York', '2027-03-14'],
  ['America/New_York', '2027-11-07'],
  ['Europe/Berlin', '2026-03-29'],
  ['Europe/Berlin', '2026-10-25'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['America/Sao_Paulo', '2018-11-04'],
  ['America/Sao_Paulo', '2018-02-18'],
  ['Africa/Casablanca', '2026-02-15'],
  ['Pacific/Apia', '2011-12-30'],
  ['Asia/Kathmandu', '2026-06-01'],
  ['UTC', '2026-06-01'],
];

describe('a schedule on a wall clock', () => {
  it('runs a time that daylight saving leaves out once, when the clocks go forward', () => {
    assert.deepEqual(datesOf('daily 02:30 America/New_York', '2027-03-13T12:00Z', '2027-03-15T12:00Z'), [
      '2027-03-14T07:00:00.000Z',
      '2027-03-15T06:30:00.000Z',
    ]);
  });

  it('runs a time that comes twice once, the first time', () => {
    assert.deepEqual(datesOf('daily 01:30 America/New_York', '2027-11-06T12:00Z', '2027-11-08T12:00Z'), [
      '2027-11-07T05:30:00.000Z',
      '2027-11-08T06:30:00.000Z',
    ]);
  });

  it('keeps to the wall clock over the year: a Monday at six is five or four o clock in UTC', () => {
    assert.deepEqual(datesOf('Mon 06:00 Europe/Berlin', '2026-03-22T00:00Z', '2026-04-01T00:00Z'), [
      '2026-03-23T05:00:00.000Z',
      '2026-03-30T04:00:00.000Z',
    ]);
  });

  for (const [zone, around] of changes) {
    it(`is due at the first minute at which the clocks of ${zone} have reached it, around ${around}`, () => {
      const from = Date.parse(around) - 2 * day;
      const walls: [at: number, wall: number][] = [];
      for (let at = from - day; at < from + 6 * day; at += minute) walls.push([at, wallClockAt(zone, at)]);
      for (const clock of ['00:00', '00:30', '01:15', '02:00', '02:30', '03:00', '23:45']) {
        const [hour = 0, min = 0] = clock.split(':').map(Number);
        const dues = dueTimes(scheduleOf(`daily ${clock} ${zone}`), from, from + 4 * day);
        const expected = new Set<number>();
        for (let date = from - day; date <= from + 6 * day; date += day) {
          const target = date + (hour * 60 + min) * minute;
          const first = walls.find(([, wall]) => wall >= target);
          if (first !== undefined && first[0] > from && first[0] <= from + 4 * day) expected.add(first[0]);
        }
        assert.deepEqual(dues, [...expected], clock);
      }
    });
  }

  it('gives the same due times however the span is cut up', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...changes),
        fc.constantFrom('00:00', '02:30', '23:59'),
        fc.array(fc.integer({ min: 0, max: 8 * 24 * 60 }), { maxLength: 12 }),
        ([zone, around], clock, cuts) => {
          const schedule = scheduleOf(`daily ${clock} ${zone}`);
          const from = Date.parse(around) - 4 * day;
          const to = from + 8 * day;
          const edges = [from, ...cuts.map((cut) => from + cut * minute).sort((a, b) => a - b), to];
          const pieces = edges.slice(1).flatMap((edge, nth) => dueTimes(schedule, edges[nth] ?? from, edge));
          assert.deepEqual(pieces, dueTimes(schedule, from, to));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('knows the due times before and after any instant', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          ...['Mon,Thu 02:30 America/New_York', 'weekdays 00:00 UTC', 'Sun 23:00 Pacific/Apia', 'every 15 min'],
        ),
        fc.integer({ min: Date.UTC(2011, 11, 20), max: Date.UTC(2028, 0, 1) }),
        (text, at) => {
          const schedule = scheduleOf(text);
          const next = nextDue(schedule, at);
          const last = lastDue(schedule, at);
          assert.ok(last <= at && at < next);
          assert.deepEqual(dueTimes(schedule, last, next), [next]);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is due at the same minutes of every hour, also over midnight and when it was looked for late', () => {
    assert.deepEqual(
      datesOf('every 15 min', '2026-03-28T23:40:00Z', '2026-03-29T00:15:00Z').map((iso) => iso.slice(11, 16)),
      ['23:45', '00:00', '00:15'],
    );
  });

  it('is read as people write it', () => {
    assert.deepEqual(parseSchedule('06:00'), { days: [0, 1, 2, 3, 4, 5, 6], hour: 6, minute: 0, zone: 'UTC' });
    assert.deepEqual(parseSchedule('thursday,mon 6:05 Europe/Berlin'), {
      ...{ days: [1, 4], hour: 6, minute: 5, zone: 'Europe/Berlin' },
    });
    assert.deepEqual(parseSchedule('Every 30 minutes'), { everyMinutes: 30 });
    assert.equal(parseSchedule(' OFF '), null);
  });

  it('says how a schedule looks when it cannot read one, and names a zone that is not there', () => {
    for (const wrong of ['every', 'every min', 'every 7 min', 'every 1 min', 'every 15 hours', 'every 15 min UTC'])
      assert.throws(() => parseSchedule(wrong), UsageError, wrong);
    for (const wrong of ['', 'often', 'Mon', '25:00', '12:60', 'Foo 06:00', 'Mon 06:00 UTC now', 'Mon Tue 06:00'])
      assert.throws(() => parseSchedule(wrong), UsageError, wrong);
    assert.throws(() => parseSchedule('06:00 Mars/Base'), /Mars\/Base/);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { complaintsOf, failureOf, isExpired } from '../../../src/connectors/salesforce/failure-of.ts';
import { complaintOfCell, rowFailure } from '../../../src/connectors/salesforce/row-failure.ts';

function codeOf(
  status: number,
  errorCode: string | null,
  message = 'm',
  type = 'application/json',
): string | undefined {
  const body = errorCode === null ? 'a page' : JSON.stringify([{ errorCode, message }]);
  return failureOf({ status, headers: new Headers({ 'content-type': type }), body: Buffer.from(body) })?.code;
}

describe('what is wrong with an answer', () => {
  it('is sorted by what helps', () => {
    for (const status of [406, 420, 429, 500, 502, 503, 504])
      assert.equal(codeOf(status, 'X'), 'crm_retry', String(status));
    for (const status of [400, 404, 503])
      assert.equal(codeOf(status, null, '', 'text/html'), 'crm_retry', String(status));
    assert.equal(codeOf(403, 'REQUEST_LIMIT_EXCEEDED'), 'crm_limit');
    assert.equal(codeOf(503, 'REQUEST_LIMIT_EXCEEDED'), 'crm_limit');
    assert.equal(codeOf(401, 'INVALID_SESSION_ID'), 'crm_signed_out');
    for (const code of [
      'INVALID_FIELD',
      'INSUFFICIENT_ACCESS_OR_READONLY',
      'TXN_SECURITY_METERING_ERROR',
      'MALFORMED_QUERY',
      'NEVER_HEARD_OF',
    ])
      assert.equal(codeOf(400, code), 'crm_stop', code);
  });

  it('is not to be tried again where the call is too long, whoever says so', () => {
    for (const status of [414, 431])
      for (const [code, type] of [
        [null, 'text/html'],
        [null, ''],
        ['URI_TOO_LONG', 'application/json'],
      ] as const) {
        assert.equal(codeOf(status, code, 'm', type), 'crm_stop', `${status} ${type}`);
        const failure = failureOf({ status, headers: new Headers(), body: Buffer.alloc(0) });
        assert.match(failure?.message ?? '', new RegExp(`query is too long for Salesforce.*status ${status}.*fields`));
        assert.doesNotMatch(failure?.message ?? '', /again/);
      }
  });

  it('is nothing where there is data, or nothing was to be said', () => {
    assert.equal(
      failureOf({ status: 200, headers: new Headers({ 'content-type': 'text/csv' }), body: Buffer.from('"Id"') }),
      null,
    );
    assert.equal(failureOf({ status: 204, headers: new Headers(), body: Buffer.alloc(0) }), null);
  });

  it('tells a session that ran out from one that no token mends', () => {
    const of = (message: string) =>
      failureOf({
        ...{ status: 401, headers: new Headers({ 'content-type': 'application/json' }) },
        body: Buffer.from(JSON.stringify([{ errorCode: 'INVALID_SESSION_ID', message }])),
      });
    assert.equal(isExpired(of('Session expired or invalid')), true);
    assert.equal(isExpired(of('Connected app is not attached to Agent')), false);
    assert.equal(isExpired(new Error('other')), false);
  });

  it('reads complaints in both of their shapes, and none where there are none', () => {
    assert.deepEqual(complaintsOf([{ errorCode: 'A', message: 'b', fields: ['C'] }]), [
      { code: 'A', message: 'b', fields: ['C'] },
    ]);
    assert.deepEqual(complaintsOf({ error: 'invalid_grant', error_description: 'd' }), [
      { code: 'invalid_grant', message: 'd', fields: [] },
    ]);
    for (const odd of [null, 'text', 7, [], [{ message: 'no code' }], {}]) assert.deepEqual(complaintsOf(odd), []);
  });
});

describe('what befell a row', () => {
  it('is to be tried again only where waiting helps', () => {
    const kindOf = (code: string) => rowFailure({ code, message: '', fields: [] }).kind;
    assert.equal(kindOf('UNABLE_TO_LOCK_ROW'), 'retry');
    for (const code of ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'ENTITY_IS_DELETED', 'STRING_TOO_LONG', 'NEVER_HEARD_OF'])
      assert.equal(kindOf(code), 'set aside', code);
  });

  it('is read from a result file, with colons in its words, with fields and without', () => {
    assert.deepEqual(complaintOfCell('UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record:--'), {
      ...{ code: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access to this record', fields: [] },
    });
    assert.deepEqual(complaintOfCell('FIELD_CUSTOM_VALIDATION_EXCEPTION:a: b:A__c, B__c --'), {
      ...{ code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'a: b', fields: ['A__c', 'B__c'] },
    });
    assert.deepEqual(complaintOfCell('ENTITY_IS_DELETED:entity is deleted:--').code, 'ENTITY_IS_DELETED');
    assert.deepEqual(complaintOfCell('something else'), { code: 'UNKNOWN', message: 'something else', fields: [] });
  });
});

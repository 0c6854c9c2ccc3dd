import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setterInCrm } from '../../../src/icp/judgements/override.ts';
import { teamsOf } from '../../../src/icp/judgements/teams-of.ts';

describe('the team of whoever set an override', () => {
  const teamOf = teamsOf([{ email: 'Dana@ours.example', role: 'revops' }]);

  it('is that of the person, wherever it was set and however the address is spelt', () => {
    assert.equal(teamOf({ by: 'dana@Ours.example', byName: 'Dana' }), 'RevOps');
    assert.equal(teamOf(setterInCrm('dana@ours.example')), 'RevOps');
  });

  it('is not the command line for what somebody set in the CRM whom nobody knows', () => {
    assert.equal(teamOf(setterInCrm('who@ours.example')), 'others in Salesforce');
    assert.equal(teamOf(setterInCrm(null)), 'others in Salesforce');
    assert.equal(teamOf({ by: 'via command line by ops', byName: 'ops' }), 'the command line');
  });
});

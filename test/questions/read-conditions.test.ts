import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCatalogueBuilder } from '../../src/icp/features/catalogue.ts';
import type { FieldRule } from '../../src/icp/features/feature-rule.ts';
import { readConditions } from '../../src/questions/read-conditions.ts';
import { aHistory } from '../support/a-model.ts';

const asOf = Date.parse('2026-01-31');
const field = (name: string, type: FieldRule['type']): FieldRule => ({
  ...{ field: name, layer: 'firmographic', type, leftOut: null },
});

function catalogue() {
  const builder = createCatalogueBuilder({
    asOf,
    timeKind: 'dates',
    fields: [field('industry', 'category'), field('funding_stage', 'category'), field('has_api', 'flag')],
  });
  for (let at = 0; at < 300; at += 1) {
    const values = {
      industry: ['SaaS', 'Retail'][at % 2] ?? '',
      funding_stage: ['seed', 'series_a'][at % 2] ?? '',
      has_api: at % 3 === 0,
      technologies: [['HubSpot', 'Zoho CRM'], ['Dealwright', 'Google Analytics'], []][at % 3] ?? [],
    };
    builder.add(aHistory(`a${at}`, { observations: [{ values, observedAt: asOf - 1, source: 's' }] }));
  }
  return builder.finish();
}

describe('readConditions', () => {
  const known = catalogue();
  const read = (where: Record<string, string>) => readConditions(known, where);

  it('asks for the flag of a tool, however the word for it and the tool are written', () => {
    const wanted = [{ key: 'tech_zoho_crm', value: 'present' }];
    for (const word of ['technology', 'Technologies', 'tool', 'uses']) {
      for (const tool of ['Zoho CRM', 'zoho crm', 'zoho_crm', 'ZOHO-CRM'])
        assert.deepEqual(read({ [word]: tool }), wanted);
    }
    assert.deepEqual(read({ competitor: 'dealwright' }), [{ key: 'tech_dealwright', value: 'present' }]);
    assert.deepEqual(read({ tech_zoho_crm: 'no' }), [{ key: 'tech_zoho_crm', value: 'absent' }]);
  });

  it('finds a field by its key, its label and the column that it is read from', () => {
    for (const name of ['industry', 'Industry']) assert.equal(read({ [name]: 'saas' })[0]?.key, 'industry');
    for (const name of ['funding', 'Funding stage', 'funding_stage'])
      assert.equal(read({ [name]: 'seed' })[0]?.key, 'funding');
  });

  it('takes any word for yes and no', () => {
    for (const word of ['yes', 'TRUE', 'present']) assert.equal(read({ has_api: word })[0]?.value, 'present');
    for (const word of ['no', 'False', 'absent']) assert.equal(read({ has_api: word })[0]?.value, 'absent');
  });

  it('keeps every condition', () => {
    assert.equal(read({ industry: 'SaaS', technology: 'HubSpot', funding: 'seed' }).length, 3);
    assert.deepEqual(read({}), []);
  });

  it('names what is near where there is no such field or tool', () => {
    assert.throws(() => read({ indutsry: 'SaaS' }), {
      code: 'no_field',
      message: /"indutsry"; the nearest are industry,/,
    });
    assert.throws(() => read({ technology: 'HubSpt' }), {
      code: 'no_field',
      message: /"HubSpt"; the nearest are HubSpot/,
    });
  });
});

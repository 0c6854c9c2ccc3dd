import { objectOf, type Schema } from '../schema/schema.ts';
import { corporateOf, currencyField } from '../schema/several-currencies.ts';
import type { Database } from './database.ts';
import { longId } from './ids.ts';
import type { OrgOptions } from './options.ts';
import { type Records, rowOf } from './records.ts';

/** The ids of what every org has. */
export interface SetUpIds {
  organization: string;
  integrationUser: string;
  adminUser: string;
}

/** Of the two profiles for integrations one shows every field, the other none but the required ones. */
function profileOf({ permissionSets }: OrgOptions): string {
  return permissionSets === null ? 'Salesforce API Only System Integrations' : 'Minimum Access - API Only Integrations';
}

/**
 * Writes the rows of the set-up, once: the organisation, two users, stages and statuses.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_organization.htm
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_leadstatus.htm
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunitystage.htm
 */
export function setUp(database: Database, schema: Schema, records: Records, options: OrgOptions): SetUpIds {
  const [integrationUser, adminUser] = [longId('005Lo0integrati'), longId('005Lo0administr')];
  const [integration, administrator] = [longId('00eLo0integrati'), longId('00eLo0administr')];
  const organization = longId(options.id);
  const add = (object: string, rows: readonly Record<string, unknown>[]): void => {
    const found = objectOf(schema, object);
    for (const row of rows) {
      if (row.Id !== undefined && records.read(found, String(row.Id)) !== undefined) continue;
      records.add(found, rowOf(found, row), adminUser);
    }
  };
  database.transaction(() => switchOnCurrencies(database, schema, options, add));
  const isNew = database.sql.prepare('SELECT count(*) AS n FROM "Organization"').get()?.n === 0;
  if (!isNew) return { organization, integrationUser, adminUser };
  database.transaction(() => {
    const type = { InstanceName: 'LOCAL', OrganizationType: 'Developer Edition' };
    add('Organization', [{ Id: organization, Name: options.name, IsSandbox: options.isSandbox, ...type }]);
    add('Profile', [
      { Id: integration, Name: profileOf(options) },
      { Id: administrator, Name: 'System Administrator' },
    ]);
    const active = { IsActive: true, UserType: 'Standard' };
    add('User', [
      { Id: integrationUser, Username: options.username, Email: options.username, LastName: 'Integration', ...active },
      { Id: adminUser, Username: 'admin@local.test', Email: 'admin@local.test', LastName: 'Administrator', ...active },
    ]);
    add(
      'LeadStatus',
      options.leadStatuses.map(({ name, isConverted }, index) => {
        return {
          MasterLabel: name,
          ApiName: name,
          SortOrder: index + 1,
          IsDefault: index === 0,
          IsConverted: isConverted,
        };
      }),
    );
    add(
      'OpportunityStage',
      options.stages.map(({ name, isClosed, isWon, forecast, probability }, index) => ({
        ...{ MasterLabel: name, ApiName: name, SortOrder: index + 1, IsActive: true, IsClosed: isClosed, IsWon: isWon },
        ...{ ForecastCategory: forecast, ForecastCategoryName: forecast, DefaultProbability: probability },
      })),
    );
  });
  return { organization, integrationUser, adminUser };
}

/**
 * Writes the rates, once. What was there before is in the corporate currency from then on.
 *
 * @see https://help.salesforce.com/s/articleView?id=sf.admin_currency.htm
 */
function switchOnCurrencies(
  database: Database,
  schema: Schema,
  { currencies }: OrgOptions,
  add: (object: string, rows: readonly Record<string, unknown>[]) => void,
): void {
  const corporate = corporateOf(currencies);
  if (corporate === null || database.sql.prepare('SELECT count(*) AS n FROM "CurrencyType"').get()?.n !== 0) return;
  add(
    'CurrencyType',
    Object.entries(currencies).map(([IsoCode, ConversionRate]) => {
      return { IsoCode, ConversionRate, DecimalPlaces: 2, IsActive: true, IsCorporate: IsoCode === corporate };
    }),
  );
  for (const { name, fields } of schema.values()) {
    if (!fields.has(currencyField.toLowerCase())) continue;
    database.sql.prepare(`UPDATE "${name}" SET "${currencyField}" = ? WHERE "${currencyField}" IS NULL`).run(corporate);
  }
}

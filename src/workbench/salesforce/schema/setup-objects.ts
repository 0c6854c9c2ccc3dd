import { field, number, picklist, reference, text } from './field.ts';
import { type ObjectSchema, setupObject } from './object-schema.ts';

/**
 * The objects of the set-up: who works here, what the stages are called, which org this is.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_organization.htm
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_leadstatus.htm
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunitystage.htm
 */
export function setupObjects(): ObjectSchema[] {
  return [
    setupObject('Organization', '00D', [
      ...[text('Name', 80), field('IsSandbox', 'boolean'), text('InstanceName', 5), text('OrganizationType', 40)],
    ]),
    setupObject('User', '005', [
      ...[text('Username', 80), text('FirstName', 40), text('LastName', 80), text('Name', 121)],
      ...[field('Email', 'email', { length: 128 }), field('IsActive', 'boolean'), text('Title', 80)],
      ...[reference('ProfileId', 'Profile'), reference('UserRoleId', 'UserRole'), reference('ManagerId', 'User')],
      ...[picklist('UserType', ['Standard']), text('TimeZoneSidKey', 40), text('FederationIdentifier', 512)],
    ]),
    setupObject('Profile', '00e', [text('Name', 255)]),
    setupObject('UserRole', '00E', [text('Name', 80), reference('ParentRoleId', 'UserRole')]),
    setupObject('Group', '00G', [text('Name', 40), text('DeveloperName', 80), picklist('Type', ['Queue', 'Regular'])]),
    setupObject('LeadStatus', '01J', [
      ...[text('MasterLabel', 255), text('ApiName', 255), number('SortOrder', 'int'), field('IsDefault', 'boolean')],
      field('IsConverted', 'boolean'),
    ]),
    setupObject('OpportunityStage', '01J', [
      ...[text('MasterLabel', 255), text('ApiName', 255), number('SortOrder', 'int'), field('IsActive', 'boolean')],
      ...[field('IsClosed', 'boolean'), field('IsWon', 'boolean'), text('ForecastCategory', 40)],
      ...[text('ForecastCategoryName', 40), number('DefaultProbability', 'percent', { precision: 3, scale: 0 })],
    ]),
  ];
}

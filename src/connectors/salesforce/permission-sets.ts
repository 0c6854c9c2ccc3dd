import { overrideFields, publishedFields } from '../../icp/publishing/published-fields.ts';
import { scoredObjects } from '../crm.ts';
import type { ReadGrants } from './field-permissions.ts';
import { group, metadataFile, tag } from './metadata-xml.ts';

/** By the name that the Salesforce CLI assigns them by. */
export const permissionSetNames = { ours: 'Lodestar', people: 'Lodestar_People' } as const;

/** Reads what is learnt from, writes our fields, reads those that people own; may change nothing of the org itself. */
export function ourPermissionSet({ objects, fields }: ReadGrants): string {
  const writes = (object: string) => scoredObjects.some((scored) => scored === object);
  const objectPermissions = [...new Set([...objects, ...scoredObjects])].sort().flatMap((object) =>
    group('objectPermissions', [
      ...[tag('allowCreate', false), tag('allowDelete', false), tag('allowEdit', writes(object))],
      ...[tag('allowRead', true), tag('modifyAllRecords', false), tag('object', object)],
      // What sharing hides would look as if it had been deleted.
      tag('viewAllRecords', true),
    ]),
  );
  return metadataFile('PermissionSet', [
    tag('description', 'What Lodestar reads and writes; for the user that it signs in as.'),
    ...fieldPermissions([
      ...fields.map((field) => ({ field, editable: false })),
      ...onScored(publishedFields, true),
      ...onScored(overrideFields, false),
    ]),
    tag('hasActivationRequired', false),
    tag('label', 'Lodestar'),
    ...objectPermissions,
    ...group('userPermissions', [tag('enabled', true), tag('name', 'ApiEnabled')]),
  ]);
}

export interface FieldPermission {
  /** With its object: `Account.Industry`. */
  field: string;
  editable: boolean;
}

/** A permission set that gives fields and nothing else. */
export function fieldPermissionSet(
  label: string,
  description: string,
  permissions: readonly FieldPermission[],
): string {
  return metadataFile('PermissionSet', [
    tag('description', description),
    ...fieldPermissions(permissions),
    tag('hasActivationRequired', false),
    tag('label', label),
  ]);
}

/** Shows the scores to people, and lets them set a tier of their own: fields that are deployed are seen by nobody at first. */
export function peoplePermissionSet(): string {
  const description =
    'Shows the scores of Lodestar and lets a tier be set beside them; for everybody in sales and RevOps.';
  const permissions = [...onScored(publishedFields, false), ...onScored(overrideFields, true)];
  return fieldPermissionSet('Lodestar People', description, permissions);
}

function onScored(fields: readonly { name: string }[], editable: boolean): FieldPermission[] {
  return scoredObjects.flatMap((object) => fields.map(({ name }) => ({ field: `${object}.${name}`, editable })));
}

function fieldPermissions(permissions: readonly FieldPermission[]): string[] {
  return permissions
    .toSorted((one, other) => (one.field < other.field ? -1 : 1))
    .flatMap(({ field, editable }) =>
      group('fieldPermissions', [tag('editable', editable), tag('field', field), tag('readable', true)]),
    );
}

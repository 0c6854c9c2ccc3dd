import { overrideFields, type PublishedField, publishedFields } from '../../icp/publishing/published-fields.ts';
import { scoredObjects } from '../crm.ts';
import { type ObjectFields, readGrants } from './field-permissions.ts';
import { group, metadataFile, tag } from './metadata-xml.ts';
import { ourPermissionSet, peoplePermissionSet, permissionSetNames } from './permission-sets.ts';
import { usualApiVersion } from './settings.ts';

const source = 'force-app/main/default';

/**
 * The folder `salesforce/`: the fields and the permission sets, as the Salesforce CLI deploys them, by path.
 *
 * @param reads what the engine reads of the CRM
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/customfield.htm
 */
export function sfdxFiles(reads: readonly ObjectFields[]): ReadonlyMap<string, string> {
  const files = new Map([['sfdx-project.json', project()]]);
  for (const object of scoredObjects)
    for (const field of [...publishedFields, ...overrideFields])
      files.set(`${source}/objects/${object}/fields/${field.name}.field-meta.xml`, fieldFile(field));
  const permissionSet = (name: string) => `${source}/permissionsets/${name}.permissionset-meta.xml`;
  files.set(permissionSet(permissionSetNames.ours), ourPermissionSet(readGrants(reads)));
  files.set(permissionSet(permissionSetNames.people), peoplePermissionSet());
  return files;
}

function project(): string {
  const packageDirectories = [{ path: 'force-app', default: true }];
  return `${JSON.stringify({ packageDirectories, name: 'lodestar', namespace: '', sourceApiVersion: usualApiVersion }, null, 2)}\n`;
}

function fieldFile({ name, label, help, kind }: PublishedField): string {
  return metadataFile('CustomField', [
    tag('fullName', name),
    ...(kind.type === 'checkbox' ? [tag('defaultValue', 'false')] : []),
    tag('inlineHelpText', help),
    tag('label', label),
    ...kindTags(kind),
  ]);
}

function kindTags(kind: PublishedField['kind']): string[] {
  switch (kind.type) {
    case 'number':
      return [
        tag('precision', kind.precision),
        tag('required', false),
        tag('scale', kind.scale),
        tag('type', 'Number'),
      ];
    case 'text':
      return [tag('length', kind.length), tag('required', false), tag('type', 'Text')];
    case 'checkbox':
      return [tag('type', 'Checkbox')];
    case 'datetime':
      return [tag('required', false), tag('type', 'DateTime')];
    case 'picklist':
      return [tag('required', false), tag('type', 'Picklist'), ...valueSet(kind.values)];
  }
}

/** Not restricted: a tier that is added later must not refuse whole rows. */
function valueSet(values: readonly string[]): string[] {
  const each = values.flatMap((value) =>
    group('value', [tag('fullName', value), tag('default', false), tag('label', value)]),
  );
  return group('valueSet', [tag('restricted', false), ...group('valueSetDefinition', [tag('sorted', false), ...each])]);
}

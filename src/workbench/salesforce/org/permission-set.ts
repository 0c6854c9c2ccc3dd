import { IcpError } from '../../../errors.ts';
import type { Allowed } from '../schema/object-schema.ts';
import type { Schema } from '../schema/schema.ts';

/** What a permission set gives its user. */
export interface PermissionSet {
  /** By name in lower case. */
  objects: ReadonlyMap<string, Allowed>;
  /** Whether a field may be edited too, by `account.industry`. */
  fields: ReadonlyMap<string, boolean>;
}

/** Nobody reads the second without the first. */
const dependsOn: Readonly<Record<string, readonly string[]>> = {
  ...{ contact: ['account'], opportunity: ['account'], contract: ['account'], asset: ['account', 'contact'] },
};

/**
 * Reads a permission set as it is deployed, and refuses what Salesforce refuses.
 *
 * @throws {IcpError} `salesforce_deploy` for an object or a field that is not there, one whose permission cannot be deployed,
 *   and an object without the one that it depends on
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_permissionset.htm
 */
export function readPermissionSet(schema: Schema, text: string): PermissionSet {
  const objects = new Map<string, Allowed>();
  const fields = new Map<string, boolean>();
  for (const each of groupsOf(text, 'objectPermissions')) {
    const name = each.object ?? '';
    const found = schema.get(name.toLowerCase());
    if (found === undefined || found.goesWith !== found.name)
      throw refused(`In field: object - no CustomObject named ${name} found`);
    objects.set(name.toLowerCase(), {
      ...{ read: each.allowRead === 'true', create: each.allowCreate === 'true' },
      ...{ edit: each.allowEdit === 'true', delete: each.allowDelete === 'true' },
    });
  }
  for (const [name] of objects)
    for (const other of dependsOn[name] ?? [])
      if (objects.get(other)?.read !== true)
        throw refused(`Permission Read ${name} depends on permission(s): Read ${other}`);
  for (const { field: path = '', readable, editable } of groupsOf(text, 'fieldPermissions')) {
    const [object = '', name = ''] = path.toLowerCase().split('.');
    const found = schema.get(object)?.fields.get(name);
    if (found === undefined || found.partOf !== null)
      throw refused(`In field: field - no CustomField named ${path} found`);
    if (!found.permissionable) throw refused(`You cannot deploy to a required field: ${path}`);
    if (readable === 'true') fields.set(path.toLowerCase(), editable === 'true');
  }
  return { objects, fields };
}

/** The groups of that name, each with the text of its tags. */
function groupsOf(text: string, name: string): Partial<Record<string, string>>[] {
  return [...text.matchAll(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`, 'g'))].map(([, inner = '']) =>
    Object.fromEntries([...inner.matchAll(/<(\w+)>([^<]*)<\/\1>/g)].map(([, tag = '', value]) => [tag, value])),
  );
}

function refused(message: string): IcpError {
  return new IcpError(
    'salesforce_deploy',
    `the local Salesforce refuses the permission set: ${message}; mend the file`,
  );
}

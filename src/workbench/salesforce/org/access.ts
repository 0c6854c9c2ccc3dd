import type { Field } from '../schema/field.ts';
import type { Allowed, ObjectSchema } from '../schema/object-schema.ts';
import type { Schema } from '../schema/schema.ts';
import { type PermissionSet, readPermissionSet } from './permission-set.ts';

/** What the integration user may see and do. */
export interface Access {
  /** @throws {IcpError} `salesforce_deploy` */
  assign(permissionSet: string): void;
  /** Once more, over fields that have come since. */
  apply(): void;
}

const nothing: Allowed = { read: false, create: false, edit: false, delete: false };

/**
 * Field-level security: with permission sets a field is seen through one that names it, a required one with its object, and all
 * else is as if it were not there. Permissions add up; no permission set takes away what another gives.
 *
 * @param sets `null`: the user's profile shows everything
 * @see https://help.salesforce.com/s/articleView?id=platform.admin_fls.htm
 */
export function createAccess(schema: Schema, sets: readonly string[] | null): Access {
  const assigned = (sets ?? []).map((text) => readPermissionSet(schema, text));
  /** What the org's own settings leave of a field, whoever looks. */
  const most = new WeakMap<Field, Pick<Field, 'readable' | 'updateable'>>();

  function apply(): void {
    if (sets === null) return;
    for (const object of schema.values()) {
      const own = schema.get(object.goesWith?.toLowerCase() ?? '');
      if (own !== undefined) object.allowed = allowedBy(assigned, own);
      for (const field of object.fields.values()) {
        const { readable, updateable } = most.get(field) ?? field;
        most.set(field, { readable, updateable });
        const given = own === undefined ? 'edit' : givenBy(assigned, object, field);
        Object.assign(field, {
          readable: readable && given !== null,
          updateable: updateable && given === 'edit' && object.allowed.edit,
        });
      }
    }
  }

  apply();
  return {
    apply,
    assign(text) {
      assigned.push(readPermissionSet(schema, text));
      apply();
    },
  };
}

function allowedBy(assigned: readonly PermissionSet[], { name }: ObjectSchema): Allowed {
  const given = assigned.flatMap(({ objects }) => objects.get(name.toLowerCase()) ?? []);
  return given.reduce(
    (one, other) => ({
      ...{ read: one.read || other.read, create: one.create || other.create },
      ...{ edit: one.edit || other.edit, delete: one.delete || other.delete },
    }),
    nothing,
  );
}

function givenBy(assigned: readonly PermissionSet[], object: ObjectSchema, field: Field): 'read' | 'edit' | null {
  if (!field.permissionable) return 'edit';
  const path = `${object.name}.${field.partOf ?? field.name}`.toLowerCase();
  const given = assigned.flatMap(({ fields }) => fields.get(path) ?? []);
  if (given.length === 0) return null;
  return given.includes(true) ? 'edit' : 'read';
}

import { z } from 'zod';
import { IcpError } from '../../errors.ts';
import type { CrmField } from '../crm.ts';
import { SalesforceError } from './errors.ts';
import type { Session } from './session.ts';

const fieldSchema = z
  .object({
    name: z.string(),
    label: z.string().catch(''),
    type: z.string(),
    length: z.number().catch(0),
    precision: z.number().catch(0),
    scale: z.number().catch(0),
    updateable: z.boolean().catch(false),
    calculated: z.boolean().catch(false),
    custom: z.boolean().catch(false),
    restrictedPicklist: z.boolean().catch(false),
    picklistValues: z.array(z.object({ value: z.string(), active: z.boolean().catch(true) })).catch([]),
    referenceTo: z.array(z.string()).catch([]),
    relationshipName: z.string().nullable().catch(null),
  })
  .transform(({ picklistValues, ...field }): CrmField => {
    return { ...field, picklist: picklistValues.filter(({ active }) => active).map(({ value }) => value) };
  });
const describeSchema = z.object({ fields: z.array(fieldSchema) });

/** What is known of an object's fields is asked again after ten minutes, or when somebody asks for it by name. */
const keptFor = 600_000;

export interface Describes {
  /** Asked of the org now. @throws {IcpError} `crm_no_object` */
  fresh(object: string): Promise<ReadonlyMap<string, CrmField>>;
  /** As it was in the last ten minutes. @throws {IcpError} `crm_no_object` */
  recent(object: string): Promise<ReadonlyMap<string, CrmField>>;
  /** The type of each field, by path. @throws {IcpError} `crm_stop` for one that has no plain value */
  typesOf(object: string, fields: readonly string[]): Promise<readonly string[]>;
}

/** What the org says of its objects, through the eyes of the user that we are. */
export function createDescribes({ ask, now }: Session): Describes {
  const kept = new Map<string, { at: number; fields: ReadonlyMap<string, CrmField> }>();
  const fresh = async (object: string) => {
    const { fields } = await ask(describeSchema, { path: `/sobjects/${encodeURIComponent(object)}/describe` }).catch(
      (error: unknown) => {
        if (!(error instanceof SalesforceError) || error.status !== 404) throw error;
        throw new IcpError(
          'crm_no_object',
          `the org has no object ${object}, or this user may not see it; assign the permission set Lodestar, or leave the object out`,
          { cause: error },
        );
      },
    );
    const byName = new Map(fields.map((field) => [field.name, field]));
    kept.set(object, { at: now(), fields: byName });
    return byName;
  };
  const recent = async (object: string) => {
    const known = kept.get(object);
    return known !== undefined && now() - known.at < keptFor ? known.fields : await fresh(object);
  };
  /** Walks a path through related objects; an owner may be of several kinds, and the one that has the field is meant. */
  const typeOf = async (object: string, path: string): Promise<string> => {
    const [first = '', ...rest] = path.split('.');
    const fields = await recent(object);
    if (rest.length === 0) return fields.get(first)?.type ?? 'string';
    const relation = [...fields.values()].find(({ relationshipName }) => relationshipName === first);
    for (const target of relation?.referenceTo ?? []) {
      const related = await recent(target);
      if (rest.length > 1 || related.has(rest[0] ?? '')) return await typeOf(target, rest.join('.'));
    }
    return 'string';
  };
  return {
    ...{ fresh, recent },
    async typesOf(object, fields) {
      const types: string[] = [];
      for (const field of fields) {
        const type = await typeOf(object, field);
        if (type === 'address' || type === 'location' || type === 'base64')
          throw new IcpError(
            'crm_stop',
            `${object}.${field} is of several parts and has no plain value; read its parts instead, such as BillingCity`,
          );
        types.push(type);
      }
      return types;
    },
  };
}

import { IcpError } from '../../errors.ts';
import { overrideFields, type PublishedField, publishedFields } from '../../icp/publishing/published-fields.ts';
import type { CrmField, CrmMissing, ScoredObject } from '../crm.ts';
import type { Describes } from './describes.ts';

const deploy =
  'deploy the folder salesforce/ (sf project deploy start) and assign the permission set Lodestar to the user that Lodestar signs in as';
const assign = 'assign the permission set Lodestar to the user that Lodestar signs in as';

/** How Salesforce calls what a field of ours is. */
const types: Readonly<Record<PublishedField['kind']['type'], readonly string[]>> = {
  number: ['double'],
  picklist: ['picklist'],
  text: ['string'],
  checkbox: ['boolean'],
  datetime: ['datetime'],
};

/** What an org lacks for a plan, looked at through the eyes of the user that writes. */
export async function missingIn(
  describes: Pick<Describes, 'fresh'>,
  objects: readonly ScoredObject[],
): Promise<CrmMissing[]> {
  const missing: CrmMissing[] = [];
  for (const object of objects) {
    try {
      missing.push(...missingFields(object, await describes.fresh(object)));
    } catch (error) {
      if (!(error instanceof IcpError) || error.code !== 'crm_no_object') throw error;
      missing.push({ object, field: null, what: `${object} is not there, or this user may not see it`, how: assign });
    }
  }
  return missing;
}

/** What is wrong with the fields of one object: ours must be written, those that people own must be read. */
export function missingFields(object: ScoredObject, known: ReadonlyMap<string, CrmField>): CrmMissing[] {
  const complaints = [
    ...publishedFields.map((field) => ({ field, complaint: complaintOf(field, known.get(field.name), true) })),
    ...overrideFields.map((field) => ({ field, complaint: complaintOf(field, known.get(field.name), false) })),
  ];
  return complaints.flatMap(({ field, complaint }) =>
    complaint === null
      ? []
      : [{ object, field: field.name, what: `${object}.${field.name} ${complaint.what}`, how: complaint.how }],
  );
}

function complaintOf(
  { kind }: PublishedField,
  found: CrmField | undefined,
  isWritten: boolean,
): { what: string; how: string } | null {
  // To a user without field-level security a field looks as if it were not there.
  if (found === undefined) return { what: 'is not there, or this user may not see it', how: deploy };
  if (!types[kind.type].includes(found.type))
    return {
      what: `is of type ${found.type} and has to be ${types[kind.type].join(' or ')}`,
      how: `rename or delete that field, then ${deploy}`,
    };
  if (kind.type === 'text' && found.length < kind.length)
    return {
      what: `holds ${found.length} characters and has to hold ${kind.length}`,
      how: `lengthen it in Setup, Object Manager, or ${deploy}`,
    };
  if (
    kind.type === 'number' &&
    (found.precision - found.scale < kind.precision - kind.scale || found.scale < kind.scale)
  )
    return {
      what: `holds ${found.precision - found.scale} digits and ${found.scale} decimals and has to hold ${kind.precision - kind.scale} and ${kind.scale}`,
      how: `widen it in Setup, Object Manager, or ${deploy}`,
    };
  if (isWritten && kind.type === 'picklist' && found.restrictedPicklist) {
    const lacking = kind.values.filter((value) => !found.picklist.includes(value));
    if (lacking.length > 0)
      return {
        what: `takes only the values of its list, which lacks ${lacking.join(', ')}`,
        how: `add them in Setup, Object Manager, or untick "Restrict picklist to the values defined in the value set"`,
      };
  }
  if (isWritten && !found.updateable) return { what: 'may be read by this user and not written', how: assign };
  return null;
}

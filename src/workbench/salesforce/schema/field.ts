/**
 * The kinds of field that the local Salesforce knows, by the names that a describe gives them.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/field_types.htm
 */
export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'picklist'
  | 'email'
  | 'phone'
  | 'url'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'reference'
  | 'address';

/** A field of an object, with what its user may do with it. */
export interface Field {
  name: string;
  label: string;
  type: FieldType;
  length: number;
  precision: number;
  scale: number;
  nillable: boolean;
  createable: boolean;
  updateable: boolean;
  calculated: boolean;
  custom: boolean;
  externalId: boolean;
  /** Field-level security: a field that cannot be read is to its user as if it were not there. */
  readable: boolean;
  /** Whether field-level security has a say: whoever sees the object sees what is required, or filled in by Salesforce. */
  permissionable: boolean;
  /** The compound field whose permission is meant, for a part of an address. */
  partOf: string | null;
  /** Long text and the two values of a history row cannot stand in a condition. */
  filterable: boolean;
  restricted: boolean;
  picklist: readonly string[];
  referenceTo: readonly string[];
  relationshipName: string | null;
}

type Change = Partial<Field>;

const plain: Omit<Field, 'name' | 'label' | 'type'> = {
  ...{ length: 0, precision: 0, scale: 0, nillable: true, createable: true, updateable: true, calculated: false },
  ...{ custom: false, externalId: false, readable: true, filterable: true, restricted: false },
  ...{ permissionable: true, partOf: null, picklist: [], referenceTo: [], relationshipName: null },
};

/** Words of a name: `NumberOfEmployees` is labelled `Number Of Employees`. */
function labelOf(name: string): string {
  const bare = name.replace(/__c$/, '').replaceAll('_', ' ');
  return bare.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/ Id$/, ' ID');
}

/** A field of any type; what is not said is as most fields have it. */
export function field(name: string, type: FieldType, change: Change = {}): Field {
  return { ...plain, name, label: labelOf(name), type, ...change };
}

/** Text of at most so many characters. */
export function text(name: string, length: number, change: Change = {}): Field {
  return field(name, 'string', { length, ...change });
}

/**
 * Text that is shown on several lines; long ones cannot stand in a condition.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/field_types.htm
 */
export function longText(name: string, change: Change = {}): Field {
  return field(name, 'textarea', { length: 32_000, filterable: false, ...change });
}

/** A number with so many digits in all, and so many behind the point. */
export function number(name: string, type: 'int' | 'double' | 'currency' | 'percent', change: Change = {}): Field {
  return field(name, type, { precision: 18, scale: type === 'int' ? 0 : 2, ...change });
}

/** One of a list of values; only a restricted one refuses others. */
export function picklist(name: string, values: readonly string[] = [], change: Change = {}): Field {
  return field(name, 'picklist', { length: 255, picklist: values, ...change });
}

/** Another record by its id; `AccountId` is followed as `Account`. */
export function reference(name: string, ...referenceTo: string[]): Field {
  return field(name, 'reference', { length: 18, referenceTo, relationshipName: name.replace(/Id$/, '') });
}

/** A field that Salesforce fills in by itself. */
export function readOnly(given: Field): Field {
  return { ...given, createable: false, updateable: false };
}

/** A field that has to have a value. */
export function required(given: Field): Field {
  return alwaysSeen({ ...given, nillable: false });
}

/** A field that no permission hides: permissions of required fields and of those that Salesforce keeps cannot be deployed. */
export function alwaysSeen(given: Field): Field {
  return { ...given, permissionable: false };
}

import type { Field } from '../schema/field.ts';
import type { ObjectSchema } from '../schema/object-schema.ts';
import { requestedObject } from '../schema/schema.ts';
import { type Answer, jsonAnswer } from './answer.ts';
import type { Api, ApiRequest } from './context.ts';

/**
 * `sobjects`: every object, in short.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_describeGlobal.htm
 */
export function answerObjects({ schema }: Api, { version }: ApiRequest): Answer {
  const sobjects = [...schema.values()]
    .filter(({ allowed }) => allowed.read)
    .map((object) => summaryOf(object, version));
  return jsonAnswer({ encoding: 'UTF-8', maxBatchSize: 200, sobjects });
}

/**
 * `sobjects/X/describe`: the fields that this user may see.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_describe.htm
 */
export function answerDescribe({ schema }: Api, { path, version }: ApiRequest): Answer {
  const object = requestedObject(schema, path[1] ?? '');
  const fields = [...object.fields.values()]
    .filter(({ readable }) => readable)
    .map((field) => describeField(field, object));
  return jsonAnswer({ ...summaryOf(object, version), fields, childRelationships: [], recordTypeInfos: [] });
}

function summaryOf({ name, label, prefix, writable, allowed }: ObjectSchema, version: string): Record<string, unknown> {
  const url = `/services/data/${version}/sobjects/${name}`;
  return {
    ...{ name, label, labelPlural: `${label}s`, keyPrefix: prefix, custom: false, queryable: true, retrieveable: true },
    ...{ createable: writable && allowed.create, updateable: writable && allowed.edit },
    ...{ deletable: writable && allowed.delete, mergeable: writable && allowed.delete },
    undeletable: writable && allowed.delete,
    ...{ replicateable: writable, searchable: writable, layoutable: writable, triggerable: writable },
    urls: { sobject: url, describe: `${url}/describe`, rowTemplate: `${url}/{ID}` },
  };
}

function describeField(field: Field, { allowed }: ObjectSchema): Record<string, unknown> {
  const { restricted, picklist, readable: _, partOf: __, ...shown } = field;
  const isRow = ['id', 'reference'].includes(field.type);
  return {
    ...shown,
    createable: field.createable && field.updateable && allowed.create,
    ...{
      restrictedPicklist: restricted,
      groupable: field.filterable,
      sortable: field.filterable,
      nameField: field.name === 'Name',
    },
    ...{ byteLength: field.length * 3, digits: field.type === 'int' ? field.precision : 0, unique: false },
    ...{ idLookup: isRow || field.externalId, defaultedOnCreate: field.type === 'boolean' },
    soapType: soapTypes[field.type] ?? 'xsd:string',
    picklistValues: picklist.map((value) => ({
      value,
      label: value,
      active: true,
      defaultValue: false,
      validFor: null,
    })),
  };
}

const soapTypes: Readonly<Record<string, string>> = {
  ...{ id: 'tns:ID', reference: 'tns:ID', boolean: 'xsd:boolean', int: 'xsd:int', double: 'xsd:double' },
  ...{ currency: 'xsd:double', percent: 'xsd:double', date: 'xsd:date', datetime: 'xsd:dateTime' },
  address: 'urn:address',
};

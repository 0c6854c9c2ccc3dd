interface NamedOrg {
  name: string;
  /** `production`, `sandbox` or `local`. */
  setting: string;
}

/**
 * An org of a CRM as every message and error names it: with what it is, so that nobody takes a sandbox for the real one.
 *
 * @example orgInWords({ name: 'Acme', setting: 'production' }); // => 'Acme (production)'
 */
export function orgInWords({ name, setting }: NamedOrg): string {
  return `${name} (${setting})`;
}

/**
 * The same with the id, where two orgs may bear one name.
 *
 * @example orgWithId({ name: 'Acme', setting: 'sandbox', id: '00D000000000001EAA' }); // => 'Acme (sandbox, 00D000000000001EAA)'
 */
export function orgWithId({ name, setting, id }: NamedOrg & { id: string }): string {
  return orgInWords({ name, setting: `${setting}, ${id}` });
}

const prefixes = { account: '001', contact: '003', opportunity: '006', lead: '00Q' } as const;

/**
 * An id as Salesforce writes them: three characters of kind, twelve of number, three of checksum.
 *
 * Only capitals and digits are used, so that a spreadsheet that ignores case confuses no two of them.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/field_types.htm
 * @example recordId('account', 35); // => '001LS000000000ZYAQ'
 */
export function recordId(kind: keyof typeof prefixes, index: number): string {
  const id = `${prefixes[kind]}LS${index.toString(36).toUpperCase().padStart(10, '0')}`;
  let checksum = '';
  for (let block = 0; block < 3; block += 1) {
    let bits = 0;
    for (let place = 0; place < 5; place += 1) {
      const letter = id[block * 5 + place]!;
      if (letter >= 'A' && letter <= 'Z') bits |= 1 << place;
    }
    checksum += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'[bits]!;
  }
  return id + checksum;
}

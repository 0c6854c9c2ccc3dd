/** Word parts that make a stem: `Hal` and `den` make `Halden`. No stem is meant to be a company that is. */
const beginnings = (
  'Hal Nor Bren Cald Wyn Tor Mar Ald Fen Gris Hol Iver Jor Kel Lun Mir Nev Oster Pel Quin Ros Sel Tam Ulv Ves Wex Yar ' +
  'Zeph Bal Cor Dun Elm Far Gar Hest Ing Kas Lor Mel Nar Ost Pri Rav Sten Thal Umb Var Wil Arb Brix Crest Dov Esk Fjor'
).split(' ');
const endings = (
  'den wick mont ford more vale stad brook ton by field gate holt ham ley mark ner ova port quist rell sen ting wood ' +
  'well worth bridge haven crest dale lind'
).split(' ');

/** What follows the stem, by industry. `~` joins: `~ly` makes `Haldenly`. No word is in two lists. */
const nouns: Readonly<Record<string, readonly string[]>> = {
  SaaS: ['Software', 'Flow', 'Cloud', 'Base', 'Apps', '~ly', 'Platform', 'Stack'],
  Fintech: ['Pay', 'Capital', 'Payments', 'Ledger', 'Finance', '~fi', 'Treasury', 'Credit'],
  'E-commerce': ['Market', 'Goods', 'Direct', 'Outfitters', 'Living', 'Basket', 'Supply', 'Home'],
  Logistics: ['Logistics', 'Freight', 'Cargo', 'Forwarding', 'Haulage', 'Shipping', 'Fleet', 'Transport'],
  Manufacturing: ['Industries', 'Works', 'Precision', 'Components', 'Machinery', 'Packaging', 'Plastics', 'Tooling'],
  'Professional services': [
    'Partners',
    'Consulting',
    'Advisory',
    'Associates',
    'Staffing',
    'Engineering',
    'Audit',
    '& Co',
  ],
  Healthcare: ['Health', 'Medical', 'Care', 'Diagnostics', 'Clinics', 'Bio', '~med', 'Therapeutics'],
  Media: ['Media', 'Press', 'Studios', 'Publishing', 'Events', 'Creative', 'Radio', 'Pictures'],
  Education: ['Academy', 'Learning', 'Institute', 'College', 'Campus', 'Training', 'Courses', 'Schools'],
  Energy: ['Energy', 'Power', 'Solar', 'Grid', 'Renewables', 'Utilities', 'Wind', 'Resources'],
};
const nounsEach = 8;

/** Only markets above fourteen thousand accounts run out of plain names and need these. */
const qualifiers = [
  '',
  ...(
    'North South East West Nova Prime Global United Atlantic Pacific Central Royal Alpine Baltic Nordic Coastal Metro ' +
    'Civic Crown Summit Harbour Silver Golden Amber Cobalt Crimson Ivory Granite Cedar Maple Aspen Willow Falcon ' +
    'Heron Otter Lynx Orchard Meadow'
  ).split(' '),
];

const stems = [...new Set(beginnings.flatMap((start) => endings.map((end) => start + end)))];

/**
 * The name of a company: unique in its market, plausible for its industry, and nobody's.
 *
 * Names are counted rather than drawn, so that no list of names already given is needed: the number is carried to a
 * stem, a noun and a qualifier by steps that never meet twice.
 *
 * @param index which company of the market, from 0
 * @param offset where the market starts in the list of stems, so that two markets differ
 * @throws {RangeError} when the industry has no words of its own, or the names are used up
 * @example companyName(0, 'Logistics', 0); // => 'Halden Logistics'
 */
export function companyName(index: number, industry: string, offset: number): string {
  const words = nouns[industry];
  if (words === undefined) throw new RangeError(`companyName requires an industry of the market, got '${industry}'`);
  // 617 shares no factor with the number of stems, so that it visits each of them once in a round.
  const place = (index * 617 + offset) % stems.length;
  const stem = stems[place]!;
  const round = Math.floor(index / stems.length);
  const noun = words[(round + place) % nounsEach]!;
  const qualifier = qualifiers[Math.floor(round / nounsEach)];
  if (qualifier === undefined) {
    throw new RangeError(
      `companyName has ${stems.length * nounsEach * qualifiers.length} names, asked for ${index + 1}`,
    );
  }
  const lead = qualifier === '' ? stem : `${qualifier} ${stem}`;
  return noun.startsWith('~') ? lead + noun.slice(1) : `${lead} ${noun}`;
}

/**
 * The domain that goes with a name. `.example` is reserved: it belongs to nobody and never will.
 *
 * @see https://www.rfc-editor.org/rfc/rfc2606
 * @example domainOf('Halden Logistics'); // => 'halden-logistics.example'
 */
export function domainOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replaceAll('&', 'and')
    .replaceAll(/[^a-z0-9]+/g, '-');
  return `${slug}.example`;
}

/** Where a company may have its head office. `aliases` are what careless hands type instead. */
export interface Place {
  country: string;
  region: 'North America' | 'EMEA' | 'APAC' | 'LATAM';
  share: number;
  cities: readonly string[];
  legalForms: readonly string[];
  aliases: readonly string[];
}

export const places: readonly Place[] = [
  {
    country: 'United States',
    region: 'North America',
    share: 42,
    cities: ['Boston', 'Austin', 'Denver', 'Chicago', 'Seattle', 'Atlanta'],
    legalForms: ['Inc.', 'LLC', 'Corp.'],
    aliases: ['USA', 'US', 'U.S.'],
  },
  {
    country: 'Canada',
    region: 'North America',
    share: 6,
    cities: ['Toronto', 'Montreal', 'Vancouver'],
    legalForms: ['Inc.', 'Ltd.'],
    aliases: ['CA', 'canada'],
  },
  {
    country: 'United Kingdom',
    region: 'EMEA',
    share: 13,
    cities: ['London', 'Manchester', 'Leeds', 'Bristol'],
    legalForms: ['Ltd', 'plc'],
    aliases: ['UK', 'Great Britain'],
  },
  {
    country: 'Germany',
    region: 'EMEA',
    share: 11,
    cities: ['Berlin', 'Hamburg', 'Munich', 'Cologne'],
    legalForms: ['GmbH', 'AG', 'GmbH & Co. KG'],
    aliases: ['Deutschland', 'DE'],
  },
  {
    country: 'France',
    region: 'EMEA',
    share: 7,
    cities: ['Paris', 'Lyon', 'Nantes'],
    legalForms: ['SAS', 'SA'],
    aliases: ['FR', 'france'],
  },
  {
    country: 'Netherlands',
    region: 'EMEA',
    share: 5,
    cities: ['Amsterdam', 'Utrecht', 'Rotterdam'],
    legalForms: ['B.V.', 'N.V.'],
    aliases: ['The Netherlands', 'NL'],
  },
  {
    country: 'Sweden',
    region: 'EMEA',
    share: 4,
    cities: ['Stockholm', 'Gothenburg'],
    legalForms: ['AB'],
    aliases: ['SE'],
  },
  {
    country: 'Australia',
    region: 'APAC',
    share: 5,
    cities: ['Sydney', 'Melbourne', 'Brisbane'],
    legalForms: ['Pty Ltd'],
    aliases: ['AU'],
  },
  {
    country: 'Singapore',
    region: 'APAC',
    share: 4,
    cities: ['Singapore'],
    legalForms: ['Pte. Ltd.'],
    aliases: ['SG'],
  },
  {
    country: 'Brazil',
    region: 'LATAM',
    share: 3,
    cities: ['São Paulo', 'Curitiba'],
    legalForms: ['Ltda.', 'S.A.'],
    aliases: ['Brasil', 'BR'],
  },
];

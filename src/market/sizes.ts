export const sizeNames = ['box', 'small', 'mid', 'enterprise'] as const;
export type SizeName = (typeof sizeNames)[number];

/** How much of everything there is. All are met exactly, save signals, which are about so many. */
export interface MarketSize {
  accounts: number;
  contacts: number;
  leads: number;
  /** Won and lost, of any type; `won` of them won. */
  closed: number;
  won: number;
  open: number;
  customers: number;
  churnedAfterUse: number;
  /** Left within weeks, before any use worth the name: not what a detractor is. */
  churnedEarly: number;
  /** Customers that bought more at least once. */
  expanded: number;
  /** About so many accounts are of the emerging kind; in the last full quarter exactly `startUpWins` of them are won. */
  startUps: number;
  startUpWins: number;
  /** How busy an account is, against an account of the box. */
  activity: number;
}

/** The sizes that the product is designed, seeded and benched with. `box` starts in seconds and shows everything. */
export const sizes: Readonly<Record<SizeName, MarketSize>> = {
  box: {
    accounts: 4_000,
    contacts: 8_000,
    leads: 6_000,
    closed: 1_300,
    won: 400,
    open: 150,
    customers: 300,
    churnedAfterUse: 60,
    churnedEarly: 12,
    expanded: 90,
    startUps: 60,
    startUpWins: 6,
    activity: 1,
  },
  small: {
    accounts: 3_000,
    contacts: 8_000,
    leads: 4_000,
    closed: 250,
    won: 60,
    open: 50,
    customers: 50,
    churnedAfterUse: 6,
    churnedEarly: 2,
    expanded: 10,
    startUps: 26,
    startUpWins: 2,
    activity: 2.2,
  },
  mid: {
    accounts: 50_000,
    contacts: 200_000,
    leads: 120_000,
    closed: 8_000,
    won: 1_900,
    open: 1_000,
    customers: 1_100,
    churnedAfterUse: 140,
    churnedEarly: 40,
    expanded: 260,
    startUps: 170,
    startUpWins: 9,
    activity: 7,
  },
  // Sixty million events are aggregated outside and sampled on the way in; this is the sample.
  enterprise: {
    accounts: 500_000,
    contacts: 2_000_000,
    leads: 2_000_000,
    closed: 108_000,
    won: 24_000,
    open: 12_000,
    customers: 12_000,
    churnedAfterUse: 1_500,
    churnedEarly: 400,
    expanded: 3_000,
    startUps: 1_700,
    startUpWins: 90,
    activity: 2,
  },
};

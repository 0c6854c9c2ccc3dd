import type { Tellers } from '../../src/compose/tell-people.ts';

/** Nobody is there to be told. */
export const noTellers: Tellers = {
  ...{ churnAlert: async () => null, expansionList: async () => null, report: async () => null },
  ...{ flag: async () => null, flagAnswered: async () => {}, auditHead: async () => null, lapse: async () => null },
  proposal: async () => null,
  proposalChanged: async () => {},
  proposalEscalated: async () => null,
  nothingToChange: async () => null,
  publicationReport: async () => null,
  publicationPaused: async () => null,
  leadCard: async () => null,
  reportBack: async () => null,
  scoreChanged: async () => null,
  leadChanged: async () => {},
};

import { withVerdicts } from './causes/with-verdicts.ts';
import type { Findings } from './findings.ts';
import type { IcpModel, ModelRule } from './model.ts';

/** The model with what was found written into it: each criterion's verdict, the segments, and what to be warned of. */
export function withFindings(model: IcpModel, { causes, segments, patterns }: Findings): IcpModel {
  const rule = ({ id, name, conditions }: ModelRule): ModelRule => ({ id, name, conditions });
  return {
    ...withVerdicts(model, causes),
    segments: segments.segments.map(rule),
    antiPatterns: patterns.anti.map((pattern) => ({ ...rule(pattern), winRate: pattern.winRate })),
  };
}

/** The same model as it was before anything was found with it. */
export function withoutFindings({ segments: _, antiPatterns: __, ...model }: IcpModel): IcpModel {
  return { ...model, criteria: model.criteria.map((criterion) => ({ ...criterion, causal: 'not tested' as const })) };
}

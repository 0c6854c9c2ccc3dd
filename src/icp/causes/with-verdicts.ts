import type { IcpModel } from '../model.ts';
import type { CauseFindings } from './cause-findings.ts';

/** The same model with each criterion's verdict written into it; a criterion that was not judged stays as it is. */
export function withVerdicts(model: IcpModel, findings: CauseFindings): IcpModel {
  const verdicts = new Map(findings.judged.map(({ key, verdict }) => [key, verdict]));
  const criteria = model.criteria.map((criterion) => {
    const causal = verdicts.get(criterion.key);
    return causal === undefined ? criterion : { ...criterion, causal };
  });
  return { ...model, criteria };
}

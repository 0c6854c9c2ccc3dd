import type { Criterion } from '../model.ts';

/** Whether somebody could change what a criterion reads. */
export type Changeable = (criterion: Pick<Criterion, 'key' | 'field' | 'layer'>) => boolean;

/** What nobody changes: what a company is and where it came from, and what has happened already. */
const fixed =
  /^(signals|usage|(sub_?)?industry|sector|vertical|hq(_.*)?|country|region|state|city|continent|founded(_.*)?|year_founded|ownership|parent(_.*)?)$/;
/** What is done with a customer or a deal, whatever layer a source files it under. */
const doable = /onboard|integration|training|champion|stakeholder|support_plan|success_plan|workshop/;

/**
 * Which criteria read something that can be changed: those named in the settings by key or field, or else the technologies
 * and what is done with a customer. Never the industry, the headquarters, the founding, or what has happened already.
 *
 * @param named keys or fields that a person has marked as changeable; `null` where nobody has
 * @example changeableFacts(null)({ key: 'tech_hubspot', field: 'technologies', layer: 'technographic' }); // => true
 * @example changeableFacts(['industry'])({ key: 'industry', field: 'industry', layer: 'firmographic' }); // => false
 */
export function changeableFacts(named: readonly string[] | null): Changeable {
  return ({ key, field, layer }) => {
    if (fixed.test(field) || fixed.test(key)) return false;
    if (named !== null) return named.includes(key) || named.includes(field);
    return layer === 'technographic' || doable.test(field);
  };
}

import type { OrgOptions } from './options.ts';
import type { Stored } from './values.ts';

/**
 * Fills in what Salesforce works out by itself: the stage of a deal says whether it is closed and won, first and last
 * name make the name. What is given stands.
 *
 * @param values what is being written; is added to
 * @param whole the record as it would be afterwards
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunitystage.htm
 */
export function derive(
  object: string,
  values: Record<string, Stored>,
  whole: Readonly<Record<string, Stored>>,
  { stages }: OrgOptions,
): void {
  if (object === 'Opportunity' && typeof values.StageName === 'string') {
    const stage = stages.find(({ name }) => name === values.StageName);
    if (stage === undefined) return;
    values.IsClosed ??= stage.isClosed ? 1 : 0;
    values.IsWon ??= stage.isWon ? 1 : 0;
    values.Probability ??= stage.probability;
    values.ForecastCategory ??= stage.forecast;
    values.ForecastCategoryName ??= stage.forecast;
  }
  const isNamed = ['Lead', 'Contact', 'User'].includes(object);
  if (isNamed && ('FirstName' in values || 'LastName' in values) && typeof whole.LastName === 'string') {
    values.Name = [whole.FirstName, whole.LastName].filter((part) => part !== null && part !== undefined).join(' ');
  }
}

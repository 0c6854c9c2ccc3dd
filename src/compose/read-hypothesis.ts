import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { UsageError } from '../errors.ts';
import { type Hypothesis, parseHypothesis } from '../icp/hypothesis.ts';
import { settingOf } from '../store/settings.ts';
import type { Store } from '../store/store.ts';

const shipped = join(import.meta.dirname, '../../hypotheses/four-layers.yaml');

/** The written ICP that stands in for a book with too little data: the one in its settings, else the one that we ship. */
export async function readHypothesis(store: Store, book: string): Promise<Hypothesis> {
  const setting = await settingOf(store, `hypothesis.${book}`);
  const file = typeof setting?.value === 'string' ? setting.value : shipped;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(
      `the written ICP of the book ${book} is ${file}, which cannot be read; change it with lodestar settings hypothesis.${book} FILE`,
      { cause: error },
    );
  }
  try {
    const hypothesis = parseHypothesis(parse(text));
    return file === shipped ? { ...hypothesis, shipped: true } : hypothesis;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${file} is not YAML or JSON that can be read`, { cause: error });
  }
}

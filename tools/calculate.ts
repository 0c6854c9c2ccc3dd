import { z } from 'zod';
import { defineTool, type SourcedFigure } from '../src/agent/define-tool.ts';
import { assertNever, UsageError } from '../src/errors.ts';
import { roles } from '../src/icp/types.ts';
import type { Unit } from '../src/questions/types.ts';

const operations = ['ratio', 'difference', 'percent change', 'sum'] as const;

const schema = z.object({
  operation: z
    .enum(operations)
    .describe(
      '"difference": first minus second. "ratio": first over second. "percent change": from the first to the second. "sum": of all.',
    ),
  figures: z
    .array(z.string())
    .min(2)
    .max(20)
    .describe(
      'References of figures that tools returned, without braces, such as ["r1.score", "r2.score"]. Never numbers.',
    ),
  label: z
    .string()
    .min(3)
    .max(80)
    .describe('What the result is, in words without digits, such as "Score of Acme above Beta".'),
});

/** A figure made of figures that have receipts: the only arithmetic there is. */
export const calculate = defineTool({
  name: 'calculate',
  title: 'Calculate',
  description:
    'Derives a figure from figures that other tools returned: ratio, difference, percent change or sum. Use it whenever an answer ' +
    'needs a number that no tool returned as such; never work one out yourself.',
  access: 'read',
  roles,
  status: 'is calculating',
  schema,
  async run({ figure, quote }, { operation, figures: references, label }) {
    const inputs = references.map((reference) => {
      const found = figure(reference.replace(/[{}\s]/g, ''));
      if (!found)
        throw new UsageError(
          `calculate needs figures that a tool returned, got ${quote(reference, 40)}; use a reference from a result`,
        );
      if (typeof found.v !== 'number')
        throw new UsageError(
          `calculate needs numbers, and ${reference} is ${found.v === null ? 'not known' : 'no number'}`,
        );
      return { ...found, v: found.v };
    });
    const { v, unit } = work(operation, inputs);
    const result: SourcedFigure = {
      key: 'value',
      label: `${quote(label, 80).slice(1, -1)} (${operation})`,
      v,
      unit,
      asOf: inputs.map((input) => input.asOf).sort()[0] ?? '',
      receipt: [...new Set(inputs.flatMap((input) => input.receipt.split(' + ')))].join(' + '),
    };
    return { text: `${quote(label, 80)}: {{value}}`, data: { operation, of: references }, figures: [result] };
  },
});

type Input = SourcedFigure & { v: number };

/**
 * @throws {UsageError} when the units do not go together, there are not two figures, or it would divide by zero
 */
function work(operation: (typeof operations)[number], inputs: readonly Input[]): { v: number; unit: Unit } {
  const [first, second] = inputs;
  if (!first || !second) throw new UsageError('calculate needs at least two figures; name them');
  const unit = first.unit;
  if (inputs.some((input) => input.unit !== unit)) {
    throw new UsageError(`calculate needs figures of one unit, got ${inputs.map((input) => input.unit).join(' and ')}`);
  }
  if (unit === 'tier' || unit === 'date' || unit === 'text')
    throw new UsageError(`calculate cannot work with a ${unit}; compare them in words`);
  if (operation === 'sum') return { v: tidy(inputs.reduce((sum, input) => sum + input.v, 0)), unit };
  if (inputs.length > 2) throw new UsageError(`a ${operation} is of two figures, got ${inputs.length}; name two`);
  switch (operation) {
    case 'difference':
      return { v: tidy(first.v - second.v), unit };
    case 'ratio':
      if (second.v === 0)
        throw new UsageError('a ratio needs a second figure that is not zero; say the difference instead');
      return { v: tidy(first.v / second.v), unit: 'ratio' };
    case 'percent change':
      if (first.v === 0)
        throw new UsageError('a percent change needs a first figure that is not zero; say the difference instead');
      return { v: tidy((second.v - first.v) / Math.abs(first.v)), unit: 'share' };
    default:
      return assertNever(operation);
  }
}

/** Drops what binary fractions add at the far end: 0.1 + 0.2 is 0.3. */
const tidy = (v: number): number => Number(v.toPrecision(12));

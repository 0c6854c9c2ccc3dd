import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { it } from 'node:test';

const root = resolve(import.meta.dirname, '..');
const line = /^\s*(?:\/\*\*|\*)\s*@example (.+); \/\/ => (.+?)(?:\s*\*\/)?$/;

/** Every exported value of the pure floors by name, so that an example may call its neighbours. */
async function exportsOf(files: readonly string[]): Promise<Record<string, unknown>> {
  const modules = await Promise.all(files.map((file): Promise<Record<string, unknown>> => import(resolve(root, file))));
  return Object.assign({}, ...modules);
}

/** Numbers agree to the digits that are printed; everything else exactly; printed keys are enough. */
function agrees(actual: unknown, printed: unknown, text: string): boolean {
  if (typeof printed === 'number' && typeof actual === 'number') {
    return Math.abs(actual - printed) <= tolerance(printed, text) || Object.is(actual, printed);
  }
  if (typeof printed !== 'object' || printed === null) return Object.is(actual, printed);
  if (typeof actual !== 'object' || actual === null) return false;
  const found = new Map(Object.entries(actual));
  const wanted = Object.entries(printed);
  const sameLength = !Array.isArray(printed) || printed.length === found.size;
  return sameLength && wanted.every(([key, value]) => agrees(found.get(key), value, text));
}

function tolerance(printed: number, text: string): number {
  const written = text.match(/-?\d+(\.\d+)?/g)?.find((number) => Number(number) === printed);
  const decimals = written?.split('.')[1]?.length ?? 0;
  return decimals === 0 ? 1e-9 : 0.5000001 * 10 ** -decimals;
}

const sources = globSync('src/**/*.ts', { cwd: root });
const examples = sources.toSorted().flatMap((file) =>
  readFileSync(resolve(root, file), 'utf8')
    .split('\n')
    .flatMap((text) => {
      const found = line.exec(text);
      return found === null ? [] : [{ file, call: found[1]!, expected: found[2]! }];
    }),
);
const withExamples = [...new Set(examples.map(({ file }) => file)), 'src/stats/random.ts'];
const scope = await exportsOf(withExamples);

for (const { file, call, expected } of examples) {
  it(`${file}: ${call} gives ${expected}`, async () => {
    const { default: _, ...names } = { ...scope, ...(await exportsOf([file])) };
    const run = (code: string): unknown =>
      new Function(...Object.keys(names), `return (${code});`)(...Object.values(names));
    const actual = await run(call);
    assert.ok(agrees(actual, run(expected), expected), `it gives ${JSON.stringify(actual)}`);
  });
}

it('finds examples to run', () => {
  assert.ok(examples.length > 0);
});

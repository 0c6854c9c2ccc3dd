import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, it } from 'node:test';

/**
 * The floor plan, as an allowlist: what the files of each floor may import. Own files and `src/errors.ts` are always
 * allowed. Down is allowed, up and sideways are not.
 */
const floors: Record<string, readonly string[]> = {
  'src/stats': ['ml-kmeans'],
  'src/icp': ['src/stats', 'zod'],
  'src/market': ['src/stats/random.ts'],
  'src/grade': ['src/icp', 'zod'],
  'src/connectors': [
    'src/icp',
    'zod',
    'csv-parse',
    'csv-stringify',
    'yaml',
    'jsforce',
    '@jetstreamapp/soql-parser-js',
    'node:crypto',
    'node:fs',
    'node:path',
    'node:stream',
    'node:buffer',
    'node:string_decoder',
    'node:util',
  ],
  'src/store': [
    'src/icp',
    'drizzle-orm',
    'postgres',
    '@electric-sql/pglite',
    'node:fs',
    'node:net',
    'node:crypto',
    'node:os',
    'node:zlib',
    'node:path',
    'node:timers/promises',
    'node:zlib',
  ],
  'src/engine': [
    'src/icp',
    'src/stats',
    'src/store',
    'src/connectors/ports.ts',
    'src/connectors/crm.ts',
    'drizzle-orm',
    'node:crypto',
    'node:os',
    'node:v8',
    'node:vm',
    'node:worker_threads',
  ],
  'src/questions': ['src/icp', 'src/stats', 'src/store', 'src/engine', 'drizzle-orm', 'node:crypto'],
  'src/jobs': ['src/store', 'node-cron'],
  'src/agent': [
    'src/icp',
    'src/questions',
    'langchain',
    '@langchain/core',
    '@anthropic-ai/sdk',
    'zod',
    'yaml',
    'node:fs',
    'node:path',
  ],
  tools: ['src/agent/define-tool.ts', 'src/questions', 'src/icp', 'zod'],
  'src/slack': [
    'src/icp',
    'src/questions',
    'src/agent',
    'src/engine/notifier.ts',
    '@slack',
    'vega',
    'vega-lite',
    '@resvg/resvg-wasm',
    'dejavu-fonts-ttf',
    'zod',
    'node:fs',
    'node:module',
    'node:path',
    'node:crypto',
    'node:url',
  ],
  'src/workbench': [
    '@slack/types',
    'ws',
    'react',
    'react-dom',
    'slack-blocks-to-jsx',
    '@jetstreamapp/soql-parser-js',
    'csv-parse',
    'csv-stringify',
    'zod',
    'node:sqlite',
    'node:http',
    'node:fs',
    'node:path',
    'node:crypto',
    'node:stream',
    'node:querystring',
    'node:url',
  ],
  'src/cli': [
    'src',
    'commander',
    'cli-progress',
    'csv-stringify',
    'zod',
    'node:fs',
    'node:net',
    'node:os',
    'node:path',
    'node:readline',
    'node:stream',
  ],
  'src/compose': [
    'src',
    'tools',
    'zod',
    'yaml',
    'csv-stringify',
    'node:fs',
    'node:net',
    'node:path',
    'node:stream',
    'node:http',
    'drizzle-orm',
  ],
};

/** Files that stand on no floor: the doors of the house. */
const doors = ['src/main.ts', 'src/quick-start.ts', 'src/config.ts', 'src/log.ts', 'src/errors.ts'];

const root = join(import.meta.dirname, '..');
const files = globSync(['src/**/*.ts', 'tools/**/*.ts'], { cwd: root }).map((file) => file.replaceAll('\\', '/'));

function importsOf(file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const found = [
    ...source.matchAll(
      /(?:^|\n)\s*(?:import|export)\b[^;'"]*?from\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g,
    ),
  ];
  return found.map(([, fixed, dynamic]) => {
    const specifier = fixed ?? dynamic ?? '';
    return specifier.startsWith('.') ? normalize(join(dirname(file), specifier)).replaceAll('\\', '/') : specifier;
  });
}

function isUnder(specifier: string, allowed: string): boolean {
  return specifier === allowed || specifier.startsWith(`${allowed}/`);
}

describe('the floor plan', () => {
  it('gives every file a floor', () => {
    const homeless = files.filter(
      (file) => !doors.includes(file) && !Object.keys(floors).some((floor) => isUnder(file, floor)),
    );
    assert.deepEqual(homeless, []);
  });

  for (const [floor, allowed] of Object.entries(floors)) {
    it(`holds for ${floor}`, () => {
      const own = files.filter((file) => isUnder(file, floor));
      assert.ok(own.length > 0, `${floor} has no files: take it out of the plan`);
      const trespasses = own.flatMap((file) =>
        importsOf(file)
          .filter((specifier) => ![floor, 'src/errors.ts', ...allowed].some((place) => isUnder(specifier, place)))
          .map((specifier) => `${file} imports ${specifier}`),
      );
      assert.deepEqual(trespasses, []);
    });
  }

  it('keeps time and chance out of the pure floors', () => {
    const pure = files.filter((file) => ['src/stats', 'src/icp', 'src/market'].some((floor) => isUnder(file, floor)));
    const impure = pure.filter((file) =>
      /\bDate\.now\(|\bMath\.random\(|\bnew Date\(\)|\bprocess\./.test(
        readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''),
      ),
    );
    assert.deepEqual(impure, []);
  });

  it('reads the environment in one place only', () => {
    const readers = files.filter((file) =>
      /\bprocess\.env\b/.test(readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')),
    );
    // no-tracing.ts switches LangSmith off, which reads its variables by itself.
    assert.deepEqual(readers.sort(), ['src/agent/models/no-tracing.ts', 'src/cli/lodestar.ts', 'src/main.ts']);
  });
});

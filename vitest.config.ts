import { defineConfig } from 'vitest/config';

const conditions = ['@buergerkoffer/source'];

/** The pure and fast tests, run from source; those that need Debian's programs are `*.peer.test.ts`. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'examples/*/test/**/*.test.ts'],
    exclude: ['**/*.peer.test.ts', '**/node_modules/**'],
    // Vitest leaves one core free; on a machine of two that is half of it.
    maxWorkers: '100%',
    // A guard against what hangs, no measure: a command loads its packages in the test that first runs it.
    testTimeout: 60_000,
  },
});

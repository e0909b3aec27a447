import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.js';

/** Tests against outside programs (xmllint, qpdf, poppler); each skips with a clear line where its program is absent. */
export default mergeConfig(
  { ...base, test: { ...base.test, include: [], exclude: ['**/node_modules/**'] } },
  defineConfig({
    test: { include: ['packages/*/test/**/*.peer.test.ts', 'examples/*/test/**/*.peer.test.ts'] },
  }),
);

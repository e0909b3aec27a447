#!/usr/bin/env node
// Committed, so that npm can link it before the build exists.
const { runProcess } = await import('../dist/node/lab/index.js').catch((error) => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  console.error('device-lab: it is not built yet\n  → npm run build');
  process.exit(2);
});

await runProcess();

// Adds up vitest's JSON reports and prints `N passed, N failed, N skipped`; fails when a test failed or a report is missing.
import { existsSync, readFileSync } from 'node:fs';

let passed = 0;
let failed = 0;
let skipped = 0;
let isComplete = true;
for (const path of process.argv.slice(2)) {
  if (!existsSync(path)) {
    console.error(`test-summary: ${path} is missing, its tests did not run`);
    isComplete = false;
    continue;
  }
  const report = JSON.parse(readFileSync(path, 'utf8'));
  passed += report.numPassedTests;
  // A file that could not be loaded has no tests of its own: it counts as one that failed.
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  failed += report.numFailedTests + unloaded.length;
  skipped += report.numPendingTests + report.numTodoTests;
  isComplete &&= report.success;
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = isComplete && failed === 0 && passed > 0 ? 0 : 1;

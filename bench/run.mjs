// Runs the benchmarks of this folder, one after the other: `node bench/run.mjs [WORD…]`.
import { readdirSync } from 'node:fs';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';

const RUNS = 50;

/** Resolves with the median of `runs` runs in milliseconds, after a fifth as many to warm up. */
export async function measure(work, { runs = RUNS } = {}) {
  const durationsMs = [];
  for (let run = -Math.ceil(runs / 5); run < runs; run += 1) {
    const begunMs = performance.now();
    await work();
    if (run >= 0) durationsMs.push(performance.now() - begunMs);
  }
  return durationsMs.sort((a, b) => a - b)[Math.floor(runs / 2)];
}

function say(what, medianMs, runs = RUNS) {
  const digits = medianMs < 0.1 ? 4 : medianMs < 10 ? 2 : 0;
  console.log(`${what}: ${medianMs.toFixed(digits)} ms (median of ${runs})`);
}

const words = argv.slice(2);
const folder = new URL('.', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.mjs') && name !== 'run.mjs');
for (const name of names.sort()) {
  if (words.length > 0 && !words.some((word) => name.includes(word))) continue;
  const { run } = await import(pathToFileURL(new URL(name, folder).pathname).href);
  await run({ measure, say });
}

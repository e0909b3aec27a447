// The demo case killed with SIGKILL at random moments and continued: nothing may be lost, doubled or delivered twice.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runDemo } from './demo-process.mjs';
import { startDouble } from './double-process.mjs';
import { drawKills } from './kill-points.mjs';
import { liveThroughKills } from './killed-case.mjs';
import { between, random } from './random.mjs';

const HELP = `crash: kills the demo at random moments, continues it, and looks for what was lost or doubled.

  node examples/hausbesuch/crash/crash.mjs [--kills 200] [--seed N] [--parallel 2]

A case is killed two to six times on its way; a kill counts when it ended the process. The seed is printed: the same seed
draws the same kills, though not the same moments, as no two runs are equally fast.
Exit codes: 0 nothing lost or doubled, 1 otherwise, 2 wrong use.
`;

/** Faults of the network that a case may meet besides the kills. */
const FAULTS = [undefined, undefined, 'drop-after-accept', 'answer-twice'];

const options = read(process.argv.slice(2));
if (options !== undefined) process.exitCode = await crash(options);

async function crash({ kills, seed, parallel }) {
  const base = await mkdtemp(join(tmpdir(), 'koffer-crash-'));
  const next = random(seed);
  const total = { kills: 0, planned: 0, cases: 0, lost: 0, doubled: 0, doubledDeliveries: 0, wrong: 0 };
  const phases = new Map();
  const began = Date.now();
  console.log(`crash: seed ${seed}, ${kills} kills, ${parallel} at a time`);
  try {
    const reference = await undisturbed(base);
    console.log(
      `crash: an undisturbed case has ${reference.lines.length} lines in ${(reference.durationMs / 1000).toFixed(1)} s`,
    );
    const lane = async (number) => {
      const double = await startDouble(join(base, `double-${number}`));
      try {
        while (total.kills + total.planned < kills) {
          const plan = drawKills(next, reference).slice(0, kills - total.kills - total.planned);
          const fault = FAULTS[between(next, 0, FAULTS.length - 1)];
          total.planned += plan.length;
          const lived = await liveThroughKills({
            base,
            double,
            kills: plan,
            fault,
            seed: between(next, 0, 9),
          });
          total.planned -= plan.length;
          count(lived);
        }
        await checkActs(double);
      } finally {
        await double.stop();
      }
    };
    const count = ({ hits, lost, doubled, doubledDeliveries, problems, received, folder }) => {
      total.kills += hits.length;
      total.cases += 1;
      total.lost += lost;
      total.doubled += doubled;
      total.doubledDeliveries += doubledDeliveries;
      const differs = received.join() !== reference.received.join();
      const all = [
        ...problems,
        ...(differs ? ['the Fachverfahren received other files than undisturbed'] : []),
      ];
      for (const { key } of hits) phases.set(key, (phases.get(key) ?? 0) + 1);
      if (all.length > 0) total.wrong += 1;
      for (const problem of all)
        console.log(`crash: ${problem}; killed at ${JSON.stringify(hits)} in ${folder}`);
      const seconds = Math.round((Date.now() - began) / 1000);
      console.log(`crash: ${total.kills}/${kills} kills in ${total.cases} cases, ${seconds} s`);
    };
    const checkActs = async (double) => {
      const acts = await double.acts();
      total.doubledDeliveries += acts.length - new Set(acts).size;
    };
    const lanes = await Promise.allSettled(Array.from({ length: parallel }, (_, number) => lane(number)));
    for (const { reason } of lanes.filter(({ status }) => status === 'rejected')) {
      total.wrong += 1;
      console.log(`crash: ${reason instanceof Error ? reason.message : String(reason)}`);
    }
  } finally {
    if (total.wrong === 0) await rm(base, { recursive: true, force: true });
  }
  console.log(`crash: killed at ${phases.size} different places`);
  console.log(
    `crash: ${total.kills} kills, ${total.lost} lost, ${total.doubled} doubled, ${total.doubledDeliveries} doubled deliveries` +
      (total.wrong === 0 ? '' : `, ${total.wrong} cases wrong`),
  );
  const clean = total.lost + total.doubled + total.doubledDeliveries + total.wrong === 0;
  return clean && total.kills >= kills ? 0 : 1;
}

/** A case that nobody kills: what its lines are and when they come, and what the Fachverfahren receives of it. */
async function undisturbed(base) {
  const double = await startDouble(join(base, 'double-undisturbed'));
  try {
    const folder = join(base, 'undisturbed');
    const run = await runDemo([
      ...['--out', join(folder, 'out'), '--state', join(folder, 'state'), '--fachverfahren', double.url],
    ]);
    const result = run.lines.at(-1);
    if (run.code !== 0 || result?.outcome !== 'delivered') {
      throw new Error(`the demo fails without being killed: ${run.stderr || JSON.stringify(result)}`);
    }
    return { ...run, received: await double.received(result.submissionId) };
  } finally {
    await double.stop();
  }
}

function read(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        kills: { type: 'string', default: '200' },
        seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
        parallel: { type: 'string', default: '2' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(HELP);
      return undefined;
    }
    return {
      kills: whole('kills', values.kills, 1, 100_000),
      seed: whole('seed', values.seed, 0, 0xffff_ffff),
      parallel: whole('parallel', values.parallel, 1, 16),
    };
  } catch (error) {
    console.error(`crash: ${error.message}; see --help`);
    process.exitCode = 2;
    return undefined;
  }
}

function whole(name, text, low, high) {
  const number = Number(text);
  if (!/^\d{1,10}$/.test(text) || number < low || number > high) {
    throw new Error(`--${name} is a whole number from ${low} to ${high}`);
  }
  return number;
}

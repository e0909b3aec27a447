import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { verifyAudit } from '@buergerkoffer/vault/node';
import { runDemo } from './demo-process.mjs';

/** How often a run is started again after a kill or an unfinished end before the case counts as stuck. */
const MOST_RUNS = 20;

/**
 * One case from the first step to the receipt, killed at each of `kills` in turn and continued after each.
 * Resolves with how many kills hit it, where, and with what was found wrong; nothing when all is well.
 */
export async function liveThroughKills({ base, double, kills, fault, seed }) {
  const folder = await mkdtemp(join(base, 'case-'));
  const place = { out: join(folder, 'out'), state: join(folder, 'state') };
  const args = [
    ...['--out', place.out, '--state', place.state, '--fachverfahren', double.url, '--seed', String(seed)],
    ...(fault === undefined ? [] : ['--fault', fault]),
  ];
  const lived = { acknowledged: [], hits: [], problems: [] };
  const waiting = [...kills];
  let resume = false;
  for (let run = 0; ; run++) {
    if (run === MOST_RUNS) {
      lived.problems.push('the case never ends');
      break;
    }
    const kill = waiting.shift();
    const { lines, code, killed, stderr } = await runDemo([...args, ...(resume ? ['--resume'] : [])], kill);
    lived.acknowledged.push(...lines.filter(({ type }) => type === 'event'));
    if (killed) {
      lived.hits.push(kill);
      resume = true;
      continue;
    }
    const error = lines.find((line) => line.error !== undefined)?.error;
    if (error?.code === 'missing' && error.path === place.state) {
      // Nothing to resume: killed before the state was there, or after the case had ended.
      if ((await ended(place)) !== undefined) break;
      resume = false;
      continue;
    }
    if (code !== 0) lived.problems.push(`exit code ${code}: ${error?.message ?? stderr.trim()}`);
    break;
  }
  const found = await inspect(place, folder, lived.acknowledged, double);
  const problems = [...lived.problems, ...found.problems];
  if (problems.length === 0) await rm(folder, { recursive: true, force: true });
  return { ...found, hits: lived.hits, problems, folder };
}

/** The result in the exhibit, `undefined` when there is none. */
async function ended({ out }) {
  const text = await readFile(join(out, 'demo.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}

/** Compares what was acknowledged with what came of it. */
async function inspect(place, folder, acknowledged, double) {
  const found = { lost: 0, doubled: 0, doubledDeliveries: 0, problems: [], received: [] };
  const result = await ended(place);
  if (result === undefined) return { ...found, problems: ['there is no exhibit'], lost: acknowledged.length };
  const bytes = await readFile(join(place.out, 'audit.jsonl'));
  const verdict = verifyAudit(bytes);
  if (!verdict.verified) found.problems.push('the audit chain does not verify');
  const chain = bytes
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const events = chain.filter(({ type }) => type === 'event');
  for (const { seq, event } of acknowledged) {
    const kept = events.filter((line) => line.record === seq && line.event === event).length;
    if (kept === 0) found.lost++;
  }
  found.lost += chain.filter(({ type }) => type === 'lost').reduce((sum, { records }) => sum + records, 0);
  found.doubled += repeated(events.map(({ record }) => record));
  // The same number acknowledged twice: the first was lost and its step done again.
  found.lost += repeated(acknowledged.map(({ seq }) => seq));
  if (events.some(({ record }, place) => record !== place)) found.problems.push('the events have a gap');
  found.doubled += repeated(events.map(({ event }) => event).filter((event) => !MAY_REPEAT.has(event)));
  for (const [event, times] of Object.entries(TIMES)) {
    const many = events.filter((line) => line.event === event).length;
    if (many !== times) found.problems.push(`${event} is there ${many} times instead of ${times}`);
  }
  const acts = (await double.acts()).filter((id) => id === result.submissionId).length;
  if (acts === 0) found.problems.push('the Fachverfahren did not act');
  found.doubledDeliveries += Math.max(0, acts - 1);
  if (result.outcome !== 'delivered') found.problems.push(`the case ended ${result.outcome}`);
  found.received = await double.received(result.submissionId);
  const left = (await readdir(folder)).filter((name) => name !== 'out');
  if (left.length > 0) found.problems.push(`left behind: ${left.join(', ')}`);
  return { ...found, submissionId: result.submissionId, events: events.map(({ event }) => event) };
}

/** Events that come more than once in a whole case, and how often. */
const TIMES = { 'eligibility-decided': 2, 'finger-captured': 2, 'fee-charged': 2, 'form-printed': 3 };
const MAY_REPEAT = new Set(Object.keys(TIMES));

function repeated(values) {
  return values.length - new Set(values).size;
}

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { runOnHost } from '../../../src/node/lab/host-round.js';
import type { LabEvent } from '../../../src/node/lab/lab-event.js';
import { checkNeeds } from '../../../src/node/lab/lab-needs.js';
import { roundsOf } from '../../../src/node/lab/rounds.js';

const pathOf = (name: string): string => fileURLToPath(new URL(`files/${name}.lab.mjs`, import.meta.url));

interface Heard {
  readonly events: readonly LabEvent[];
  /** Outcome and name of each test. */
  readonly tests: readonly string[];
}

/** Runs files of the folder `files` as a round on this computer, from the built package. */
async function run(
  names: readonly string[],
  options: {
    readonly signal?: AbortSignal;
    readonly fileLimitMs?: number;
    onEvent?: (event: LabEvent) => void;
  } = {},
): Promise<Heard> {
  const needs = checkNeeds({ udev: false });
  const [round] = roundsOf(names.map((name) => ({ path: pathOf(name), needs })));
  if (round === undefined) throw new Error('no file');
  const events: LabEvent[] = [];
  const end = await runOnHost(round, {
    signal: options.signal ?? new AbortController().signal,
    fileLimitMs: options.fileLimitMs ?? 60_000,
    tell: (event) => {
      if (event.type === 'console') return;
      events.push(event);
      options.onEvent?.(event);
    },
  });
  expect(end).toEqual({ how: 'done', status: 0 });
  const tests = events.flatMap((event) =>
    event.type === 'test' ? [`${event.outcome}: ${event.name.join(' › ')}`] : [],
  );
  return { events, tests };
}

describe('lab files on a machine', { timeout: 60_000 }, () => {
  test('tell each test that holds no other, with the suites around it', async () => {
    const { tests } = await run(['mixed']);
    expect(tests).toEqual([
      'passed: passes',
      'failed: fails',
      'skipped: is left out',
      'passed: a suite › with a test that has tests › the inner one',
      'passed: a suite › that knows where it runs',
    ]);
  });

  test('tell why a test failed, what the file said, and when it ended', async () => {
    const { events } = await run(['mixed']);
    const failed = events.find((event) => event.type === 'test' && event.outcome === 'failed');
    expect(failed).toMatchObject({ reason: expect.stringContaining('one is not two') as unknown });
    expect(events).toContainEqual({ type: 'output', file: pathOf('mixed'), text: 'the file speaks\n' });
    expect(events.at(0)).toMatchObject({ type: 'ready' });
    expect(events.at(-1)).toMatchObject({ type: 'file-end', file: pathOf('mixed') });
  });

  test('that crash or hold no test fail, and the next file runs', async () => {
    const { events, tests } = await run(['crash', 'empty', 'mixed']);
    expect(tests.slice(0, 3)).toEqual(['failed: ', 'failed: ', 'passed: passes']);
    const reasons = events.flatMap((event) => (event.type === 'test' ? [event.reason] : []));
    expect(reasons[0]).toContain('SIGSEGV');
    expect(reasons[1]).toBe('the file has no test');
    const crash = events.filter((event) => 'file' in event && event.file === pathOf('crash'));
    expect(crash.map(({ type }) => type)).toEqual(['test', 'file-end']);
  });

  test('that hang end at their limit, and the next file runs', async () => {
    const { tests } = await run(['hang', 'empty'], { fileLimitMs: 2_000 });
    expect(tests).toEqual(['failed: ', 'failed: ']);
  });

  test('are gone with their processes when the run is aborted', async () => {
    const stop = new AbortController();
    let pid = 0;
    const running = run(['hang'], {
      signal: stop.signal,
      onEvent: (event) => {
        if (event.type !== 'output') return;
        pid = Number(/^pid (\d+)$/m.exec(event.text)?.[1]);
        stop.abort(new Error('enough'));
      },
    });
    await expect(running).rejects.toThrow('enough');
    expect(pid).toBeGreaterThan(0);
    await expect.poll(() => isAlive(pid)).toBe(false);
  });
});

function isAlive(pid: number): boolean {
  try {
    // After the name in parentheses comes the state; Z is a process that has ended (proc(5)).
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}

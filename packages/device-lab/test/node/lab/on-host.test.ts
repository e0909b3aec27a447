import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { LabEvent } from '../../../src/node/lab/lab-event.js';
import { checkNeeds } from '../../../src/node/lab/lab-needs.js';
import { runOnHost } from '../../../src/node/lab/on-host.js';

const pathOf = (name: string): string => fileURLToPath(new URL(`files/${name}.lab.mjs`, import.meta.url));

interface Heard {
  readonly events: readonly LabEvent[];
  /** Outcome and name of each test. */
  readonly tests: readonly string[];
}

/** Runs a file of the folder `files` on this computer, from the built package. */
async function run(
  name: string,
  options: {
    readonly signal?: AbortSignal;
    readonly fileLimitMs?: number;
    onEvent?: (event: LabEvent) => void;
  } = {},
): Promise<Heard> {
  const needs = checkNeeds({ udev: false });
  const events: LabEvent[] = [];
  const end = await runOnHost(
    { path: pathOf(name), needs },
    {
      signal: options.signal ?? new AbortController().signal,
      fileLimitMs: options.fileLimitMs ?? 60_000,
      tell: (event) => {
        events.push(event);
        options.onEvent?.(event);
      },
      console: () => undefined,
    },
  );
  expect(end).toEqual({ how: 'done', status: 0 });
  const tests = events.flatMap((event) =>
    event.type === 'test' ? [`${event.outcome}: ${event.name.join(' › ')}`] : [],
  );
  return { events, tests };
}

describe('a lab file on a machine', { timeout: 60_000 }, () => {
  test('tells each test that holds no other, with the suites around it', async () => {
    const { tests } = await run('mixed');
    expect(tests).toEqual([
      'passed: passes',
      'failed: fails',
      'skipped: is left out',
      'passed: a suite › with a test that has tests › the inner one',
      'passed: a suite › that knows where it runs',
    ]);
  });

  test('tells why a test failed, what the file said, and when it ended', async () => {
    const { events } = await run('mixed');
    const failed = events.find((event) => event.type === 'test' && event.outcome === 'failed');
    expect(failed).toMatchObject({ reason: expect.stringContaining('one is not two') as unknown });
    expect(events).toContainEqual({ type: 'output', file: pathOf('mixed'), text: 'the file speaks\n' });
    expect(events.at(0)).toMatchObject({ type: 'ready' });
    expect(events.at(-1)).toMatchObject({ type: 'file-end', file: pathOf('mixed') });
  });

  test.each([
    ['crash', 'SIGSEGV'],
    ['empty', 'the file has no test'],
  ])('that is no good fails and ends: %s', async (name, reason) => {
    const { events } = await run(name);
    const told = events.filter((event) => event.type === 'test' || event.type === 'file-end');
    expect(told).toMatchObject([
      { type: 'test', name: [], outcome: 'failed', reason: expect.stringContaining(reason) as unknown },
      { type: 'file-end' },
    ]);
  });

  test('that hangs fails at its limit', async () => {
    const { tests } = await run('hang', { fileLimitMs: 2_000 });
    expect(tests).toEqual(['failed: ']);
  });

  test('is gone with its processes when the run is aborted', async () => {
    const stop = new AbortController();
    let pid = 0;
    const running = run('hang', {
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

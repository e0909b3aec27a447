import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi, type onTestFinished } from 'vitest';
import { auditPublicKey, verifyAudit } from '@buergerkoffer/vault/node';
import { runDemo, type DemoOptions, type DemoResult, type Progress } from '../src/index.js';
import { emptyFolder } from './support/folders.js';
import { smallPictures } from './support/pictures.js';

const SLOW_MACHINE = { timeout: 90_000 };

async function place(
  finished: typeof onTestFinished,
): Promise<DemoOptions & { readonly out: string; readonly state: string }> {
  const folder = await emptyFolder(finished);
  return { out: join(folder, 'out'), state: join(folder, 'state'), ...(await smallPictures(folder)) };
}

async function run(options: DemoOptions): Promise<{ result: DemoResult; told: readonly Progress[] }> {
  const told: Progress[] = [];
  const result = await runDemo(options, (progress) => told.push(progress));
  return { result, told };
}

/** Runs until the event was told, and fails there as a bug would. */
async function stopAt(event: string, options: DemoOptions): Promise<void> {
  await expect(
    runDemo(options, (progress) => {
      if (progress.type === 'event' && progress.event === event) throw new Error('stopped by the test');
    }),
  ).rejects.toThrow('stopped by the test');
}

describe('a visit without network', SLOW_MACHINE, () => {
  it('ends sealed in the outbox, and is delivered later', async (context) => {
    const options = await place(context.onTestFinished);

    const { result: offline } = await run({ ...options, offline: true });
    expect(offline).toMatchObject({ outcome: 'waiting' });
    expect(await readdir(join(options.state, 'koffer', 'cases'))).toEqual([]);
    await expect(readdir(options.out)).rejects.toThrow('ENOENT');

    const { result, told } = await run({ ...options, resume: true });
    expect(result).toMatchObject({
      outcome: 'delivered',
      caseId: offline.caseId,
      submissionId: offline.submissionId,
    });
    expect(told.filter(({ type }) => type === 'event')).toEqual([]);
    await expect(readdir(options.state)).rejects.toThrow('ENOENT');
  });
});

describe('an interrupted visit', SLOW_MACHINE, () => {
  it('goes on after the last event, and repeats none', async (context) => {
    const options = await place(context.onTestFinished);
    await stopAt('finger-captured', options);

    const { result, told } = await run({ ...options, resume: true });

    expect(result.outcome).toBe('delivered');
    const events = told.flatMap((progress) => (progress.type === 'event' ? [progress] : []));
    expect(events[0]).toMatchObject({ event: 'finger-captured', seq: 12 });
    const audit = await readFile(join(options.out, 'audit.jsonl'));
    const publicKey = auditPublicKey(await readFile(join(options.out, 'audit-key.txt')));
    expect(verifyAudit(audit, { publicKey })).toMatchObject({ verified: true, keyed: 'origin' });
    expect(audit.toString().match(/"event":"finger-captured"/g)).toHaveLength(2);
  });

  it('is erased when its time is over, and the visit begins anew', async (context) => {
    const options = await place(context.onTestFinished);
    await stopAt('finger-captured', options);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 8 * 86_400_000 });
    context.onTestFinished(() => {
      vi.useRealTimers();
    });

    const { result, told } = await run({ ...options, resume: true });

    expect(result.outcome).toBe('delivered');
    expect(told.find(({ type }) => type === 'attention')).toMatchObject({
      text: expect.stringContaining('Frist') as string,
    });
    expect(told.find(({ type }) => type === 'event')).toMatchObject({ event: 'requested', seq: 0 });
  });

  it('is given up with a word when a new one begins', async (context) => {
    const options = await place(context.onTestFinished);
    await stopAt('scheduled', options);

    const { told } = await run(options);

    expect(told[0]).toEqual({ type: 'attention', text: expect.stringContaining('wird verworfen') as string });
  });

  it('is not erased by a second run beside it', async (context) => {
    const options = await place(context.onTestFinished);
    let second: unknown;
    const first = await runDemo(options, (progress) => {
      if (progress.type !== 'event' || progress.event !== 'scheduled') return;
      second = run(options).catch((error: unknown) => error);
    });

    expect(await second).toMatchObject({ kind: 'storage', code: 'locked' });
    expect(first.outcome).toBe('delivered');
  });
});

describe('nothing to go on with', SLOW_MACHINE, () => {
  it('is an error of the input that names the folder, and leaves none behind', async (context) => {
    const options = await place(context.onTestFinished);
    await expect(run({ ...options, resume: true })).rejects.toMatchObject({
      kind: 'input',
      code: 'missing',
      path: options.state,
    });
    await expect(readdir(options.state)).rejects.toThrow('ENOENT');
  });
});

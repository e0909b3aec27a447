import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  captureFinger,
  eraseCase,
  listDevices,
  readCase,
  suitcase,
  writeCase,
} from '../../../../docs/guide/code/first-steps.js';
import { exampleConfig } from '../../src/config/example.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'koffer-first-steps-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the first steps of the guide', () => {
  it('list the devices on the bench', async () => {
    expect(await listDevices(suitcase())).toEqual([
      'Fingerabdruckscanner: Simulated fingerprint scanner (free)',
      expect.stringMatching(/^Unterschriftenpad: .* \(free\)$/),
    ]);
  });

  it('capture a finger and tell the person what to do', async () => {
    const shown: string[] = [];
    const image = await captureFinger(suitcase(), (text) => shown.push(text));
    expect(image).toMatchObject({ width: 416, height: 560, resolutionPpi: 500 });
    expect(shown.length).toBeGreaterThan(0);
  });

  it('write a case, read it again, and erase it', async () => {
    const { policy } = await exampleConfig();
    const image = await captureFinger(suitcase(), () => undefined);
    const id = await writeCase(folder, policy, image);
    const { state, lostEvents } = await readCase(folder, id);
    expect(state).toMatchObject({ caseId: id, place: 'care-home' });
    expect(lostEvents).toBe(0);
    await eraseCase(folder, id);
    expect(await readdir(join(folder, 'cases'))).toEqual([]);
  });
});

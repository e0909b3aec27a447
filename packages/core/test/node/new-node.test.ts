import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DeviceError } from '@buergerkoffer/core';
import { whenPermitted } from '../../src/node/new-node.js';

const denied = new DeviceError('access-denied', 'no');
const wanted = new AbortController().signal;

describe('a device node that has just come', () => {
  let folder: string;
  let node: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'new-node-'));
    node = join(folder, 'node');
    writeFileSync(node, '');
  });
  afterEach(() => {
    vi.useRealTimers();
    rmSync(folder, { recursive: true });
  });

  it('is tried again while it is refused', async () => {
    let attempts = 0;
    const attempt = (): Promise<string> =>
      ++attempts < 3 ? Promise.reject(denied) : Promise.resolve('open');
    expect(await whenPermitted(node, attempt, wanted)).toBe('open');
    expect(attempts).toBe(3);
  });

  it('is refused for good when it is two seconds old, or gone', async () => {
    utimesSync(node, 0, 0);
    vi.useFakeTimers({ toFake: ['Date'], now: statSync(node).ctimeMs + 2_001 });
    await expect(whenPermitted(node, () => Promise.reject(denied), wanted)).rejects.toBe(denied);
    await expect(whenPermitted(`${node}2`, () => Promise.reject(denied), wanted)).rejects.toBe(denied);
  });

  it('is tried once when it fails for another reason', async () => {
    const busy = new DeviceError('busy', 'no');
    await expect(whenPermitted(node, () => Promise.reject(busy), wanted)).rejects.toBe(busy);
  });

  it('is given up when the caller no longer wants it', async () => {
    const aborting = new AbortController();
    const attempt = (): Promise<never> => {
      aborting.abort('enough');
      return Promise.reject(denied);
    };
    await expect(whenPermitted(node, attempt, aborting.signal)).rejects.toBe('enough');
  });
});

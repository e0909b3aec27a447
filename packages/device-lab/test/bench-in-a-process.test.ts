import { existsSync } from 'node:fs';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { filter, firstValueFrom, type Observable } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { defineKind, DeviceManager, type Device } from '@buergerkoffer/core';
import { processSource } from '@buergerkoffer/core/node';

interface Horn extends Device {
  readonly volumes: Uint8Array;
  blow(tone: string): Observable<{ readonly tone: string }>;
  stick(): Promise<void>;
}
const HORN = defineKind<Horn>('horn', 'Hupe', { blow: 'stream', stick: 'call' });

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const built = existsSync(path('../dist/index.js')) && existsSync(path('../../core/dist/node/index.js'));

async function lease() {
  const source = processSource({
    command: execPath,
    args: [path('./children/horn.mjs')],
    kinds: [HORN],
    heartbeatMs: 50,
    silenceMs: 300,
  });
  const manager = new DeviceManager([source]);
  const [horn] = await firstValueFrom(manager.of(HORN).pipe(filter((list) => list.length > 0)));
  if (horn === undefined) throw new Error('no horn');
  return manager.open(horn, { owner: 'test', reason: 'noise' });
}

// The process runs from dist: `npm run build` first, as `npm test` does.
describe.skipIf(!built)('a bench in a process of its own', () => {
  it('is used like one in this process, and its process ends with the lease', async () => {
    await using horn = await lease();
    expect(horn.device.volumes).toEqual(new Uint8Array([1, 9]));
    expect(await firstValueFrom(horn.device.blow('a'))).toEqual({ tone: 'a' });
    expect(await firstValueFrom(horn.device.blow('b'))).toEqual({ tone: 'b' });
  });

  it('is lost when a native call in it never returns', async () => {
    const horn = await lease();
    await expect(horn.device.stick()).rejects.toMatchObject({ code: 'lost' });
    expect(await horn.ended).toMatchObject({ reason: 'lost' });
  });
});

import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { filter, firstValueFrom } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { defineKind, DeviceManager, type Device } from '@buergerkoffer/core';
import { processSource } from '@buergerkoffer/core/node';

interface Lamp extends Device {
  readonly colours: Uint8Array;
  toggle(how?: string, times?: number): Promise<unknown>;
}
const LAMP = defineKind<Lamp>('lamp', 'Lampe', { toggle: 'call' });

function lamps(fault = 'none') {
  const program = fileURLToPath(new URL('./children/lamp.mjs', import.meta.url));
  return processSource({
    id: 'lamps',
    command: execPath,
    args: [program, fault],
    kinds: [LAMP],
    heartbeatMs: 40,
    silenceMs: 200,
    restartMs: 60_000,
  });
}

async function open(source: ReturnType<typeof lamps>) {
  const manager = new DeviceManager([source]);
  const [candidate] = await firstValueFrom(manager.of(LAMP).pipe(filter((list) => list.length > 0)));
  if (candidate === undefined) throw new Error('no lamp');
  return manager.open(candidate, { owner: 'test', reason: 'light' });
}

describe('a real process with devices', () => {
  it('answers, keeps its properties, and is gone after the release', async () => {
    const lease = await open(lamps());
    expect(lease.device.colours).toEqual(new Uint8Array([1, 2]));
    expect(await lease.device.toggle(undefined, 2)).toEqual({ operation: 'toggle', args: [undefined, 2] });
    await lease.release();
    expect(await lease.ended).toEqual({ reason: 'closed' });
  });

  it.each([
    ['exit', 'process.exited', 'it exited with code 3; it wrote 16 bytes to stderr'],
    ['garbage', 'process.garbage', 'bytes; at most 67108864 are taken'],
    ['huge', 'process.garbage', 'a frame of 2147483647 bytes'],
    ['silence', 'process.silent', 'it said nothing for 200 ms'],
  ])('that shows %s is lost, ended and named', async (fault, code, message) => {
    const source = lamps(fault);
    const lease = await open(source);
    const said: (readonly { code: string; message: string }[])[] = [];
    const diagnostics = source.diagnostics.subscribe((list) => said.push(list));
    const watching = source.offers.subscribe();
    await expect(lease.device.toggle()).rejects.toMatchObject({ code: 'lost' });
    expect(await lease.ended).toMatchObject({ reason: 'lost' });
    const told = said.flat();
    expect(told).toMatchObject([{ code, message: expect.stringContaining(message) as string }]);
    expect(JSON.stringify(told)).not.toContain('Mustermann');
    watching.unsubscribe();
    diagnostics.unsubscribe();
  });

  it('does not stop this process while it is stuck', async () => {
    const lease = await open(lamps('silence'));
    const stuck = lease.device.toggle().catch((error: unknown) => error);
    let turns = 0;
    const turning = setInterval(() => turns++, 5);
    await stuck;
    clearInterval(turning);
    expect(turns).toBeGreaterThan(5);
  });

  it('of another release is refused with the remedy', async () => {
    const source = lamps('other-release');
    const watching = source.offers.subscribe();
    const [said] = await firstValueFrom(source.diagnostics.pipe(filter((list) => list.length > 0)));
    expect(said).toMatchObject({
      code: 'process.garbage',
      message: expect.stringContaining('version 99') as string,
    });
    watching.unsubscribe();
  });

  it('that cannot be started is an empty list and a diagnostic', async () => {
    const source = processSource({ command: 'no-such-program-here', kinds: [LAMP], restartMs: 60_000 });
    const watching = source.offers.subscribe();
    expect(await firstValueFrom(source.offers)).toEqual([]);
    expect(await firstValueFrom(source.diagnostics)).toMatchObject([
      { code: 'process.exited', message: expect.stringContaining('could not be started (ENOENT)') as string },
    ]);
    watching.unsubscribe();
  });
});

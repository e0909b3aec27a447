import { describe, expect, it, vi } from 'vitest';
import type { CameraFault } from '@buergerkoffer/device-lab';
import { picture } from './support/ptp-values.js';
import { plugCamera } from './support/usb-host.js';

const OK = 0x2001;
const GET_OBJECT = 0x1009;

async function faulty(fault: CameraFault, picturesBytes = 5_000) {
  const photograph = (shot: number) => picture(shot, picturesBytes);
  const plugged = await plugCamera({ taken: 1, photograph, faults: [{ operation: GET_OBJECT, fault }] });
  await plugged.host.open();
  return plugged;
}

describe('a camera that does something wrong', () => {
  it('is busy as often as it is told to be', async () => {
    const { host, camera } = await plugCamera();
    camera.plan({ operation: 0x100e, onCall: 2, times: 2, fault: { type: 'refuse', code: 0x2019 } });
    await host.open();
    const codes: number[] = [];
    for (let call = 0; call < 4; call += 1) {
      const { code } = await host.ask(0x100e);
      codes.push(code);
      if (code === OK) while ((await host.event()).code !== 0x400d);
    }
    expect(codes).toEqual([OK, 0x2019, 0x2019, OK]);
  });

  it('stalls', async () => {
    const { host } = await faulty({ type: 'stall' });
    await expect(host.ask(GET_OBJECT, [3])).rejects.toThrow('stalled');
    await host.usb.clearHalt('in', 1);
    expect((await host.ask(GET_OBJECT, [3])).data).toEqual(picture(1));
  });

  it('says nothing', async () => {
    const { host } = await faulty({ type: 'silent' });
    await host.send(GET_OBJECT, 1, [3]);
    await expect(host.usb.transferIn(1, 512, { timeoutMs: 20 })).rejects.toMatchObject({ code: 'timeout' });
  });

  it('sends less than it says', async () => {
    const { host } = await faulty({ type: 'truncate', bytes: 100 });
    await host.send(GET_OBJECT, 1, [3]);
    expect(await host.read()).toMatchObject({ type: 2, length: 5_012, payload: picture(1).subarray(0, 100) });
    expect(await host.read()).toMatchObject({ type: 3, code: OK });
  });

  it('lies about the length', async () => {
    const { host } = await faulty({ type: 'wrong-length', by: -12 });
    await host.send(GET_OBJECT, 1, [3]);
    expect(await host.read()).toMatchObject({ length: 5_000, payload: picture(1) });
  });

  it('answers under the number of another operation', async () => {
    const { host } = await faulty({ type: 'wrong-transaction' });
    await host.send(GET_OBJECT, 1, [3]);
    expect(await host.read()).toMatchObject({ type: 2, transaction: 2 });
    expect(await host.read()).toMatchObject({ type: 3, transaction: 2 });
  });

  it('vanishes in the middle of a picture', async () => {
    const { host } = await faulty({ type: 'vanish' });
    await host.send(GET_OBJECT, 1, [3]);
    await expect(host.read()).rejects.toMatchObject({ code: 'lost' });
  });

  it('pauses in the middle of a picture, and goes on', async () => {
    const { host } = await faulty({ type: 'slow', ms: 1 });
    expect((await host.ask(GET_OBJECT, [3])).data).toEqual(picture(1));
  });

  it('stops when the host cancels, and does what comes next', async () => {
    const { host } = await faulty({ type: 'slow', ms: 60_000 });
    await host.send(GET_OBJECT, 1, [3]);
    host.transaction = 2;
    const some = await host.usb.transferIn(1, 1_024);
    expect(some).toMatchObject({ status: 'ok' });
    const cancel = {
      requestType: 'class',
      recipient: 'interface',
      request: 0x64,
      value: 0,
      index: 0,
    } as const;
    await host.usb.controlTransferOut(cancel, new Uint8Array([0x01, 0x40, 1, 0, 0, 0]));
    expect((await host.ask(GET_OBJECT, [3])).data).toEqual(picture(1));
  });

  it('stops waiting for data that the host cancels', async () => {
    const { host } = await plugCamera();
    await host.open();
    await host.send(0x1016, 1, [0x5007]);
    host.transaction = 2;
    const cancel = {
      requestType: 'class',
      recipient: 'interface',
      request: 0x64,
      value: 0,
      index: 0,
    } as const;
    await host.usb.controlTransferOut(cancel, new Uint8Array([0x01, 0x40, 1, 0, 0, 0]));
    expect((await host.ask(0x1004)).code).toBe(OK);
  });

  it('refuses to plan what cannot be', async () => {
    const { camera } = await plugCamera();
    const fault = { type: 'stall' } as const;
    expect(() => {
      camera.plan({ operation: 1, times: 0, fault });
    }).toThrow(expect.objectContaining({ code: 'invalid-request', path: 'times' }));
  });

  it('leaves no timer and no picture behind when its plug is pulled', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { host, camera, unplug } = await plugCamera();
      await host.open();
      await host.send(0x100e, 1);
      unplug();
      await host.usb.close();
      expect(vi.getTimerCount()).toBe(0);
      expect(camera.pictures).toHaveLength(1);
    } finally {
      vi.useRealTimers();
    }
  });

  it('has one host, and another when that is gone', async () => {
    const { camera, unplug } = await plugCamera();
    expect(() => camera.connect(() => undefined)).toThrow(expect.objectContaining({ code: 'busy' }));
    unplug();
    camera.connect(() => undefined).end();
  });
});

import { firstValueFrom } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import { InputError } from '@buergerkoffer/formats';
import { LabBus, plugHid, type VirtualHidDevice } from '@buergerkoffer/device-lab';
import { counting } from '../support/echo-device.js';
import { echoHid } from '../support/echo-hid.js';

function plugged(device: VirtualHidDevice, failed?: (error: unknown) => void) {
  const bus = new LabBus('hid');
  const { ports, unplug } = plugHid(bus, device, failed === undefined ? {} : { failed });
  const [port] = ports;
  if (port === undefined) throw new Error('no port');
  return { bus, port, ports, unplug, open: () => bus.open(port, {}) };
}

describe('a HID device on a bus of this process', () => {
  it('is one port for each top-level collection, and they share one node', async () => {
    const { bus, ports } = plugged(echoHid(true));
    const [first, second] = ports;
    if (first === undefined || second === undefined) throw new Error('no ports');
    expect([first.usage, second.usage, first.usagePage]).toEqual([1, 2, 0xff00]);
    expect([first.physical, second.path]).toEqual([second.physical, first.path]);
    const hid = await bus.open(first, {});
    await expect(bus.open(second, {})).rejects.toMatchObject({ code: 'busy' });
    await hid.close();
    await (await bus.open(second, {})).close();
  });

  it('fills output reports up to their length, and sends input reports', async () => {
    const hid = await plugged(echoHid(true)).open();
    const heard = firstValueFrom(hid.inputReports);
    await hid.sendReport(3, new Uint8Array([9]));
    expect(await heard).toEqual({ reportId: 3, data: new Uint8Array([9, 0, 0, 0]) });
  });

  it('keeps feature reports', async () => {
    const hid = await plugged(echoHid(false)).open();
    await hid.sendFeatureReport(0, counting(16));
    expect(await hid.receiveFeatureReport(0)).toEqual(counting(16));
  });

  it('refuses what the device refuses as protocol, what no report is as an invalid request', async () => {
    const hid = await plugged(echoHid(true, () => ({ getFeature: () => undefined }))).open();
    await expect(hid.receiveFeatureReport(7)).rejects.toMatchObject({ code: 'protocol' });
    await expect(hid.sendFeatureReport(7, counting(2))).rejects.toMatchObject({ code: 'protocol' });
    await expect(hid.receiveFeatureReport(3)).rejects.toMatchObject({ code: 'invalid-request' });
    await expect(hid.sendReport(3, counting(5))).rejects.toMatchObject({ code: 'invalid-request' });
    await expect(hid.sendReport(0, counting(1))).rejects.toMatchObject({ code: 'invalid-request' });
  });

  it('waits for a feature report no longer than the deadline, and goes on then', async () => {
    vi.useFakeTimers();
    try {
      let asked = 0;
      const device = echoHid(false, () => ({
        getFeature: () => {
          asked += 1;
          return asked === 1 ? new Promise(() => undefined) : Promise.resolve(counting(16));
        },
      }));
      const hid = await plugged(device).open();
      const refusal = expect(hid.receiveFeatureReport(0, { timeoutMs: 100 })).rejects.toMatchObject({
        code: 'timeout',
      });
      const next = hid.receiveFeatureReport(0, { timeoutMs: 1_000 });
      await vi.advanceTimersByTimeAsync(100);
      await refusal;
      expect(await next).toEqual(counting(16));
    } finally {
      vi.useRealTimers();
    }
  });

  it('is lost with its plug, in its reports and in what is pending', async () => {
    const { open, unplug } = plugged(
      echoHid(false, () => ({ getFeature: () => new Promise(() => undefined) })),
    );
    const hid = await open();
    const reports = expect(firstValueFrom(hid.inputReports)).rejects.toMatchObject({ code: 'lost' });
    const read = expect(hid.receiveFeatureReport(0)).rejects.toMatchObject({ code: 'lost' });
    unplug();
    await Promise.all([reports, read]);
    expect(await hid.ended).toMatchObject({ reason: 'lost' });
  });

  it('completes its reports when it is closed', async () => {
    const hid = await plugged(echoHid(false)).open();
    const ended = firstValueFrom(hid.inputReports, { defaultValue: 'completed' });
    await hid.close();
    expect(await ended).toBe('completed');
    await expect(hid.sendReport(0, counting(1))).rejects.toMatchObject({ code: 'closed' });
  });

  it('refuses what its code throws at, and tells whoever plugged it in', async () => {
    const fault = new Error('firmware');
    const failed: unknown[] = [];
    const device = echoHid(false, () => ({
      report: () => {
        throw fault;
      },
    }));
    const hid = await plugged(device, (error) => failed.push(error)).open();
    await expect(hid.sendReport(0, counting(1))).rejects.toMatchObject({ code: 'protocol' });
    expect(failed).toEqual([fault]);
  });

  it('cannot be plugged in without a report descriptor that is one', () => {
    const broken = { ...echoHid(false), reportDescriptor: new Uint8Array([0xa1, 1]) };
    expect(() => plugHid(new LabBus('hid'), broken)).toThrow(InputError);
  });
});

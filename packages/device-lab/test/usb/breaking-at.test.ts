import { describe, expect, it } from 'vitest';
import { breakingAt, LabBus, plugUsb, type Breaking, type VirtualUsbDevice } from '@buergerkoffer/device-lab';
import { echoDevice } from '../support/echo-device.js';

const VENDOR = { requestType: 'vendor', recipient: 'device', request: 1, value: 0, index: 0 } as const;
/** Answers requests, and echoes. */
const device: VirtualUsbDevice = echoDevice((host) => ({
  controlIn: () => new Uint8Array([1]),
  controlOut: () => true,
  received: (endpoint, data) => {
    host.send(endpoint, data);
  },
}));

async function open(breaking?: Breaking) {
  const broken = breakingAt(device, breaking);
  const bus = new LabBus('usb');
  const { ports } = plugUsb(bus, broken);
  const [port] = ports;
  if (port === undefined) throw new Error('no port');
  return { broken, usb: await bus.open(port, {}) };
}

/** Steps 1 to 4: a request each way, a transfer each way; what became of each. */
async function talk(breaking?: Breaking): Promise<readonly string[]> {
  const { usb } = await open(breaking);
  const soon = { timeoutMs: 20 };
  const calls = [
    () => usb.controlTransferIn(VENDOR, 1, soon),
    () => usb.controlTransferOut(VENDOR, new Uint8Array(1), soon),
    () => usb.transferOut(1, new Uint8Array([5]), soon),
    () => usb.transferIn(1, 64, soon),
  ];
  const told: string[] = [];
  for (const call of calls) {
    told.push(
      await call().then(
        ({ status }) => status,
        (error: unknown) => (error as { code: string }).code,
      ),
    );
  }
  return told;
}

describe('a device that breaks', () => {
  it('is as it was where it does not break, and counts its steps', async () => {
    expect(await talk()).toEqual(['ok', 'ok', 'ok', 'ok']);
    const { broken, usb } = await open();
    await usb.transferOut(1, new Uint8Array([5]));
    expect(broken.steps).toBe(2);
  });

  it.each([
    [1, ['stall', 'ok', 'ok', 'ok']],
    [2, ['ok', 'stall', 'ok', 'ok']],
    [3, ['ok', 'ok', 'stall', 'timeout']],
    [4, ['ok', 'ok', 'ok', 'stall']],
  ])('stalls at step %i only', async (step, outcome) => {
    expect(await talk({ step, fault: 'stall' })).toEqual(outcome);
  });

  it.each([
    [1, ['timeout', 'ok', 'ok', 'ok']],
    [2, ['ok', 'timeout', 'ok', 'ok']],
    [3, ['ok', 'ok', 'timeout', 'timeout']],
    [4, ['ok', 'ok', 'ok', 'timeout']],
  ])('says nothing at step %i only', async (step, outcome) => {
    expect(await talk({ step, fault: 'time-out' })).toEqual(outcome);
  });

  it.each([1, 2, 3, 4])('vanishes at step %i', async (step) => {
    const told = await talk({ step, fault: 'vanish' });
    expect(told.slice(0, Math.min(step, 3) - 1).every((word) => word === 'ok')).toBe(true);
    expect(told.at(-1)).toBe('lost');
  });
});

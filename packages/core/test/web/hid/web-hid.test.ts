import { describe, expect, it } from 'vitest';
import { webHidBus } from '@buergerkoffer/core/web';
import { eventWith } from '../lab/browser-events.js';
import { FakeHid, FakeHidDevice, rejects } from '../lab/fake-platform.js';
import { failureOf, openedFirst } from '../lab/opening.js';

async function opened(device = new FakeHidDevice()) {
  const hid = new FakeHid(device);
  return { device, hid, transport: await openedFirst(webHidBus(hid), {}) };
}

describe('a HID device of the browser', () => {
  it.each([
    ['InvalidStateError', 'busy'],
    ['NotAllowedError', 'access-denied'],
    ['NetworkError', 'access-denied'],
    ['SecurityError', 'access-denied'],
    ['NotFoundError', 'not-found'],
    ['UnknownError', 'protocol'],
  ])('that does not open with %s is %s, and leaves no listener', async (name, code) => {
    const device = new FakeHidDevice();
    device.open = rejects(name);
    const hid = new FakeHid(device);
    expect((await failureOf(openedFirst(webHidBus(hid), {}))).code).toBe(code);
    expect([hid.listeners, device.listeners]).toEqual([0, 0]);
  });

  it.each([
    ['NetworkError', 'protocol'],
    ['NotAllowedError', 'protocol'],
    ['InvalidStateError', 'lost'],
    ['AbortError', 'lost'],
    ['TypeError', 'invalid-request'],
    ['NotSupportedError', 'invalid-request'],
    ['UnknownError', 'protocol'],
  ])('whose report fails with %s is %s', async (name, code) => {
    const { device, transport } = await opened();
    device.sendReport = rejects(name);
    expect((await failureOf(transport.sendReport(1, new Uint8Array(1)))).code).toBe(code);
    await transport.close();
  });

  it('that refuses a report just before it is said to have gone is lost', async () => {
    const { device, hid, transport } = await opened();
    device.sendReport = rejects('NotAllowedError');
    const sending = failureOf(transport.sendReport(1, new Uint8Array(1)));
    setTimeout(() => {
      hid.disconnect(device);
    }, 5);
    expect((await sending).code).toBe('lost');
  });

  it('receives reports filled up with zeros to their length, whatever its items add up to', async () => {
    const { device, transport } = await opened();
    await transport.sendReport(1, Uint8Array.of(9));
    await transport.sendFeatureReport(2, Uint8Array.of(8, 7, 6));
    expect(device.sent).toEqual([Uint8Array.of(9, 0, 0, 0), Uint8Array.of(8, 7, 6)]);
  });

  it('has no other reports, and no longer ones', async () => {
    const { transport } = await opened();
    const wrong = [
      transport.sendReport(2, new Uint8Array(1)),
      transport.sendReport(1, new Uint8Array(5)),
      transport.sendFeatureReport(1, new Uint8Array(1)),
      transport.receiveFeatureReport(1),
    ];
    const failures = await Promise.all(wrong.map(failureOf));
    expect(failures.map(({ code, path }) => [code, path])).toEqual([
      ['invalid-request', 'reportId'],
      ['invalid-request', 'data'],
      ['invalid-request', 'reportId'],
      ['invalid-request', 'reportId'],
    ]);
  });

  it('answers feature reports without the id that browsers leave in front', async () => {
    const { transport } = await opened();
    expect(await transport.receiveFeatureReport(2)).toEqual(Uint8Array.of(7, 8, 9));
  });

  it('breaks the protocol when it answers with another feature report', async () => {
    const { device, transport } = await opened();
    device.receiveFeatureReport = () => Promise.resolve(new DataView(Uint8Array.of(5, 1).buffer));
    expect((await failureOf(transport.receiveFeatureReport(2))).code).toBe('protocol');
  });

  it('tells its reports while it is open, and is not heard afterwards', async () => {
    const { device, hid, transport } = await opened();
    const told: unknown[] = [];
    transport.inputReports.subscribe({
      next: (report) => told.push(report),
      complete: () => told.push('end'),
    });
    device.dispatchEvent(
      eventWith('inputreport', { reportId: 3, data: new DataView(Uint8Array.of(1, 2).buffer) }),
    );
    await transport.close();
    expect(told).toEqual([{ reportId: 3, data: Uint8Array.of(1, 2) }, 'end']);
    expect([hid.listeners, device.listeners, device.opened]).toEqual([0, 0, false]);
  });
});

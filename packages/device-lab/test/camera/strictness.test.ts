import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plugCamera } from './support/usb-host.js';

const OK = 0x2001;

describe('a camera that is strict, as firmware is,', () => {
  it('answers nothing but who it is outside a session', async () => {
    const { host } = await plugCamera();
    expect((await host.ask(0x1004)).code).toBe(0x2003);
    expect((await host.ask(0x1001)).code).toBe(OK);
    await host.open();
    expect((await host.ask(0x1004)).code).toBe(OK);
    expect((await host.ask(0x1003)).code).toBe(OK);
    expect((await host.ask(0x1004)).code).toBe(0x2003);
  });

  it('opens one session, under number 0, with an id', async () => {
    const { host } = await plugCamera();
    host.transaction = 1;
    expect((await host.ask(0x1002, [1])).code).toBe(0x2004);
    host.transaction = 0;
    expect((await host.ask(0x1002, [0])).code).toBe(0x201d);
    await host.open();
    host.transaction = 0;
    expect(await host.ask(0x1002, [2])).toMatchObject({ code: 0x201e, parameters: [1] });
  });

  it('counts operations without a gap', async () => {
    const { host } = await plugCamera();
    await host.open();
    host.transaction = 2;
    expect((await host.ask(0x1004)).code).toBe(0x2004);
    host.transaction = 1;
    expect((await host.ask(0x1004)).code).toBe(OK);
    host.transaction = 1;
    expect((await host.ask(0x1004)).code).toBe(0x2004);
  });

  it('wants as many parameters as the operation has', async () => {
    const { host } = await plugCamera({ taken: 1 });
    await host.open();
    expect((await host.ask(0x1008)).code).toBe(0x201d);
    expect((await host.ask(0x1008, [3, 0])).code).toBe(0x201d);
    expect((await host.ask(0x101b, [3, 0])).code).toBe(0x201d);
    expect((await host.ask(0x9999)).code).toBe(0x2005);
  });

  it('does not mind the data of an operation that it refused', async () => {
    const { host } = await plugCamera();
    await host.open();
    expect((await host.ask(0x9110, [], new Uint8Array(12))).code).toBe(0x2005);
    expect((await host.ask(0x1004)).code).toBe(OK);
  });

  it('takes data in pieces', async () => {
    const { host } = await plugCamera();
    await host.open();
    await host.send(0x1016, 1, [0x5007]);
    const container = [14, 0, 0, 0, 2, 0, 0x16, 0x10, 1, 0, 0, 0, 0x20, 0x03];
    await host.usb.transferOut(2, Uint8Array.from(container.slice(0, 12)));
    await host.usb.transferOut(2, Uint8Array.from(container.slice(12)));
    expect(await host.read()).toMatchObject({ type: 3, code: OK });
  });

  it.each([
    ['too short', [1, 2, 3]],
    ['longer than it says', [12, 0, 0, 0, 1, 0, 1, 0x10, 0, 0, 0, 0, 9]],
    ['of gigabytes', [0xff, 0xff, 0xff, 0xff, 1, 0, 1, 0x10, 0, 0, 0, 0]],
    ['a response', [12, 0, 0, 0, 3, 0, 1, 0x20, 0, 0, 0, 0]],
    ['data that nobody asked for', [13, 0, 0, 0, 2, 0, 0x16, 0x10, 1, 0, 0, 0, 1]],
    ['half a parameter', [14, 0, 0, 0, 1, 0, 1, 0x10, 0, 0, 0, 0, 1, 2]],
  ])('stalls at a container that is %s, and says so', async (_, bytes) => {
    const { host, failures } = await plugCamera();
    await host.usb.transferOut(2, Uint8Array.from(bytes));
    await expect(host.read()).rejects.toThrow('stalled');
    const status = {
      requestType: 'class',
      recipient: 'interface',
      request: 0x67,
      value: 0,
      index: 0,
    } as const;
    expect(await host.usb.controlTransferIn(status, 64)).toMatchObject({
      data: new Uint8Array([8, 0, 0x1f, 0x20, 0x81, 0, 0, 0]),
    });
    await host.usb.clearHalt('in', 1);
    expect(await host.usb.controlTransferIn(status, 64)).toMatchObject({
      data: new Uint8Array([4, 0, 1, 0x20]),
    });
    expect((await host.ask(0x1001)).code).toBe(OK);
    expect(failures).toEqual([]);
  });

  it('begins anew after a reset', async () => {
    const { host } = await plugCamera();
    await host.open();
    const reset = {
      requestType: 'class',
      recipient: 'interface',
      request: 0x66,
      value: 0,
      index: 0,
    } as const;
    await host.usb.controlTransferOut(reset, new Uint8Array(0));
    expect((await host.ask(0x1004)).code).toBe(0x2003);
    await host.open();
  });

  it('survives whatever comes, in whatever pieces', async () => {
    const command = fc
      .tuple(
        fc.constantFrom(1, 2, 3, 0),
        fc.constantFrom(
          0x1001,
          0x1002,
          0x1007,
          0x1008,
          0x1009,
          0x100b,
          0x1016,
          0x101b,
          0x9110,
          0x9116,
          0x9128,
        ),
        fc.nat(4),
        fc.array(fc.nat(5), { maxLength: 6 }),
      )
      .map(([type, code, transaction, words]) => {
        const view = new DataView(new ArrayBuffer(12 + 4 * words.length));
        view.setUint32(0, view.byteLength, true);
        view.setUint16(4, type, true);
        view.setUint16(6, code, true);
        view.setUint32(8, transaction, true);
        words.forEach((word, index) => {
          view.setUint32(12 + 4 * index, word, true);
        });
        return new Uint8Array(view.buffer);
      });
    const bytes = fc.oneof(command, fc.uint8Array({ maxLength: 40 }));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('standard', 'canon', 'nikon'),
        fc.array(bytes, { maxLength: 12 }),
        async (dialect, transfers) => {
          const { host, failures, unplug } = await plugCamera({ taken: 1, dialect });
          for (const transfer of transfers) await host.usb.transferOut(2, transfer);
          expect(failures).toEqual([]);
          unplug();
        },
      ),
      { numRuns: 150 },
    );
  });
});

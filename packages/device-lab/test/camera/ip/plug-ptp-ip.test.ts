import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  LabBus,
  plugPtpIp,
  virtualCamera,
  type CameraFault,
  type VirtualCameraOptions,
} from '@buergerkoffer/device-lab';
import { IpHost, PacketLine, sayHello, transportLine, type ByteLine } from '../support/ip-host.js';
import { picture, readU16, readU32, u16, u32 } from '../support/ptp-values.js';

const OK = 0x2001;
const GET_OBJECT = 0x1009;

function plug(options: Partial<VirtualCameraOptions> = {}) {
  const camera = virtualCamera({ photograph: picture, shutterMs: 1, taken: 1, ...options });
  const bus = new LabBus('tcp');
  const failures: unknown[] = [];
  const { ports, unplug } = plugPtpIp(bus, camera, { failed: (error) => failures.push(error) });
  const [port] = ports;
  if (port === undefined) throw new Error('no port');
  const open = async (): Promise<ByteLine> => transportLine(await bus.open(port, {}));
  return { camera, port, bus, open, unplug, failures };
}

async function faulty(fault: CameraFault) {
  const plugged = plug({ faults: [{ operation: GET_OBJECT, fault }] });
  return { ...plugged, host: await (await IpHost.shakeHands(plugged.open)).open() };
}

describe('a camera behind PTP/IP on a bus of this process', () => {
  it('is found by its service, and hands a picture out byte for byte', async () => {
    const { port, open } = plug({ photograph: (shot) => picture(shot, 200_000) });
    expect(port).toMatchObject({ port: 15740, service: '_ptp._tcp', model: 'Lab still camera' });
    const host = await (await IpHost.shakeHands(open)).open();
    const { data = new Uint8Array(0) } = await host.ask(GET_OBJECT, [3]);
    expect(Buffer.compare(data, picture(1, 200_000))).toBe(0);
    expect((await host.ask(0x1016, [0x5007], Uint8Array.from(u16(800)))).code).toBe(OK);
    expect((await host.ask(0x1015, [0x5007])).data).toEqual(Uint8Array.from(u16(800)));
  });

  it('tells of what happens on the second connection', async () => {
    const { camera, open } = plug();
    const host = await (await IpHost.shakeHands(open)).open();
    camera.pressShutter();
    const event = await host.events.read();
    expect([event?.type, readU16(event?.body ?? new Uint8Array(2))]).toEqual([8, 0x4002]);
    expect(readU32(event?.body ?? new Uint8Array(10), 6)).toBe(4);
  });

  it('answers a ping on either connection', async () => {
    const host = await IpHost.shakeHands(plug().open);
    await host.commands.write(13);
    expect(await host.commands.read()).toMatchObject({ type: 14 });
    await host.events.write(13);
    expect(await host.events.read()).toMatchObject({ type: 14 });
  });

  it('is busy for a second host until the first is gone', async () => {
    const { bus, port, open } = plug();
    const first = await bus.open(port, {});
    expect((await sayHello(new PacketLine(transportLine(first))))?.type).toBe(2);
    const second = new PacketLine(await open());
    expect(await sayHello(second)).toEqual({ type: 5, body: Uint8Array.from(u32(2)) });
    expect(await second.read()).toBeUndefined();
    await first.close();
    await IpHost.shakeHands(open);
  });

  it('ends both connections when one of them ends', async () => {
    const { bus, port, open } = plug();
    const opened = [await bus.open(port, {}), await bus.open(port, {})];
    const lines = opened.map((one) => transportLine(one));
    const host = await IpHost.shakeHands(() => {
      const next = lines.shift();
      return next === undefined ? open() : Promise.resolve(next);
    });
    await opened[1]?.close();
    expect(await host.commands.read()).toBeUndefined();
  });

  it('knows no event connection for a number that it did not give', async () => {
    const line = new PacketLine(await plug().open());
    await line.write(3, u32(7));
    expect(await line.read()).toMatchObject({ type: 5 });
    expect(await line.read()).toBeUndefined();
  });

  it('stops in the middle of a picture when the host cancels', async () => {
    const { host } = await faulty({ type: 'slow', ms: 60_000 });
    const transaction = await host.send(GET_OBJECT, [3]);
    await host.events.write(11, u32(99));
    await host.events.write(11, u32(transaction));
    await host.commands.write(11, u32(transaction));
    const packets = [];
    for (let count = 0; count < 4; count += 1) packets.push(await host.commands.read());
    expect(packets.map((one) => [one?.type, one?.body.length])).toEqual([
      [9, 12],
      [10, 4 + 2_500],
      [12, 4],
      [7, 6],
    ]);
    expect(readU16(packets[3]?.body ?? new Uint8Array(2))).toBe(0x201f);
    expect((await host.ask(GET_OBJECT, [3])).data).toEqual(picture(1));
  });

  it('stops waiting for data that the host cancels', async () => {
    const host = await (await IpHost.shakeHands(plug().open)).open();
    const transaction = await host.send(0x1016, [0x5007], 2);
    await host.commands.write(11, u32(transaction));
    expect((await host.answer()).code).toBe(0x201f);
    expect((await host.ask(0x1004)).code).toBe(OK);
  });

  it('hangs up where a USB camera would stall', async () => {
    const { host, open } = await faulty({ type: 'stall' });
    await host.send(GET_OBJECT, [3]);
    expect(await host.commands.read()).toBeUndefined();
    expect(await host.events.read()).toBeUndefined();
    await IpHost.shakeHands(open);
  });

  it('vanishes in the middle of a picture', async () => {
    const { host, open } = await faulty({ type: 'vanish' });
    await host.send(GET_OBJECT, [3]);
    await expect(host.answer()).rejects.toThrow('hung up');
    await expect(open()).rejects.toMatchObject({ code: 'not-found' });
  });

  it.each([
    ['truncate', { type: 'truncate', bytes: 100 }],
    ['wrong-length', { type: 'wrong-length', by: 5 }],
  ] as const)('shows the fault %s', async (_, fault) => {
    const { host } = await faulty(fault);
    await host.send(GET_OBJECT, [3]);
    await expect(host.answer()).rejects.toThrow(/bytes of/u);
  });

  it.each([
    ['no handshake', 6, []],
    ['half a handshake', 1, [1, 2, 3]],
    ['a name without an end', 1, new Array<number>(40).fill(1)],
    ['an event connection without a number', 3, []],
  ])('hangs up at %s', async (_, type, body) => {
    const { open, failures } = plug();
    const line = new PacketLine(await open());
    await line.write(type, body);
    expect(await line.read()).toBeUndefined();
    expect(failures).toMatchObject([{ kind: 'input' }]);
  });

  it.each([
    [
      'a second command while the first waits for its data',
      [
        [6, [2, 0, 0, 0, 0x16, 0x10, 1, 0, 0, 0, 7, 80, 0, 0]],
        [6, [1, 0, 0, 0, 1, 16, 2, 0, 0, 0]],
      ],
    ],
    ['data that nobody asked for', [[9, [1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]]]],
    [
      'more data than was told',
      [
        [6, [2, 0, 0, 0, 0x16, 0x10, 1, 0, 0, 0, 7, 80, 0, 0]],
        [9, [1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]],
        [12, [1, 0, 0, 0, 1, 2]],
      ],
    ],
    [
      'gigabytes of data',
      [
        [6, [2, 0, 0, 0, 0x16, 0x10, 1, 0, 0, 0, 7, 80, 0, 0]],
        [9, [1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]],
      ],
    ],
    ['half a parameter', [[6, [1, 0, 0, 0, 1, 16, 1, 0, 0, 0, 1]]]],
  ] as const)('hangs up at %s', async (_, packets) => {
    const { open, failures } = plug();
    const host = await (await IpHost.shakeHands(open)).open();
    for (const [type, body] of packets) await host.commands.write(type, body);
    expect(await host.commands.read()).toBeUndefined();
    expect(failures).toMatchObject([{ kind: 'input', code: 'malformed' }]);
  });

  it('survives whatever comes, in whatever pieces', async () => {
    const packet = fc
      .tuple(fc.nat(15), fc.uint8Array({ maxLength: 40 }))
      .map(([type, body]) => Uint8Array.from([...u32(8 + body.length), ...u32(type), ...body]));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(packet, fc.uint8Array()), { maxLength: 6 }),
        fc.boolean(),
        async (chunks, shaken) => {
          const { bus, port, open, failures, unplug } = plug();
          const line = shaken ? (await IpHost.shakeHands(open)).commands : undefined;
          const raw = await bus.open(port, {});
          for (const chunk of chunks) {
            if (line === undefined) await raw.write(chunk).catch(() => undefined);
            else await line.writeRaw(chunk).catch(() => undefined);
          }
          for (const failure of failures) expect(failure).toMatchObject({ kind: 'input' });
          unplug();
        },
      ),
      { numRuns: 100 },
    );
  });
});

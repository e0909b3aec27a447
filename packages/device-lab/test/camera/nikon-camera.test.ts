import { describe, expect, it } from 'vitest';
import { picture, readU16, readU32 } from './support/ptp-values.js';
import { plugCamera, type UsbHost } from './support/usb-host.js';

const OK = 0x2001;
const BUSY = 0x2019;

async function events(host: UsbHost): Promise<readonly (readonly [code: number, parameter: number])[]> {
  const { data = new Uint8Array(2) } = await host.ask(0x90c7);
  expect(data).toHaveLength(2 + 6 * readU16(data));
  return Array.from({ length: readU16(data) }, (_, i) => [
    readU16(data, 2 + 6 * i),
    readU32(data, 4 + 6 * i),
  ]);
}

async function ready(host: UsbHost): Promise<number> {
  let polls = 0;
  while ((await host.ask(0x90c8)).code === BUSY) {
    polls += 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return polls;
}

describe("a camera that speaks Nikon's extension", () => {
  it.each([
    ['0x90c0', 0x90c0, [0xffffffff]],
    ['0x90cb', 0x90cb, []],
    ['0x9207', 0x9207, [0, 1]],
  ])('captures into memory with %s, and is busy until then', async (_, code, parameters) => {
    const { host, camera } = await plugCamera({ dialect: 'nikon', shutterMs: 20 });
    await host.open();
    expect((await host.ask(code, parameters)).code).toBe(OK);
    expect((await host.ask(code, parameters)).code).toBe(BUSY);
    expect(await ready(host)).toBeGreaterThan(0);
    const [added, done] = await events(host);
    expect([added?.[0], done?.[0]]).toEqual([0xc101, 0xc102]);
    const handle = added?.[1] ?? 0;
    expect((await host.ask(0x1009, [handle])).data).toEqual(picture(1));
    expect((await host.ask(0x90c3, [handle])).code).toBe(OK);
    expect((await host.ask(0x1009, [handle])).code).toBe(0x2009);
    expect(camera.pictures).toEqual([]);
    expect(await events(host)).toEqual([]);
  });

  it('captures on its card, and tells of it either way', async () => {
    const { host } = await plugCamera({ dialect: 'nikon', taken: 1 });
    await host.open();
    expect((await host.ask(0x9207, [0, 0])).code).toBe(OK);
    await ready(host);
    const { data = new Uint8Array(0) } = await host.ask(0x941c);
    const words = Array.from({ length: 2 }, (_, i) => [readU16(data, 4 + 8 * i), readU32(data, 8 + 8 * i)]);
    expect([readU32(data), words]).toEqual([
      2,
      [
        [0x4002, 4],
        [0x400d, 0],
      ],
    ]);
  });

  it('locks its shutter for a host that controls it', async () => {
    const { host, camera } = await plugCamera({ dialect: 'nikon' });
    await host.open();
    await host.ask(0x90c2, [1]);
    expect(camera.pressShutter()).toBe(false);
    await host.ask(0x90c2, [0]);
    expect(camera.pressShutter()).toBe(true);
    expect(camera.pictures).toHaveLength(0);
  });

  it('shows its live view when it is ready', async () => {
    const { host } = await plugCamera({ dialect: 'nikon', preview: (frame) => picture(frame, 300) });
    await host.open();
    expect((await host.ask(0x9203)).code).toBe(0xa00b);
    expect((await host.ask(0x9201)).code).toBe(OK);
    expect((await host.ask(0x9203)).code).toBe(BUSY);
    expect(await ready(host)).toBe(1);
    expect((await host.ask(0x9203)).data?.subarray(384)).toEqual(picture(0, 300));
    expect((await host.ask(0x9203)).data?.subarray(384)).toEqual(picture(1, 300));
    await host.ask(0x9202);
    expect((await host.ask(0x9203)).code).toBe(0xa00b);
  });
});

import { describe, expect, it } from 'vitest';
import type { VirtualCameraOptions } from '@buergerkoffer/device-lab';
import { picture, readU16, readU32, u32 } from './support/ptp-values.js';
import { plugCamera, type UsbHost } from './support/usb-host.js';

const OK = 0x2001;
const TO_HOST = [12, 0xd11c, 4];

interface EosRecord {
  readonly type: number;
  readonly fields: Uint8Array;
}

/** GetEvent until nothing comes any more. */
async function records(host: UsbHost): Promise<readonly EosRecord[]> {
  const { data = new Uint8Array(0) } = await host.ask(0x9116);
  const found: EosRecord[] = [];
  let at = 0;
  while (readU32(data, at + 4) !== 0) {
    found.push({ type: readU32(data, at + 4), fields: data.subarray(at + 8, at + readU32(data, at)) });
    at += readU32(data, at);
  }
  expect([at + 8, readU32(data, at)]).toEqual([data.length, 8]);
  return found;
}

/** Values by property, of the records that tell of them. */
function values(of: readonly EosRecord[]): ReadonlyMap<number, number> {
  const changed = of.filter(({ type }) => type === 0xc189);
  return new Map(changed.map(({ fields }) => [readU32(fields), readU32(fields, 4)]));
}

const setting = (words: readonly number[]): Uint8Array => Uint8Array.from(words.flatMap(u32));

async function remote(options: Partial<VirtualCameraOptions> = {}) {
  const plugged = await plugCamera({ dialect: 'canon', ...options });
  const { host } = plugged;
  await host.open();
  expect((await host.ask(0x9114, [1])).code).toBe(OK);
  expect((await host.ask(0x9115, [1])).code).toBe(OK);
  expect(await host.event()).toMatchObject({ code: 0xc101 });
  return { ...plugged, flood: await records(host) };
}

/** The host is the destination, and has room. */
async function toHost(options: Partial<VirtualCameraOptions> = {}) {
  const plugged = await remote(options);
  const { host } = plugged;
  expect((await host.ask(0x9110, [], setting(TO_HOST))).code).toBe(OK);
  expect((await host.ask(0x911a, [0x0fffffff, 0x1000, 1])).code).toBe(OK);
  const told = await records(host);
  expect(values(told).get(0xd11c)).toBe(4);
  expect(values(told).get(0xd11b)).toBeGreaterThan(100);
  await host.event();
  return plugged;
}

/** Fetches a picture from memory in blocks. */
async function fetched(host: UsbHost, handle: number, size: number, block: number): Promise<Uint8Array> {
  const all = new Uint8Array(size);
  for (let at = 0; at < size; at += block) {
    const { data = new Uint8Array(0) } = await host.ask(0x101b, [handle, at, block]);
    all.set(data, at);
  }
  return all;
}

describe("a camera that speaks Canon's EOS extension", () => {
  it('says that it does', async () => {
    const { host } = await plugCamera({ dialect: 'canon', preview: picture });
    const { data = new Uint8Array(0) } = await host.ask(0x1001);
    expect(readU32(data, 2)).toBe(0xb);
    const operations = new Set(
      Array.from({ length: readU32(data, 11) }, (_, i) => readU16(data, 15 + 2 * i)),
    );
    for (const code of [
      0x9110, 0x9114, 0x9115, 0x9116, 0x9117, 0x911a, 0x911d, 0x9128, 0x9129, 0x9153, 0x101b,
    ]) {
      expect(operations).toContain(code);
    }
    expect(operations).not.toContain(0x100e);
  });

  it('tells of everything when its records are switched on, then only of what changes', async () => {
    const { host, flood } = await remote();
    expect(values(flood).get(0xd11c)).toBe(2);
    const choices = flood.find(({ type, fields }) => type === 0xc18a && readU32(fields) === 0xd11c);
    expect([...new Uint32Array(choices?.fields.slice().buffer ?? new ArrayBuffer(0))]).toEqual([
      0xd11c, 3, 2, 2, 4,
    ]);
    expect(await records(host)).toEqual([]);
    expect((await host.ask(0x9110, [], setting([12, 0xd103, 0x60]))).code).toBe(OK);
    expect([...values(await records(host))]).toEqual([[0xd103, 0x60]]);
  });

  it('hands a picture to the host that is its destination, in blocks', async () => {
    const { host, camera } = await toHost();
    expect((await host.ask(0x9128, [1, 0])).code).toBe(OK);
    expect((await host.ask(0x9128, [2, 0])).code).toBe(OK);
    expect((await host.ask(0x9129, [2])).code).toBe(OK);
    expect((await host.ask(0x9129, [1])).code).toBe(OK);
    await host.event();
    const [transfer] = await records(host);
    expect(transfer?.type).toBe(0xc186);
    const fields = transfer?.fields ?? new Uint8Array(32);
    const [handle, format, size] = [readU32(fields), readU16(fields, 4), readU32(fields, 12)];
    expect(format).toBe(0x3801);
    expect(Buffer.from(fields.subarray(20)).toString('latin1')).toMatch(/^LAB_0001\.JPG\0/u);
    expect(await fetched(host, handle, size, 2_048)).toEqual(picture(1));
    expect((await host.ask(0x9107, [handle, 10, 5])).data).toEqual(picture(1).subarray(10, 15));
    expect((await host.ask(0x9117, [handle])).code).toBe(OK);
    expect((await host.ask(0x101b, [handle, 0, 1])).code).toBe(0x2009);
    expect(camera.pictures).toEqual([]);
  });

  it('saves on its card unless it is told otherwise, and tells of folders and picture', async () => {
    const { host, camera } = await remote();
    expect((await host.ask(0x910f)).parameters).toEqual([0]);
    await host.event();
    const added = (await records(host)).filter(({ type }) => type === 0xc181);
    const [dcim, folder, photo] = added.map(({ fields }) => ({
      handle: readU32(fields),
      storage: readU32(fields, 4),
      format: readU16(fields, 8),
      size: readU32(fields, 20),
      parent: readU32(fields, 24),
    }));
    expect([dcim?.format, folder?.format, photo?.format]).toEqual([0x3001, 0x3001, 0x3801]);
    expect([folder?.parent, photo?.parent]).toEqual([dcim?.handle, folder?.handle]);
    expect((await host.ask(0x1009, [photo?.handle ?? 0])).data).toEqual(picture(1));
    expect(camera.pictures).toHaveLength(1);
  });

  it('hands what its own shutter takes to the host too', async () => {
    const { host, camera } = await toHost();
    camera.pressShutter();
    camera.pressShutter();
    const found: EosRecord[] = [];
    while (found.length < 2) {
      await host.event();
      found.push(...(await records(host)).filter(({ type }) => type === 0xc186));
    }
    for (const [index, { fields }] of found.entries()) {
      expect(await fetched(host, readU32(fields), readU32(fields, 12), 1 << 20)).toEqual(picture(index + 1));
    }
  });

  it('takes no picture when nobody has room for it', async () => {
    const { host } = await remote({ capacity: 0 });
    expect((await host.ask(0x9128, [3, 0])).code).toBe(0x200c);
    expect((await host.ask(0x910f)).parameters).toEqual([7]);
    await host.ask(0x9110, [], setting(TO_HOST));
    expect((await host.ask(0x9128, [3, 0])).code).toBe(0x200c);
    await host.ask(0x911a, [0x0fffffff, 0x1000, 1]);
    expect((await host.ask(0x9128, [3, 0])).code).toBe(OK);
    expect((await host.ask(0x9128, [3, 0])).code).toBe(0x2019);
  });

  it('locks its buttons for the host, and frees them with the session', async () => {
    const { host, camera } = await remote();
    await host.ask(0x911b);
    expect(camera.pressShutter()).toBe(false);
    await host.ask(0x1003);
    expect(camera.pressShutter()).toBe(true);
  });

  it('shows its viewfinder when the host is its output, and not at once', async () => {
    const { host } = await remote({ preview: (frame) => picture(frame, 300) });
    const frame = () => host.ask(0x9153, [0x00100000]);
    expect((await frame()).code).toBe(0xa102);
    await host.ask(0x9110, [], setting([12, 0xd1b0, 2]));
    expect((await frame()).code).toBe(0xa102);
    for (const number of [0, 1]) {
      const { data = new Uint8Array(0) } = await frame();
      expect([readU32(data), readU32(data, 4)]).toEqual([308, 1]);
      expect(data.subarray(8, 308)).toEqual(picture(number, 300));
      expect(readU32(data, 308)).toBe(data.length - 308);
    }
    await host.ask(0x9152);
    expect((await frame()).code).toBe(0xa102);
  });

  it('refuses settings that it does not have, or not so', async () => {
    const { host } = await remote();
    for (const [words, code] of [
      [[12, 0xd1ff, 1], 0x200a],
      [[12, 0xd11b, 1], 0x200f],
      [[12, 0xd11c, 3], 0x201c],
      [[16, 0xd11c, 4], 0x201b],
    ] as const) {
      expect((await host.ask(0x9110, [], setting(words))).code).toBe(code);
    }
    expect((await host.ask(0x9127, [0xd1af])).code).toBe(OK);
    expect((await host.ask(0x9127, [0xd1ff])).code).toBe(0x200a);
  });
});

import { describe, expect, it } from 'vitest';
import { picture, readU16, readU32, readU32s, u16 } from './support/ptp-values.js';
import { plugCamera } from './support/usb-host.js';

const OK = 0x2001;

describe('a camera that speaks PTP as the standard says', () => {
  it('tells what it can', async () => {
    const { host } = await plugCamera();
    const { code, data = new Uint8Array(0) } = await host.ask(0x1001);
    expect(code).toBe(OK);
    expect(readU16(data)).toBe(100);
    expect(readU32(data, 2)).toBe(0);
    const operations = new Set(
      Array.from({ length: readU32(data, 11) }, (_, i) => readU16(data, 15 + 2 * i)),
    );
    expect(operations).toContain(0x100e);
    expect(operations).toContain(0x101b);
    expect(operations).not.toContain(0x9116);
  });

  it('lists its folders and pictures, and hands them out byte for byte', async () => {
    const { host } = await plugCamera({ taken: 2 });
    await host.open();
    const [storage = 0] = readU32s((await host.ask(0x1004)).data ?? new Uint8Array(4));
    const handles = readU32s((await host.ask(0x1007, [0xffffffff, 0, 0])).data ?? new Uint8Array(4));
    expect(handles).toEqual([1, 2, 3, 4]);
    expect(readU32s((await host.ask(0x1007, [storage, 0, 0xffffffff])).data ?? new Uint8Array(4))).toEqual([
      1,
    ]);
    expect(readU32s((await host.ask(0x1007, [storage, 0, 2])).data ?? new Uint8Array(4))).toEqual([3, 4]);
    expect((await host.ask(0x1006, [storage, 0x3801])).parameters).toEqual([2]);
    expect((await host.ask(0x1009, [3])).data).toEqual(picture(1));
    expect((await host.ask(0x1009, [4])).data).toEqual(picture(2));
    expect((await host.ask(0x1009, [5])).code).toBe(0x2009);
  });

  it('describes an object by 52 bytes and four texts', async () => {
    const { host } = await plugCamera({
      taken: 1,
      now: () => new Date(2026, 0, 2, 3, 4, 5),
      thumbnail: picture,
    });
    await host.open();
    const { data = new Uint8Array(0) } = await host.ask(0x1008, [3]);
    expect([readU16(data, 4), readU32(data, 8), readU32(data, 38)]).toEqual([0x3801, 5_000, 2]);
    const text = Buffer.from(data.subarray(53)).toString('utf16le');
    expect(text.startsWith('LAB_0001.JPG\0')).toBe(true);
    expect(Buffer.from(data.subarray(53 + 26 + 1)).toString('utf16le')).toContain('20260102T030405');
    expect((await host.ask(0x100a, [3])).data).toEqual(picture(1));
  });

  it('hands out parts', async () => {
    const { host } = await plugCamera({ taken: 1 });
    await host.open();
    expect(await host.ask(0x101b, [3, 4_990, 100])).toMatchObject({
      code: OK,
      parameters: [10],
      data: picture(1).subarray(4_990),
    });
    expect((await host.ask(0x101b, [3, 5_001, 1])).code).toBe(0x201d);
  });

  it('takes a picture: new folders, the picture, then that it is done', async () => {
    const { host } = await plugCamera();
    await host.open();
    expect((await host.ask(0x100e, [0, 0])).code).toBe(OK);
    const events = [await host.event(), await host.event(), await host.event(), await host.event()];
    expect(events.map(({ code, parameters: [handle] }) => [code, handle])).toEqual([
      [0x4002, 1],
      [0x4002, 2],
      [0x4002, 3],
      [0x400d, undefined],
    ]);
    expect(new Set(events.map(({ transaction }) => transaction))).toEqual(new Set([1]));
    expect((await host.ask(0x1009, [3])).data).toEqual(picture(1));
  });

  it('begins a new folder when one is full', async () => {
    const { host } = await plugCamera({ taken: 1, picturesPerFolder: 1 });
    await host.open();
    await host.ask(0x100e);
    expect((await host.event()).parameters).toEqual([4]);
    expect(readU16((await host.ask(0x1008, [4])).data ?? new Uint8Array(8), 4)).toBe(0x3001);
    expect((await host.event()).parameters).toEqual([5]);
  });

  it('tells of the pictures that its own shutter takes, one right behind the other', async () => {
    const { host, camera } = await plugCamera({ taken: 1 });
    await host.open();
    expect(camera.pressShutter()).toBe(true);
    expect(camera.pressShutter()).toBe(true);
    const events = [await host.event(), await host.event(), await host.event(), await host.event()];
    expect(events.map(({ code, parameters }) => [code, ...parameters])).toEqual([
      [0x4002, 4],
      [0x400d],
      [0x4002, 5],
      [0x400d],
    ]);
    expect((await host.ask(0x1009, [5])).data).toEqual(picture(3));
  });

  it('is busy while it takes a picture', async () => {
    const { host } = await plugCamera({ shutterMs: 60_000 });
    await host.open();
    expect((await host.ask(0x100e)).code).toBe(OK);
    expect((await host.ask(0x100e)).code).toBe(0x2019);
  });

  it('says that the card is full, before it takes a picture and after', async () => {
    const { host, camera } = await plugCamera({ capacity: 1 });
    await host.open();
    await host.ask(0x100e);
    camera.pressShutter();
    for (let news = 0; news < 4; news += 1) await host.event();
    expect(await host.event()).toMatchObject({ code: 0x400a, parameters: [0x00010001] });
    expect((await host.ask(0x100e)).code).toBe(0x200c);
    expect(camera.pictures).toHaveLength(1);
  });

  it('deletes a picture, or everything', async () => {
    const { host, camera } = await plugCamera({ taken: 2 });
    await host.open();
    expect((await host.ask(0x100b, [3, 0])).code).toBe(OK);
    expect((await host.ask(0x100b, [3])).code).toBe(0x2009);
    expect(camera.pictures.map(({ name }) => name)).toEqual(['LAB_0002.JPG']);
    expect((await host.ask(0x100b, [0xffffffff])).code).toBe(OK);
    expect(camera.pictures).toEqual([]);
  });

  it('describes its settings, and takes those that it has', async () => {
    const { host } = await plugCamera({ batteryPercent: 42 });
    await host.open();
    expect((await host.ask(0x1015, [0x5001])).data).toEqual(new Uint8Array([42]));
    expect((await host.ask(0x1016, [0x5001], new Uint8Array([1]))).code).toBe(0x200f);
    const { data = new Uint8Array(0) } = await host.ask(0x1014, [0x5007]);
    expect([readU16(data), readU16(data, 2), data[4], readU16(data, 7), data[9], readU16(data, 10)]).toEqual([
      0x5007, 4, 1, 560, 2, 5,
    ]);
    expect((await host.ask(0x1016, [0x5007], Uint8Array.from(u16(800)))).code).toBe(OK);
    expect((await host.ask(0x1015, [0x5007])).data).toEqual(Uint8Array.from(u16(800)));
    expect((await host.ask(0x1016, [0x5007], Uint8Array.from(u16(801)))).code).toBe(0x201c);
    expect((await host.ask(0x1016, [0x5007], new Uint8Array([1]))).code).toBe(0x201b);
    expect((await host.ask(0x1014, [0x5fff])).code).toBe(0x200a);
  });

  it('has a clock that can be set', async () => {
    const { host } = await plugCamera({ now: () => new Date(2026, 0, 2, 3, 4, 5) });
    await host.open();
    const clock = async () =>
      Buffer.from((await host.ask(0x1015, [0x5011])).data?.subarray(1) ?? [])
        .toString('utf16le')
        .slice(0, -1);
    const text = (time: string) => Uint8Array.from([time.length + 1, ...Buffer.from(`${time}\0`, 'utf16le')]);
    expect(await clock()).toBe('20260102T030405');
    expect((await host.ask(0x1016, [0x5011], text('20240229T235900'))).code).toBe(OK);
    expect(await clock()).toBe('20240229T235900');
    expect((await host.ask(0x1016, [0x5011], text('20250229T235900'))).code).toBe(0x201c);
  });
});

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  control,
  ENUMERATED,
  inTurn,
  usbmonFile,
  type Urb,
} from '../../../device-lab/test/support/usbmon-file.js';
import { koffer } from '../support/koffer.js';
import { tempFile } from '../support/temp-folder.js';

const write = (register: number, value: number): Urb => control([0x40, 4], register, [value]);
const read = (register: number, ...data: number[]): Urb => control([0xc0, 4], register, data);
const CONFIGURATION = [
  [9, 2, 32, 0, 1, 1, 0, 0x80, 50],
  [9, 4, 0, 0, 2, 0xff, 0xff, 0xff, 0],
  [7, 5, 0x81, 3, 64, 0, 8],
  [7, 5, 0x82, 2, 64, 0, 0],
].flat();
const POWERED = [0x56, 0xaa, ...Array.from({ length: 62 }, () => 0)];

/** A U.are.U 4500 that is plugged in and switched off, by writing `off`, and on. */
const switchedOn = (off = 0x81): Uint8Array =>
  usbmonFile(
    inTurn(
      control([0x80, 6], 0x0100, [18, 1, 0, 2, 0, 0, 0, 64, 0xba, 0x05, 0x0a, 0, 3, 1, 0, 0, 0, 1]),
      control([0x80, 6], 0x0200, CONFIGURATION),
      read(7, 1),
      write(7, off),
      write(7, 1),
      { transfer: 1, endpoint: 0x81, length: 64, data: POWERED },
      read(7, 1),
      control(
        [0xc0, 4],
        0xf0,
        Array.from({ length: 16 }, () => 0),
      ),
    ),
  );

describe('koffer replay of a recording of usbmon', () => {
  it('shows what travelled, and plays it to the driver that understands the device', async () => {
    const { code, json } = await koffer(['replay', tempFile('on.pcapng', switchedOn()), '--json']);
    expect(code).toBe(0);
    expect(json[0]).toMatchObject({
      type: 'recording',
      port: { vendorId: 0x05ba, productId: 0x000a },
      lines: 8,
    });
    expect(json[4]).toMatchObject({ type: 'line', op: 'controlTransferOut', sent: '81', result: 'ok' });
    expect(json.at(-1)).toEqual({ type: 'replay', played: 6, of: 6, opened: true });
  });

  it('is judged bad where the driver does something else, with the step', async () => {
    const { code, json } = await koffer(['replay', tempFile('other.pcapng', switchedOn(0x83)), '--json']);
    expect(code).toBe(1);
    expect(json.at(-1)).toMatchObject({
      opened: false,
      mismatch: 'step 2 of 6: a control-out request whose byte 0 differs',
    });
  });

  it('says that no driver understands the device', async () => {
    const { code, err } = await koffer([
      'replay',
      tempFile('other.pcapng', usbmonFile(inTurn(...ENUMERATED))),
    ]);
    expect(code).toBe(0);
    expect(err).toContain('it was not played');
  });

  it('says where a file that is cut is wrong', async () => {
    const { code, json } = await koffer([
      'replay',
      tempFile('cut.pcapng', switchedOn().subarray(0, 900)),
      '--json',
    ]);
    expect({ code, json }).toMatchObject({
      code: 1,
      json: [{ error: { kind: 'input', code: 'truncated' } }],
    });
  });
});

const RECORDED = new URL('../../../../../shared/data/fingerprint/uru4500/capture.pcapng', import.meta.url);
const absent = !existsSync(RECORDED);
if (absent) console.warn('skipped: ../shared/data/fingerprint/uru4500 is not there');

describe.skipIf(absent)('the recorded session of a U.are.U 4500', () => {
  it('is opened by its driver as it was', async () => {
    const { code, json } = await koffer(['replay', fileURLToPath(RECORDED), '--json']);
    expect(code).toBe(0);
    expect(json.at(-1)).toEqual({ type: 'replay', played: 6, of: 17, opened: true });
  });
});

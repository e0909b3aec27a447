import { join } from 'node:path';
import { withDeadline } from '../../deadline.js';
import { names, numberAttribute } from '../sysfs.js';
import { CardHandle } from './card-handle.js';
import { DISPOSITION, MODE, PROTOCOLS } from './messages.js';

/** SCARD_ATTR_CHANNEL_ID: where the reader hangs (PC/SC part 3). */
const CHANNEL_ID = 0x0002_0110;
/** High word of the channel of a USB reader; the low word is bus and device. */
const USB_CHANNEL = 0x0020;
/** Knowing the place is worth waiting so long for, in milliseconds. */
const PLACE_MS = 1_000;

/**
 * The USB place of `reader`, such as `usb:1-4.2`, so that it and its USB interface are one thing; undefined where the
 * reader does not tell, another program has it alone, or it is not on USB. Never rejects.
 */
export async function placeOfReader(
  reader: string,
  socket: string,
  sysfs: string,
): Promise<string | undefined> {
  try {
    const asking = (signal: AbortSignal): Promise<number | undefined> => channelOf(reader, socket, signal);
    const channel = await withDeadline('the place of a reader', PLACE_MS, asking);
    if (channel === undefined || channel >>> 16 !== USB_CHANNEL) return undefined;
    return await usbPlace(sysfs, (channel >>> 8) & 0xff, channel & 0xff);
  } catch {
    return undefined;
  }
}

async function channelOf(reader: string, socket: string, signal: AbortSignal): Promise<number | undefined> {
  const options = { socket, reader, mode: MODE.direct, protocols: PROTOCOLS.none };
  const handle = await CardHandle.open(options, signal);
  const stop = (): void => {
    handle.end();
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    const bytes = await handle.attribute(CHANNEL_ID);
    if (bytes.length < 4) return undefined;
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
  } finally {
    signal.removeEventListener('abort', stop);
    await handle.disconnect(DISPOSITION.leave).catch(() => undefined);
  }
}

async function usbPlace(sysfs: string, bus: number, device: number): Promise<string | undefined> {
  const folder = join(sysfs, 'bus/usb/devices');
  for (const name of (await names(folder)) ?? []) {
    if (!/^\d+-\d+(\.\d+)*$/.test(name)) continue;
    const numbers = ['busnum', 'devnum'].map((file) => numberAttribute(join(folder, name, file), 10));
    const [busnum, devnum] = await Promise.all(numbers);
    if (busnum === bus && devnum === device) return `usb:${name}`;
  }
  return undefined;
}

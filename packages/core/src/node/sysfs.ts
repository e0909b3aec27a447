import { open, readdir, readlink, realpath } from 'node:fs/promises';

/** The largest attribute that is read, in bytes: a configuration descriptor can have 65,535. */
const MAX_BYTES = 128 * 1024;
/** What one read of an attribute gives at most, and nearly all of them have less, in bytes. */
const PAGE_BYTES = 4_096;

/** The content of the attribute at `path`, or undefined where there is none, now or ever. */
export async function attribute(path: string): Promise<Uint8Array | undefined> {
  try {
    const file = await open(path, 'r');
    try {
      let buffer = new Uint8Array(PAGE_BYTES);
      let length = 0;
      for (;;) {
        // Files of sysfs say nothing of their length, and large ones come in pages.
        const { bytesRead } = await file.read(buffer, length, buffer.length - length);
        length += bytesRead;
        if (bytesRead === 0 || length === MAX_BYTES) return buffer.slice(0, length);
        if (length === buffer.length) buffer = widened(buffer);
      }
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}

function widened(buffer: Uint8Array): Uint8Array<ArrayBuffer> {
  const wider = new Uint8Array(Math.min(2 * buffer.length, MAX_BYTES));
  wider.set(buffer);
  return wider;
}

/** The attribute at `path` as one line of text; undefined where there is none or it is empty. */
export async function textAttribute(path: string): Promise<string | undefined> {
  const bytes = await attribute(path);
  if (bytes === undefined) return undefined;
  // Strings of devices come as the device sent them: whatever is no text must not reach a terminal.
  const text = new TextDecoder()
    .decode(bytes)
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim();
  return text === '' ? undefined : text;
}

/** The attribute at `path` as a number written in `radix`; undefined where there is none. */
export async function numberAttribute(path: string, radix: 10 | 16): Promise<number | undefined> {
  const value = Number.parseInt((await textAttribute(path)) ?? '', radix);
  return Number.isNaN(value) ? undefined : value;
}

/** The names in `folder`, or undefined where there is no such folder. */
export async function names(folder: string): Promise<readonly string[] | undefined> {
  try {
    return await readdir(folder);
  } catch {
    return undefined;
  }
}

/** Where a link of the device tree leads, or undefined where it leads nowhere. */
export async function target(link: string): Promise<string | undefined> {
  try {
    return await realpath(link);
  } catch {
    return undefined;
  }
}

/** Whether a link of a class leads to a thing without hardware, such as a virtual console: one look, nothing is followed. */
export async function leadsToVirtual(link: string): Promise<boolean> {
  try {
    return (await readlink(link)).includes('/devices/virtual/');
  } catch {
    return false;
  }
}

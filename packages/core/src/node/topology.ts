import { realpath } from 'node:fs/promises';

/**
 * The USB place behind a device node, such as `usb:1-4.2`, read from the kernel's device tree; undefined for
 * what is not on USB or where there is no tree to read (containers, other systems).
 */
export async function usbPlaceOf(sysfsNode: string): Promise<string | undefined> {
  try {
    return usbPlaceInPath(await realpath(sysfsNode));
  } catch {
    return undefined;
  }
}

/** The innermost USB device in a path of the kernel's device tree: `…/usb1/1-4/1-4.2/1-4.2:1.0/…` is `usb:1-4.2`. */
export function usbPlaceInPath(path: string): string | undefined {
  const places = [...path.matchAll(/\/(\d+-\d+(?:\.\d+)*)(?=\/|$|:)/g)];
  const last = places[places.length - 1]?.[1];
  return last === undefined ? undefined : `usb:${last}`;
}

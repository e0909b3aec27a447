// Stands for a maker's native library: its calls block, and what goes wrong in it takes its whole process along.
import process from 'node:process';

const WIDTH_PX = 256;
const HEIGHT_PX = 360;
/** A finger lies on the glass from the third look on. */
const LOOKS = 3;

/** Serial numbers of the scanners that are attached. */
export function list() {
  return ['A-0001'];
}

export function open(serial) {
  return { serial, looks: 0 };
}

/** One look at the glass: an image, or undefined while no finger lies there. */
export function look(handle) {
  if (process.env['ACME_FAULT'] === 'crashes') process.abort();
  if (process.env['ACME_FAULT'] === 'hangs') for (;;);
  handle.looks += 1;
  if (handle.looks < LOOKS) return undefined;
  handle.looks = 0;
  const ridges = Uint8Array.from({ length: WIDTH_PX * HEIGHT_PX }, (_, i) => (i % 16 < 8 ? 40 : 220));
  return { width: WIDTH_PX, height: HEIGHT_PX, pixels: ridges };
}

export function close(handle) {
  handle.serial = undefined;
}

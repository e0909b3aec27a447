import { defineDriver, type DeviceDriver } from '@buergerkoffer/core';
import { FINGERPRINT_SCANNER, type FingerprintScanner } from '../fingerprint-scanner.js';
import { openUru4500 } from './uru4500-scanner.js';

/** What the driver may be given otherwise than by default. */
export interface Uru4500Options {
  /** Gives the seeds with which the keys of images are asked for, integers from 0 to 2³² - 1. Default: crypto. */
  readonly random?: () => number;
}

/**
 * The driver of DigitalPersona's U.are.U 4500 (and 4000B, which has the same ids): one finger on a glass of 384 x 290
 * pixels, smaller than German identity documents want (TR-03121-3), so for development and tests. Facts and what was
 * tried stand in docs/devices/uru-4500.md. With `random` a recorded session can be played again.
 */
export function uru4500({ random = cryptoRandom }: Uru4500Options = {}): DeviceDriver<
  FingerprintScanner,
  'usb'
> {
  return defineDriver({
    id: 'uru4500',
    kind: FINGERPRINT_SCANNER,
    bus: 'usb',
    matches: [{ vendorId: 0x05ba, productId: 0x000a, interfaceClass: 0xff }],
    openOptions: {},
    open: (usb, { port, signal }) => {
      const { maker = 'DigitalPersona', model = 'U.are.U 4500', serialNumber } = port;
      const serial = serialNumber === undefined ? {} : { serialNumber };
      return openUru4500({ usb, random, info: { maker, model, ...serial, simulated: false } }, signal);
    },
  });
}

/** {@link uru4500} with its defaults. */
export const uru4500Driver = uru4500();

function cryptoRandom(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}

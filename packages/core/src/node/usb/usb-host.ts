import { access, constants } from 'node:fs/promises';
import { npmUsbLibrary, type UsbLibraryLoader } from './usb-library.js';

/** The parts of a Linux computer that the USB adapter touches. */
export interface UsbHost {
  /** Where the kernel's device tree is: `/sys`. */
  readonly sysfs: string;
  /** Where device nodes are: `/dev`. */
  readonly dev: string;
  /** Where processes are: `/proc`. */
  readonly proc: string;
  readonly library: UsbLibraryLoader;
  /** Whether this process may read and write the node at `path`; false also where there is none. */
  mayOpen(path: string): Promise<boolean>;
}

/** The computer that this process runs on. */
export const thisComputer: UsbHost = {
  sysfs: '/sys',
  dev: '/dev',
  proc: '/proc',
  library: npmUsbLibrary,
  mayOpen: (path) =>
    access(path, constants.R_OK | constants.W_OK).then(
      () => true,
      () => false,
    ),
};

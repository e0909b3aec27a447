import type { Diagnostic } from '../../bus.js';
import { ACCESS_REMEDY } from './usb-errors.js';
import type { UsbEntry } from './usb-tree.js';

/** What is to be said of USB as a whole and of each device. */
export interface UsbFindings {
  /** Undefined where the system has no USB. */
  readonly entries: readonly UsbEntry[] | undefined;
  /** Those that this process may not open. */
  readonly denied: readonly UsbEntry[];
  /** Whether there are device nodes at all. */
  readonly hasNodes: boolean;
  readonly isLibraryInstalled: boolean;
  /** Undefined while the kernel hints at changes, else how often is looked, in milliseconds. */
  readonly polledMs?: number;
}

/** All that is wrong, in a fixed order. */
export function usbDiagnostics(findings: UsbFindings): readonly Diagnostic[] {
  const { entries, denied, hasNodes, isLibraryInstalled, polledMs } = findings;
  if (entries === undefined) return [ABSENT];
  return [
    ...(isLibraryInstalled ? [] : [LIBRARY_MISSING]),
    ...(hasNodes || entries.length === 0 ? [] : [NODES_MISSING]),
    ...(hasNodes && denied.length > 0 ? [accessDenied(denied)] : []),
    ...(polledMs === undefined ? [] : [polled(polledMs)]),
    ...entries.flatMap(ofDevice),
  ];
}

const ABSENT: Diagnostic = {
  code: 'usb.absent',
  severity: 'info',
  message: 'this computer has no USB, or this container does not see it',
  remedy: 'run on the computer itself, or give the container /dev/bus/usb and /sys',
};

const LIBRARY_MISSING: Diagnostic = {
  code: 'usb.library-missing',
  severity: 'warning',
  message: 'the optional library usb is not installed: USB devices are seen, but cannot be opened',
  remedy: 'npm install usb',
};

const NODES_MISSING: Diagnostic = {
  code: 'usb.nodes-missing',
  severity: 'warning',
  message: 'USB devices are seen, but there is no /dev/bus/usb through which to open them',
  remedy: 'run on the computer itself, or give the container /dev/bus/usb',
};

function accessDenied(denied: readonly UsbEntry[]): Diagnostic {
  return {
    code: 'usb.access-denied',
    severity: 'warning',
    message: `no permission to open the USB devices at ${denied.map(nameOf).join(', ')}`,
    remedy: ACCESS_REMEDY,
  };
}

function polled(everyMs: number): Diagnostic {
  return {
    code: 'usb.polled',
    severity: 'info',
    message: `the kernel cannot tell of changes here: USB is looked at every ${everyMs} ms`,
    remedy: 'give the container /dev/bus/usb, or raise fs.inotify.max_user_watches and max_user_instances',
  };
}

function ofDevice(entry: UsbEntry): readonly Diagnostic[] {
  const [fault] = entry.faults;
  const lies: readonly Diagnostic[] =
    fault === undefined
      ? []
      : [
          {
            code: 'usb.descriptors',
            severity: 'info',
            message: `the device at ${nameOf(entry)} describes itself wrongly: ${fault.message}`,
            remedy: 'it is used as far as it can be read; a newer firmware may mend it',
          },
        ];
  if (entry.configuration !== undefined) return lies;
  return [
    ...lies,
    {
      code: 'usb.not-configured',
      severity: 'warning',
      message: `the device at ${nameOf(entry)} is not in use by the kernel`,
      remedy: 'authorise it (USBGuard), or plug it into a port that gives more power',
    },
  ];
}

/** Place and ids: `1-4.2 (1209:0001)`. */
function nameOf({ place, vendorId, productId }: UsbEntry): string {
  const hex = (id: number): string => id.toString(16).padStart(4, '0');
  return `${place} (${hex(vendorId)}:${hex(productId)})`;
}

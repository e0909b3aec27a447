import type { Bus, Diagnostic } from '../bus.js';
import type { SerialPort } from '../port.js';
import { libraryDiagnostic, polledBus, textOf, type Listing } from './polled-bus.js';
import { usbPlaceOf } from './topology.js';

/** What `SerialPort.list()` of the library says of one line. */
interface Line {
  readonly path: string;
  readonly manufacturer?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly vendorId?: string | undefined;
  readonly productId?: string | undefined;
}

/** The lines that the optional library `serialport` lists, looked at every three seconds: it starts udevadm. */
export function serialBus(): Bus<'serial'> {
  return polledBus({ kind: 'serial', everyMs: 3_000, list: listSerial });
}

async function listSerial(): Promise<Listing<'serial'>> {
  try {
    const { SerialPort: Library } = await import('serialport');
    const lines: readonly Line[] = await Library.list();
    return { ports: await Promise.all(lines.map(portOf)), diagnostics: [] };
  } catch (error) {
    return { ports: [], diagnostics: [diagnosticOf(error)] };
  }
}

async function portOf(line: Line): Promise<SerialPort> {
  const node = line.path.split('/').at(-1) ?? line.path;
  const place = await usbPlaceOf(`/sys/class/tty/${node}/device`);
  return {
    bus: 'serial',
    id: `serial:${line.path}`,
    path: line.path,
    physical: place ?? `serial:${line.path}`,
    ...(line.vendorId ? { vendorId: Number.parseInt(line.vendorId, 16) } : {}),
    ...(line.productId ? { productId: Number.parseInt(line.productId, 16) } : {}),
    ...(line.manufacturer ? { maker: line.manufacturer } : {}),
    ...(line.serialNumber ? { serialNumber: line.serialNumber } : {}),
  };
}

function diagnosticOf(error: unknown): Diagnostic {
  if (!textOf(error).includes('udevadm')) {
    return libraryDiagnostic('serial', 'serialport', 'install the library for this system again', error);
  }
  return {
    code: 'serial.udevadm-missing',
    severity: 'warning',
    message: 'udevadm is not installed: serial lines cannot be listed',
    remedy: 'apt-get install udev',
  };
}

import { basename, dirname } from 'node:path';
import { merge } from 'rxjs';
import type { Bus, Diagnostic } from '../../bus.js';
import { withDeadline } from '../../deadline.js';
import { DeviceError } from '../../device-error.js';
import type { SerialPort } from '../../port.js';
import type { ByteTransport, OpenOptionsOf } from '../../transport.js';
import { deviceNodes } from '../device-nodes.js';
import type { DeviceTree } from '../device-tree.js';
import { whenPermitted } from '../new-node.js';
import type { OptionalLibrary } from '../optional-library.js';
import { watchedBus, type Listing } from '../watched-bus.js';
import { serialOpenFailure } from './serial-errors.js';
import {
  nodeSerialport,
  type SerialHandle,
  type SerialLibrary,
  type SerialSettings,
} from './serial-library.js';
import { namedLine, serialNode, serialNodes, type SerialNode } from './serial-nodes.js';
import { NodeSerialTransport } from './serial-transport.js';

/** Between two looks without a hint from the kernel, in milliseconds. */
const EVERY_MS = 2_000;
/** How long opening may take, in milliseconds. */
const OPEN_MS = 5_000;
/** The fastest line: the library keeps its rate in a signed number of 32 bits. */
const MAX_BAUD_RATE = 0x7fff_ffff;

/** Lines beyond those that the kernel lists. */
export interface SerialBusOptions {
  /**
   * Absolute paths of lines that the kernel does not list: pseudo-terminals, links to them, lines whose driver is not in the
   * device tree. Each is attached while there is a character device at it that is not listed anyway.
   */
  readonly extraPaths?: readonly string[];
}

/** What the bus stands on; another one in tests. */
export interface SerialSystem extends DeviceTree {
  readonly library: OptionalLibrary<SerialLibrary>;
}

/**
 * The serial lines of this computer: listed from the kernel's device tree, opened through the optional library
 * `serialport`. Lines without hardware (`/dev/ttyS1` to 3 on most computers) are not listed. The kernel hints at
 * changes (look within 30 ms), and there is a look every 2 s in any case. A line has one holder on this computer, the
 * second is `busy`. Opening raises DTR and RTS.
 */
export function serialBus(options: SerialBusOptions = {}): Bus<'serial'> {
  return serialBusOn({ sysfs: '/sys', dev: '/dev', library: nodeSerialport() }, options);
}

/** The serial bus of `system`. */
export function serialBusOn(system: SerialSystem, options: SerialBusOptions = {}): Bus<'serial'> {
  const extraPaths = options.extraPaths ?? [];
  return watchedBus({
    kind: 'serial',
    everyMs: EVERY_MS,
    list: () => listSerial(system, extraPaths),
    hints: merge(
      deviceNodes(system.dev, /^(?:tty[A-Za-z]|rfcomm)/),
      ...extraPaths.map((path) => deviceNodes(dirname(path), exactly(basename(path)))),
    ),
    open: (port, settings, signal) => openSerial(system, extraPaths, port, settings, signal),
  });
}

function exactly(name: string): RegExp {
  return new RegExp(`^${name.replaceAll(/\W/g, '\\$&')}$`);
}

async function listSerial(system: SerialSystem, extraPaths: readonly string[]): Promise<Listing<'serial'>> {
  const nodes = await serialNodes(system);
  const here = (nodes ?? []).filter(({ hasNode }) => hasNode).map(({ port }) => port);
  const elsewhere = (nodes ?? []).filter(({ hasNode }) => !hasNode);
  const listed = new Set(here.map(({ path }) => path));
  const named = await Promise.all(extraPaths.map(namedLine));
  return {
    ports: [
      ...here,
      ...named.flatMap((line) => (line === undefined || listed.has(line.node) ? [] : [line.port])),
    ],
    diagnostics: [
      ...(nodes === undefined ? [ABSENT] : []),
      ...(elsewhere.length === 0 ? [] : [withoutNode(elsewhere)]),
      ...system.library.diagnostics(),
    ],
  };
}

async function openSerial(
  system: SerialSystem,
  extraPaths: readonly string[],
  port: SerialPort,
  options: OpenOptionsOf['serial'],
  signal: AbortSignal | undefined,
): Promise<ByteTransport> {
  signal?.throwIfAborted();
  const settings = settingsOf(port.path, options);
  const [listed, named] = await Promise.all([
    serialNode(system, port.path),
    extraPaths.includes(port.path) ? namedLine(port.path) : undefined,
  ]);
  signal?.throwIfAborted();
  if (listed?.port.id !== port.id && named?.port.id !== port.id) {
    throw new DeviceError('not-found', `the line that was at ${port.path} has gone`);
  }
  const library = await system.library.load(signal);
  return withDeadline(`opening ${port.path}`, OPEN_MS, (inner) => connect(library, settings, inner), signal);
}

async function connect(
  library: SerialLibrary,
  settings: SerialSettings,
  signal: AbortSignal,
): Promise<ByteTransport> {
  const { path } = settings;
  const open = async (): Promise<SerialHandle> => {
    signal.throwIfAborted();
    try {
      return await library.open(settings);
    } catch (error) {
      throw serialOpenFailure(error, path);
    }
  };
  const handle = await whenPermitted(path, open, signal);
  if (signal.aborted) {
    await handle.close().catch(() => undefined);
    signal.throwIfAborted();
  }
  return NodeSerialTransport.start(handle, settings);
}

function settingsOf(path: string, options: OpenOptionsOf['serial']): SerialSettings {
  const { baudRate } = options;
  if (!Number.isInteger(baudRate) || baudRate < 1 || baudRate > MAX_BAUD_RATE) {
    throw new DeviceError('invalid-request', `${baudRate} is no baud rate`, { path: 'baudRate' });
  }
  return {
    path,
    baudRate,
    dataBits: options.dataBits ?? 8,
    stopBits: options.stopBits ?? 1,
    parity: options.parity ?? 'none',
    rtscts: options.rtscts ?? false,
    lock: true,
  };
}

const ABSENT: Diagnostic = {
  code: 'serial.absent',
  severity: 'info',
  message: 'the kernel lists no serial lines: this container does not see /sys',
  remedy: 'run on the computer itself, or give the container /dev and /sys',
};

function withoutNode(nodes: readonly SerialNode[]): Diagnostic {
  return {
    code: 'serial.node-missing',
    severity: 'info',
    message: `the kernel has ${nodes.map(({ port }) => port.path).join(', ')}, but there is no such file here`,
    remedy: 'run on the computer itself, or give the container /dev',
  };
}

import { basename } from 'node:path';
import { InputError } from '@buergerkoffer/formats';
import type { Bus, Diagnostic } from '../../bus.js';
import { withDeadline } from '../../deadline.js';
import { DeviceError } from '../../device-error.js';
import type { HidReportDescriptor } from '../../hid/report-descriptor.js';
import type { HidPort } from '../../port.js';
import type { HidTransport } from '../../transport.js';
import { deviceNodes } from '../device-nodes.js';
import type { DeviceTree } from '../device-tree.js';
import { whenPermitted } from '../new-node.js';
import type { OptionalLibrary } from '../optional-library.js';
import { watchedBus, type Listing } from '../watched-bus.js';
import { hidOpenFailure } from './hid-errors.js';
import { nodeHid, type HidHandle, type HidLibrary } from './hid-library.js';
import { hidNode, hidNodes, type HidNode } from './hid-nodes.js';
import { NodeHidTransport } from './hid-transport.js';

/** Between two looks without a hint from the kernel, in milliseconds. */
const EVERY_MS = 2_000;
/** How long opening may take, in milliseconds. */
const OPEN_MS = 5_000;

/** What the bus stands on; another one in tests. */
export interface HidSystem extends DeviceTree {
  readonly library: OptionalLibrary<HidLibrary>;
}

/**
 * The HID devices of this computer, one port for each top-level collection: listed from the kernel's device tree,
 * opened through the optional library `node-hid`. The kernel hints at changes (look within 30 ms), and there is a look
 * every 2 s in any case. The collections of one device share its node, which one holder in this process can open: the
 * second is `busy`. Its transport carries the reports of all of them; their report ids tell them apart.
 */
export function hidBus(): Bus<'hid'> {
  return hidBusOn({ sysfs: '/sys', dev: '/dev', library: nodeHid() });
}

/** The HID bus of `system`. */
export function hidBusOn(system: HidSystem): Bus<'hid'> {
  return watchedBus({
    kind: 'hid',
    everyMs: EVERY_MS,
    list: () => listHid(system),
    hints: deviceNodes(system.dev, /^hidraw\d+$/),
    open: (port, _, signal) => openHid(system, port, signal),
  });
}

async function listHid(system: HidSystem): Promise<Listing<'hid'>> {
  const nodes = await hidNodes(system);
  if (nodes === undefined) return { ports: [], diagnostics: [ABSENT, ...system.library.diagnostics()] };
  const here = nodes.filter(({ hasNode }) => hasNode);
  const elsewhere = nodes.filter(({ hasNode }) => !hasNode);
  return {
    ports: here.flatMap(({ ports }) => ports),
    diagnostics: [
      ...(elsewhere.length === 0 ? [] : [withoutNode(elsewhere)]),
      ...here.flatMap(({ path, descriptor }) =>
        descriptor instanceof InputError ? [unreadable(path, descriptor)] : [],
      ),
      ...system.library.diagnostics(),
    ],
  };
}

/** Who has a node of this process: nobody else can until `ended`, and then waits until the library has let go. */
interface Holder {
  ended: boolean;
  readonly released: Promise<void>;
  readonly release: () => void;
}

const holders = new Map<string, Holder>();

async function openHid(
  system: HidSystem,
  port: HidPort,
  signal: AbortSignal | undefined,
): Promise<HidTransport> {
  signal?.throwIfAborted();
  const { path } = port;
  const node = await hidNode(system, basename(path));
  signal?.throwIfAborted();
  if (node?.path !== path || !node.ports.some(({ id }) => id === port.id)) {
    throw new DeviceError('not-found', `the device that was at ${path} has gone`);
  }
  const { descriptor } = node;
  if (descriptor instanceof InputError) {
    throw new DeviceError('protocol', unreadable(path, descriptor).message, { cause: descriptor });
  }
  const library = await system.library.load(signal);
  const before = holders.get(path);
  if (before?.ended === false) {
    throw new DeviceError('busy', `${path} is open already: the collections of one device share it`);
  }
  const holder = hold(path);
  // It may come to its end after the deadline: the node is held until then.
  const connecting = async (inner: AbortSignal): Promise<HidTransport> => {
    try {
      await before?.released;
      return await connect(library, path, descriptor, holder, inner);
    } catch (error) {
      holder.release();
      throw error;
    }
  };
  return withDeadline(`opening ${path}`, OPEN_MS, connecting, signal);
}

function hold(path: string): Holder {
  let tell: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const holder: Holder = {
    ended: false,
    released,
    release: () => {
      if (holders.get(path) === holder) holders.delete(path);
      tell();
    },
  };
  holders.set(path, holder);
  return holder;
}

async function connect(
  library: HidLibrary,
  path: string,
  descriptor: HidReportDescriptor,
  holder: Holder,
  signal: AbortSignal,
): Promise<HidTransport> {
  const open = async (): Promise<HidHandle> => {
    signal.throwIfAborted();
    try {
      return await library.open(path);
    } catch (error) {
      throw hidOpenFailure(error, path);
    }
  };
  const handle = await whenPermitted(path, open, signal);
  if (signal.aborted) {
    await handle.close().catch(() => undefined);
    signal.throwIfAborted();
  }
  const transport = await NodeHidTransport.start(handle, { path, descriptor, released: holder.release });
  void transport.ended.then(() => {
    holder.ended = true;
  });
  return transport;
}

const ABSENT: Diagnostic = {
  code: 'hid.absent',
  severity: 'info',
  message:
    'the kernel lists no HID devices: its module hidraw is not loaded, or this container does not see /sys',
  remedy: 'modprobe hidraw; run on the computer itself, or give the container /dev and /sys',
};

function withoutNode(nodes: readonly HidNode[]): Diagnostic {
  return {
    code: 'hid.node-missing',
    severity: 'info',
    message: `the kernel has ${nodes.map(({ path }) => path).join(', ')}, but there is no such file here`,
    remedy: 'run on the computer itself, or give the container /dev',
  };
}

function unreadable(path: string, error: InputError): Diagnostic {
  return {
    code: 'hid.descriptor-malformed',
    severity: 'warning',
    message: `${path} describes its reports wrongly and cannot be opened: ${error.message}`,
    remedy: `send the file /sys/class/hidraw/${basename(path)}/device/report_descriptor with a report`,
  };
}

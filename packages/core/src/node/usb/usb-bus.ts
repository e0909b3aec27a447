import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bus } from '../../bus.js';
import { delay, withDeadline } from '../../deadline.js';
import { DeviceError } from '../../device-error.js';
import type { UsbPort } from '../../port.js';
import type { OpenOptionsOf, UsbTransport } from '../../transport.js';
import { watchedBus, type Listing } from '../watched-bus.js';
import { entryOf, openDevice, openingError } from './open-device.js';
import { openInterface } from './open-interface.js';
import { usbDiagnostics } from './usb-diagnostics.js';
import { thisComputer, type UsbHost } from './usb-host.js';
import { quietly } from './usb-library.js';
import { UsbNodes } from './usb-nodes.js';
import type { NodeUsbTransport } from './usb-transport.js';
import { usbEntries, type UsbEntry } from './usb-tree.js';

/** How often is looked even if nothing hinted at a change, in milliseconds. */
const EVERY_MS = 2_000;
/** How long opening may take, in milliseconds; the kernel allows a device 5 s for a change of its setting. */
const OPEN_MS = 10_000;
/** How long resetting may take, in milliseconds: the kernel allows a device several seconds to come back. */
const RESET_MS = 10_000;
/** How often, and how long in between, a new device is looked at again that the kernel has not configured yet. */
const CONFIGURE_TRIES = 4;
const CONFIGURE_MS = 100;

/**
 * The USB interfaces of this computer, one port each, hubs left out. They are listed from the kernel's device tree,
 * without any right, library or service; a change is seen as soon as the kernel makes or removes the device's node,
 * else within 2 s. Opening and resetting need the optional library `usb` and the right to write the node. A reset ends the
 * transports that this bus has open on the device; other programs keep their claims. Linux only: elsewhere the bus is absent.
 */
export function usbBus(): Bus<'usb'> {
  return usbBusOf(thisComputer);
}

/** The bus of `host`: {@link usbBus} on another tree, another library. */
export function usbBusOf(host: UsbHost): Bus<'usb'> {
  const bus = new LinuxUsb(host);
  return watchedBus({
    kind: 'usb',
    everyMs: EVERY_MS,
    hints: bus.nodes.hints,
    list: () => bus.list(),
    open: (port, options, signal) => bus.open(port, options, signal),
    reset: (port, signal) => bus.reset(port, signal),
  });
}

/** What is remembered between two looks, and which transports are open. */
class LinuxUsb {
  readonly nodes: UsbNodes;
  readonly #host: UsbHost;
  readonly #open = new Map<NodeUsbTransport, UsbPort>();
  /** Devices that stayed without configuration: the kernel was waited for once. */
  #unconfigured: ReadonlySet<string> = new Set();

  constructor(host: UsbHost) {
    this.#host = host;
    this.nodes = new UsbNodes(host);
  }

  async list(): Promise<Listing<'usb'>> {
    const entries = await this.#settledEntries();
    const ports = entries?.flatMap((entry) => entry.ports) ?? [];
    this.#endThoseWithout(ports);
    const denied = await Promise.all(
      (entries ?? []).map(async (entry) => ((await this.#host.mayOpen(entry.node)) ? [] : [entry])),
    );
    const diagnostics = usbDiagnostics({
      entries,
      denied: denied.flat(),
      hasNodes: await this.#hasNodes(),
      isLibraryInstalled: this.#host.library.isInstalled(),
      ...(this.nodes.isDeaf ? { polledMs: EVERY_MS } : {}),
    });
    return { ports, diagnostics };
  }

  async open(port: UsbPort, options: OpenOptionsOf['usb'], signal?: AbortSignal): Promise<UsbTransport> {
    return withDeadline(
      `opening ${port.path}`,
      OPEN_MS,
      async (inner) => {
        const transport = await openInterface(this.#host, port, options, inner);
        // Nobody takes over a transport that is late.
        inner.addEventListener('abort', () => void transport.close(), { once: true });
        this.#open.set(transport, port);
        void transport.ended.then(() => this.#open.delete(transport));
        return transport;
      },
      signal,
    );
  }

  async reset(port: UsbPort, signal?: AbortSignal): Promise<void> {
    return withDeadline(
      `resetting ${port.path}`,
      RESET_MS,
      async (inner) => {
        const device = await openDevice(this.#host, await entryOf(this.#host, port), port, inner);
        try {
          await this.#endThoseOn(port);
          inner.throwIfAborted();
          await device.reset();
        } catch (error) {
          throw openingError(`resetting ${port.path}`, error);
        } finally {
          await quietly(() => device.close());
        }
      },
      signal,
    );
  }

  /** A device that is reset knows nothing any more of what it was told through a transport. */
  async #endThoseOn({ physical }: UsbPort): Promise<void> {
    const ended = [...this.#open].filter(([, port]) => port.physical === physical);
    for (const [transport, { path }] of ended) {
      transport.lose(new DeviceError('lost', `${path} was reset`, { remedy: 'open the device again' }));
    }
    await Promise.all(ended.map(([transport]) => transport.close()));
  }

  /** Without hints a look is what tells an idle transport that its device has gone. */
  #endThoseWithout(ports: readonly UsbPort[]): void {
    const attached = new Set(ports.map(({ id }) => id));
    for (const [transport, port] of this.#open) if (!attached.has(port.id)) transport.lose();
  }

  /** A new device comes without interfaces for a moment, and nothing hints at their arrival. */
  async #settledEntries(): Promise<readonly UsbEntry[] | undefined> {
    for (let tries = 0; ; tries++) {
      const entries = await usbEntries(this.#host);
      const waiting = new Set(entries?.filter((entry) => entry.configuration === undefined).map(keyOf));
      const isNew = [...waiting].some((key) => !this.#unconfigured.has(key));
      if (isNew && tries < CONFIGURE_TRIES) {
        await delay(CONFIGURE_MS);
        continue;
      }
      this.#unconfigured = waiting;
      return entries;
    }
  }

  #hasNodes(): Promise<boolean> {
    return access(join(this.#host.dev, 'bus/usb')).then(
      () => true,
      () => false,
    );
  }
}

function keyOf({ place, deviceNumber }: UsbEntry): string {
  return `${place}@${deviceNumber}`;
}

import type { Bus } from '../bus.js';
import { withDeadline } from '../deadline.js';
import type { Device } from '../device.js';
import { DeviceError } from '../device-error.js';
import { IDENTIFY_MS, type DeviceDriver } from '../driver.js';
import type { BusKind, Port } from '../port.js';
import type { TransportOf } from '../transport.js';

/** How long a port may take to be closed after a question, in milliseconds. */
const CLOSE_MS = 2_000;

/** What came of asking one thing for one driver. */
export type Answer =
  | { readonly type: 'yes' }
  /** It said no, said something else, or nothing within {@link IDENTIFY_MS}. */
  | { readonly type: 'no' }
  /** The port could not be opened. */
  | { readonly type: 'closed-door'; readonly error: DeviceError }
  /** The driver threw something that no transport throws; only the name of the error is told. */
  | { readonly type: 'broken-driver'; readonly fault: string }
  /** The port is still being opened or closed: nobody else can have it. */
  | { readonly type: 'stuck' };

/** Asks the thing at `port` whether it is the driver's. Resolves when the port is closed again; never rejects. */
export async function ask<K extends BusKind>(
  bus: Bus<K>,
  driver: DeviceDriver<Device, K>,
  port: Port<K>,
  signal: AbortSignal,
): Promise<Answer> {
  const door = new Door<K>();
  const asking = async (inner: AbortSignal): Promise<Answer> => {
    const transport = await door.open(() => bus.open(port, driver.openOptions, inner));
    inner.throwIfAborted();
    // A driver that waits for ever is waiting on the transport: closing it ends the wait.
    inner.addEventListener('abort', () => void door.close(), { once: true });
    const yes: unknown = await driver.identify?.(transport, inner);
    return { type: yes === true ? 'yes' : 'no' };
  };
  const answer = await withDeadline(`${driver.id}: identification`, IDENTIFY_MS, asking, signal).catch(
    (error: unknown) => meaningOf(error, door.opened, signal),
  );
  return (await door.close()) ? answer : { type: 'stuck' };
}

function meaningOf(error: unknown, opened: boolean, signal: AbortSignal): Answer {
  if (signal.aborted) return { type: 'no' };
  if (!opened) {
    return { type: 'closed-door', error: DeviceError.from(error, 'protocol', 'the port cannot be opened') };
  }
  if (error instanceof DeviceError) return { type: 'no' };
  return { type: 'broken-driver', fault: error instanceof Error ? error.name : typeof error };
}

/** One opening of a port, which must end closed even when it opens long after anybody waits for it. */
class Door<K extends BusKind> {
  #opened = false;
  #opening: Promise<TransportOf[K]> | undefined;
  #closing: Promise<boolean> | undefined;

  async open(open: () => Promise<TransportOf[K]>): Promise<TransportOf[K]> {
    this.#opening = open();
    const transport = await this.#opening;
    this.#opened = true;
    return transport;
  }

  /** Whether it has opened. */
  get opened(): boolean {
    return this.#opened;
  }

  /** Whether the port was closed in time, or never opened. */
  close(): Promise<boolean> {
    this.#closing ??= withDeadline('closing a port', CLOSE_MS, () => this.#close()).catch(() => false);
    return this.#closing;
  }

  async #close(): Promise<boolean> {
    const transport = await this.#opening?.catch(() => undefined);
    await transport?.close().catch(() => undefined);
    return true;
  }
}

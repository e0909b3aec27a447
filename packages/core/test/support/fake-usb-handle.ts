import type { UsbSetup } from '../../src/transport.js';
import type { LibraryDevice, LibraryIn, LibraryOut } from '../../src/node/usb/usb-library.js';
import type { FakeUsbDevice } from './fake-usb-device.js';

/**
 * One object of the library `usb` 3.1, with the quirks that were measured on the real one: borrowing, claims that
 * outlive `close`, lengths that are rounded up and answers that are cut, one text per error and no code that helps.
 */
export class FakeUsbHandle implements LibraryDevice {
  readonly bus: string;
  readonly address: number;
  /** Set where the library forgets nothing: the text with which `open` fails. */
  openFailure: string | undefined;
  readonly #device: FakeUsbDevice;
  /** What the library believes to have claimed. */
  readonly #claimed = new Set<number>();
  readonly #inUse = new Set<number>();
  #borrows = 0;
  #isOpen = false;

  constructor(device: FakeUsbDevice, bus: number, address: number) {
    this.#device = device;
    this.bus = String(bus).padStart(3, '0');
    this.address = address;
  }

  /** The real one opens the device for this, talks to it for up to 100 ms a string, and may throw. */
  get configuration(): never {
    throw failure('open error: permission denied (errno 13)');
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whether the kernel still holds a file of it: open, or closed without having released. */
  get isHeld(): boolean {
    return this.#isOpen || this.#claimed.size > 0 || this.#borrows > 0;
  }

  open(): Promise<void> {
    return this.#mutably(() => {
      if (this.openFailure !== undefined) throw failure(`open error: ${this.openFailure}`);
      if (this.#device.isUnplugged) throw failure('open error: device not found (errno 2)');
      this.#isOpen = true;
    });
  }

  close(): Promise<void> {
    return this.#mutably(() => {
      this.#isOpen = false;
    });
  }

  /** Never borrowed; claims survive. */
  async reset(): Promise<void> {
    this.#reachable('reset');
    if (!this.#isOpen) throw failure('reset error: invalid state');
    this.#device.resets += 1;
    this.#device.settings.clear();
    await Promise.resolve();
  }

  claimInterface(number: number): Promise<void> {
    return this.#mutably(() => {
      this.#reachable('claimInterface');
      if (!this.#device.interfaces.some((one) => one.number === number)) {
        throw failure('claimInterface error: interface not found (errno 2)');
      }
      if (this.#device.claims.has(number))
        throw failure('claimInterface error: interface is busy (errno 16)');
      // The object for an earlier claim goes, and takes the new claim with it.
      if (!this.#claimed.has(number)) this.#device.claims.set(number, this);
      this.#claimed.add(number);
    });
  }

  releaseInterface(number: number): Promise<void> {
    return this.#mutably(() => {
      if (!this.#claimed.delete(number)) throw failure('releaseInterface error: not claimed');
      if (this.#device.claims.get(number) === this) this.#device.claims.delete(number);
    });
  }

  selectAlternateInterface(number: number, setting: number): Promise<void> {
    return this.#mutably(() => {
      this.#reachable('selectAlternateInterface');
      if (this.#device.interfaces.find((one) => one.number === number)?.alternates[setting] === undefined) {
        throw failure('selectAlternateInterface error: alternate setting not found (errno 22)');
      }
      this.#device.settings.set(number, setting);
    });
  }

  async detachKernelDriver(number: number): Promise<void> {
    this.#reachable('detachKernelDriver');
    if (!this.#device.claims.has(number)) {
      throw failure('detachKernelDriver error: no kernel driver attached (errno 61)');
    }
    this.#device.dropClaim(number);
    await Promise.resolve();
  }

  async attachKernelDriver(number: number): Promise<void> {
    this.#reachable('attachKernelDriver');
    if (this.#device.claims.has(number)) {
      throw failure('attachKernelDriver error: kernel driver already attached (errno 16)');
    }
    this.#device.claims.set(number, 'driver');
    await Promise.resolve();
  }

  async transferIn(endpoint: number, length: number, timeoutMs: number): Promise<LibraryIn> {
    const { packetSize, interfaceNumber } = this.#endpoint('transferIn', endpoint | 0x80);
    const asked = Math.ceil(length / packetSize) * packetSize;
    this.#device.requests.push(`in${endpoint}:${asked}`);
    const got: Uint8Array[] = [];
    let bytes = 0;
    const whole = await this.#wait('transferIn', interfaceNumber, endpoint | 0x80, timeoutMs, () => {
      const packets = this.#device.packets(endpoint);
      for (;;) {
        const packet = packets.shift();
        if (packet === undefined) return undefined;
        got.push(packet);
        bytes += packet.length;
        if (packet.length < packetSize || bytes >= asked) return got;
      }
    });
    const data = Uint8Array.from(whole.flatMap((packet) => [...packet])).slice(0, length);
    return { data: new DataView(data.buffer) };
  }

  async transferOut(endpoint: number, data: Uint8Array, timeoutMs: number): Promise<LibraryOut> {
    const { interfaceNumber } = this.#endpoint('transferOut', endpoint);
    this.#device.requests.push(`out${endpoint}:${data.length}`);
    const taken = data.slice();
    await this.#wait('transferOut', interfaceNumber, endpoint, timeoutMs, () =>
      this.#device.deaf.has(endpoint) ? undefined : true,
    );
    this.#device.received.push({ endpoint, data: taken });
    return { bytesWritten: taken.length };
  }

  async controlTransferIn(setup: UsbSetup, length: number, timeoutMs: number): Promise<LibraryIn> {
    const answer = await this.#control('controlTransferIn', setup, undefined, timeoutMs);
    const data = answer.slice(0, length);
    return { data: new DataView(data.buffer) };
  }

  async controlTransferOut(setup: UsbSetup, data: Uint8Array, timeoutMs: number): Promise<LibraryOut> {
    // Without data the real one reads a property of undefined.
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    await this.#control('controlTransferOut', setup, bytes, timeoutMs);
    return { bytesWritten: bytes.length };
  }

  async clearHalt(direction: 'in' | 'out', endpoint: number): Promise<void> {
    const address = direction === 'in' ? endpoint | 0x80 : endpoint;
    this.#endpoint('clearHalt', address);
    this.#inUse.add(address);
    this.#borrows += 1;
    await this.#device.clearing;
    this.#borrows -= 1;
    this.#inUse.delete(address);
    this.#device.halted.delete(address);
  }

  async #control(
    name: string,
    { request }: UsbSetup,
    data: Uint8Array | undefined,
    timeoutMs: number,
  ): Promise<Uint8Array> {
    if (this.#device.isUnplugged) throw failure(`${name} error: device disconnected`);
    const answer = this.#device.control(request, data);
    if (answer === 'stall') throw failure(`${name} error: endpoint stalled`);
    return this.#wait(name, -1, undefined, timeoutMs, () => (answer === 'silence' ? undefined : answer));
  }

  /** Where an endpoint is, among the interfaces that this object has claimed; one call at a time. */
  #endpoint(
    name: string,
    address: number,
  ): { readonly packetSize: number; readonly interfaceNumber: number } {
    for (const interfaceNumber of this.#claimed) {
      const found = this.#device.endpoints(interfaceNumber).find((one) => one.address === address);
      if (found === undefined || this.#inUse.has(address)) continue;
      if (this.#device.claims.get(interfaceNumber) !== this && !this.#device.isUnplugged) {
        throw new Error(`the kernel would claim interface ${interfaceNumber} on the quiet`);
      }
      return { packetSize: found.packetSize ?? 512, interfaceNumber };
    }
    throw failure(`${name} error: endpoint not found`);
  }

  /** What `take` finds, as soon as it finds something. */
  async #wait<T>(
    name: string,
    interfaceNumber: number,
    address: number | undefined,
    timeoutMs: number,
    take: () => T | undefined,
  ): Promise<T> {
    const names = address === undefined ? CONTROL_NAMES : TRANSFER_NAMES;
    const broken = address === undefined ? undefined : this.#device.failures.get(address)?.shift();
    if (broken !== undefined) throw failure(`${name} error: ${broken}`);
    if (this.#device.isUnplugged) throw failure(`${name} error: ${names.disconnected}`);
    if (address !== undefined && this.#device.halted.has(address)) throw failure(`${name} error: Stall`);
    if (address !== undefined) this.#inUse.add(address);
    this.#borrows += 1;
    try {
      return await new Promise<T>((resolve, reject) => {
        const finish = (settle: () => void): void => {
          clearTimeout(timer);
          this.#device.pending.delete(pending);
          settle();
        };
        const fail = (text: string): void => {
          finish(() => {
            reject(failure(`${name} error: ${text === 'Disconnected' ? names.disconnected : text}`));
          });
        };
        const pump = (): void => {
          const taken = take();
          if (taken === undefined) return;
          finish(() => {
            resolve(taken);
          });
        };
        const pending = { interfaceNumber, ...(address === undefined ? {} : { address }), pump, fail };
        // The real one takes its default of one second where none is given.
        const timer = setTimeout(
          () => {
            fail(names.cancelled);
          },
          Math.min(timeoutMs, 2_147_483_647),
        );
        this.#device.pending.add(pending);
        pump();
      });
    } finally {
      this.#borrows -= 1;
      if (address !== undefined) this.#inUse.delete(address);
    }
  }

  /** Throws, not rejects, while anything else runs on this object. */
  #mutably(run: () => void): Promise<void> {
    if (this.#borrows > 0) {
      const text = 'The same native value cannot be borrowed mutably while another borrow is active';
      throw Object.assign(new Error(text), { code: 'InvalidArg' });
    }
    this.#borrows += 1;
    return Promise.resolve()
      .then(run)
      .finally(() => {
        this.#borrows -= 1;
      });
  }

  #reachable(name: string): void {
    if (!this.#isOpen) throw failure(`${name} error: invalid state`);
    if (this.#device.isUnplugged) throw failure(`${name} error: device disconnected (errno 19)`);
  }
}

const TRANSFER_NAMES = { cancelled: 'Cancelled', disconnected: 'Disconnected' };
const CONTROL_NAMES = { cancelled: 'transfer was cancelled', disconnected: 'device disconnected' };

function failure(text: string): Error {
  return Object.assign(new Error(text), { code: 'GenericFailure' });
}

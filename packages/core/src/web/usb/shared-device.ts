import { withDeadline } from '../../deadline.js';
import { DeviceError } from '../../device-error.js';
import { webFailure, type Meanings } from '../web-failure.js';
import { CLAIMING, OPENING } from './usb-meanings.js';
import { configurationOf, type WebUsbDevice } from './web-usb.js';

/** How long the browser may take for one step, in milliseconds. */
const STEP_MS = 4_000;

const shared = new WeakMap<WebUsbDevice, SharedDevice>();

/**
 * A device whose interfaces are claimed one by one: the first claim opens it, giving back the last one closes it. One
 * change at a time, because the browser refuses to begin anything while it opens, claims or closes.
 */
export class SharedDevice {
  readonly #device: WebUsbDevice;
  readonly #claimed = new Set<number>();
  #changes: Promise<unknown> = Promise.resolve();

  private constructor(device: WebUsbDevice) {
    this.#device = device;
  }

  /** The one of `device`, whichever bus asks. */
  static of(device: WebUsbDevice): SharedDevice {
    const known = shared.get(device);
    if (known !== undefined) return known;
    const made = new SharedDevice(device);
    shared.set(device, made);
    return made;
  }

  /** Resolves when no change is under way. */
  async settled(): Promise<void> {
    await this.#changes;
  }

  /** Rejects `busy` when the interface is claimed, by this page or by somebody else, and `access-denied`. */
  claim(interfaceNumber: number, alternateSetting: number | undefined): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#claimed.has(interfaceNumber)) {
        throw new DeviceError('busy', `interface ${interfaceNumber} is in use in this page`);
      }
      this.#claimed.add(interfaceNumber);
      try {
        await this.#open();
        await this.#step('claiming', CLAIMING, () => this.#device.claimInterface(interfaceNumber));
        if (alternateSetting !== undefined) {
          await this.#step('choosing the setting', CLAIMING, () =>
            this.#device.selectAlternateInterface(interfaceNumber, alternateSetting),
          );
        }
      } catch (error) {
        await this.#giveBack(interfaceNumber).catch(() => undefined);
        throw error;
      }
    });
  }

  /** Gives an interface back; what the browser has pending on it ends. */
  release(interfaceNumber: number): Promise<void> {
    return this.#inTurn(() =>
      this.#giveBack(interfaceNumber).catch((error: unknown) => {
        // It was unplugged: nothing is left to give back.
        if (!(error instanceof DeviceError && error.code === 'not-found')) throw error;
      }),
    );
  }

  async #open(): Promise<void> {
    if (!this.#device.opened) await this.#step('opening', OPENING, () => this.#device.open());
    const value = configurationOf(this.#device)?.configurationValue;
    if (this.#device.configuration || value === undefined) return;
    await this.#step('configuring', OPENING, () => this.#device.selectConfiguration(value));
  }

  async #giveBack(interfaceNumber: number): Promise<void> {
    this.#claimed.delete(interfaceNumber);
    if (this.#claimed.size > 0) {
      await this.#step('releasing', CLAIMING, () => this.#device.releaseInterface(interfaceNumber));
    } else {
      await this.#step('closing', OPENING, () => this.#device.close());
    }
  }

  /** The browser's steps have no time-out. */
  #step(what: string, meanings: Meanings, work: () => Promise<void>): Promise<void> {
    return withDeadline(what, STEP_MS, work).catch((error: unknown) => {
      throw webFailure(`${what} the USB device`, error, meanings);
    });
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const mine = this.#changes.then(work);
    this.#changes = mine.catch(() => undefined);
    return mine;
  }
}

import { TurnQueue, type TakeBack } from '../turn-queue.js';
import type { LineFunction, LineSettings, VirtualLineDevice } from './virtual-line-device.js';

/** Bytes that wait for a host to open the line, at most; later ones are dropped then. */
const KEPT_BYTES = 64 * 1024;

/** Who has opened a line. */
export interface LineHost {
  readonly settings: LineSettings;
  /** Hears what the device says; the bytes are its own. */
  hear(bytes: Uint8Array): void;
}

/**
 * The far end of a line: runs a virtual line device from the moment it gets power. What the device says while nobody
 * has the line open waits, 64 KiB at most.
 */
export class LineEngine {
  readonly #failed: (error: unknown) => void;
  readonly #writes: TurnQueue<undefined>;
  readonly #function: LineFunction;
  #host: LineHost | undefined;
  #kept: Uint8Array[] = [];
  #keptBytes = 0;
  #powered = true;

  /** Gives the device power; `failed` hears what its code throws later, which its host never notices. */
  constructor(device: VirtualLineDevice, failed: (error: unknown) => void = () => undefined) {
    this.#failed = failed;
    this.#writes = new TurnQueue((error) => {
      failed(error);
      return undefined;
    });
    this.#function = device.powerUp((bytes) => {
      this.#said(bytes);
    });
  }

  /** A host opens the line, and hears at once what waits; the returned function closes it, and lowers DTR and RTS. */
  open(host: LineHost): () => void {
    this.#host = host;
    this.#set(host.settings);
    const kept = this.#kept;
    this.#kept = [];
    this.#keptBytes = 0;
    for (const bytes of kept) host.hear(bytes);
    return () => {
      if (this.#host !== host) return;
      this.#host = undefined;
      if (host.settings.dtr !== undefined) this.#set({ ...host.settings, dtr: false, rts: false });
    };
  }

  /** Hands bytes, which are the device's from now on, to it when it is ready; `taken` hears when it has taken them. */
  write(bytes: Uint8Array, taken: () => void): TakeBack {
    return this.#writes.submit(() => {
      const taking = this.#powered ? this.#function.received(bytes) : undefined;
      return taking instanceof Promise ? taking.then(() => undefined) : undefined;
    }, taken);
  }

  /** The plug is pulled: nothing is said any more, the device's timers end. Idempotent. */
  powerDown(): void {
    if (!this.#powered) return;
    this.#powered = false;
    this.#guard(() => this.#function.powerDown?.());
  }

  #said(bytes: Uint8Array): void {
    if (!this.#powered || bytes.length === 0) return;
    const copy = bytes.slice();
    if (this.#host !== undefined) {
      this.#host.hear(copy);
    } else if (this.#keptBytes + copy.length <= KEPT_BYTES) {
      this.#keptBytes += copy.length;
      this.#kept.push(copy);
    }
  }

  #set(settings: LineSettings): void {
    this.#guard(() => this.#function.settings?.(settings));
  }

  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#failed(error);
    }
  }
}

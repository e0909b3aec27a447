import type { SerialHandle, SerialLibrary, SerialSettings } from '../../src/node/serial/serial-library.js';
import type { OptionalLibrary } from '../../src/node/optional-library.js';

/** An error of the library as it ends what waits when the line is closed. */
function canceled(): Error {
  return Object.assign(new Error('Canceled'), { canceled: true });
}

/** A handle of `serialport` 13 as it behaves on Linux; what the device does is set by the test. */
export class FakeSerialHandle implements SerialHandle {
  readonly written: number[] = [];
  readonly calls: string[] = [];
  onWrite: () => Promise<void> = () => Promise.resolve();
  onClose: () => Promise<void> = () => Promise.resolve();
  #open = true;
  #waiting: Uint8Array[] = [];
  #reader:
    { resolve(answer: { bytesRead: number }): void; reject(error: Error): void; buffer: Buffer } | undefined;
  #writer: ((error: Error) => void) | undefined;

  read(buffer: Buffer): Promise<{ bytesRead: number }> {
    if (!this.#open) return Promise.reject(new Error('Port is not open'));
    return new Promise((resolve, reject) => {
      this.#reader = { resolve, reject, buffer };
      this.#deliver();
    });
  }

  write(bytes: Uint8Array): Promise<void> {
    if (!this.#open) return Promise.reject(new Error('Port is not open'));
    this.written.push(...bytes);
    this.calls.push(`write ${bytes.length}`);
    return Promise.race([
      this.onWrite(),
      new Promise<void>((_, reject) => {
        this.#writer = reject;
      }),
    ]);
  }

  flush(): Promise<void> {
    this.calls.push('flush');
    return Promise.resolve();
  }

  close(): Promise<void> {
    if (!this.#open) return Promise.reject(new Error('Port is not open'));
    this.#open = false;
    this.calls.push('close');
    this.#reader?.reject(canceled());
    this.#writer?.(canceled());
    return this.onClose();
  }

  /** Bytes from the device. */
  receive(...bytes: number[]): void {
    this.#waiting.push(Uint8Array.from(bytes));
    this.#deliver();
  }

  /** What waits for bytes fails with `error`: the plug is pulled. */
  unplug(error: Error = new Error('bad file descriptor')): void {
    this.#reader?.reject(error);
  }

  #deliver(): void {
    const reader = this.#reader;
    const bytes = reader === undefined ? undefined : this.#waiting.shift();
    if (reader === undefined || bytes === undefined) return;
    this.#reader = undefined;
    reader.buffer.set(bytes);
    reader.resolve({ bytesRead: bytes.length });
  }
}

/** `serialport` whose `open` is given. */
export function fakeSerialLibrary(
  open: (settings: SerialSettings) => Promise<SerialHandle>,
): OptionalLibrary<SerialLibrary> {
  return { diagnostics: () => [], load: () => Promise.resolve({ open }) };
}
